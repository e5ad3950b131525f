import { fork, type ChildProcess } from "node:child_process";
import type { PoolRunnerInitializer, PoolOptions } from "vitest/node";
import type * as Vitest from "vitest/node";

/**
 * vitest's forks, each in a process group of its own: a terminal's Ctrl-C reaches `hachaos run` alone, which passes it on once a process has
 * loaded. One that is ended while it loads, vitest waits for, or breaks on.
 */
export function detachedForks({ ForksPoolWorker }: Pick<typeof Vitest, "ForksPoolWorker">): PoolRunnerInitializer {
  class DetachedForksWorker extends ForksPoolWorker {
    override async start(): Promise<void> {
      const { entrypoint, env, execArgv } = this;
      const options = { env: env as NodeJS.ProcessEnv, execArgv, stdio: "pipe", serialization: "advanced", detached: true } as const;
      // As its own start does, which takes what is there (vitest's forksWorker.ts).
      (this as unknown as { _fork: ChildProcess })._fork = fork(entrypoint, [], options);
      await super.start();
    }
  }
  return { name: "forks", createPoolWorker: (options: PoolOptions) => new DetachedForksWorker(options) };
}
