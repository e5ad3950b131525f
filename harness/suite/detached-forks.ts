import { fork, type ChildProcess } from "node:child_process";
import type { PoolRunnerInitializer, PoolOptions, WorkerRequest } from "vitest/node";
import type * as Vitest from "vitest/node";

/**
 * vitest's forks, each in a process group of its own: a terminal's Ctrl-C reaches `hachaos run` alone, which passes it on once a process has
 * loaded. One that is ended before it has loaded (Ctrl-C between its fork and its new group; the kernel, out of memory), vitest would wait for,
 * or end all of `hachaos run` over.
 */
export function detachedForks({ ForksPoolWorker }: Pick<typeof Vitest, "ForksPoolWorker">): PoolRunnerInitializer {
  class DetachedForksWorker extends ForksPoolWorker {
    #child: ChildProcess | undefined;

    override async start(): Promise<void> {
      const { entrypoint, env, execArgv } = this;
      const options = { env: env as NodeJS.ProcessEnv, execArgv, stdio: "pipe", serialization: "advanced", detached: true } as const;
      this.#child = fork(entrypoint, [], options);
      endWithUs(this.#child);
      // As its own start does, which takes what is there (vitest's forksWorker.ts).
      (this as unknown as { _fork: ChildProcess })._fork = this.#child;
      await super.start();
    }

    override on(event: string, callback: (arg: unknown) => void): void {
      super.on(event, callback);
      if (event === "message") this.#child?.once("exit", () => callback(NEVER_STARTED));
    }

    override send(message: WorkerRequest): void {
      // With a callback, what cannot be sent is no "error" (Node's subprocess.send). The exit is told already, and a second failure of the same
      // process is one that vitest's runner throws, since nobody listens to it any more.
      this.#child?.send(message, () => undefined);
    }

    override async stop(): Promise<void> {
      // Its own stop waits for the exit of what a signal ended, which was before.
      if (this.#child?.signalCode === null) await super.stop();
    }
  }
  // A pool by the name of "forks" would be vitest's own (its pool.ts, getPoolRunner).
  return { name: "detached-forks", createPoolWorker: (options: PoolOptions) => new DetachedForksWorker(options) };
}

/** What still loads when `hachaos run` ends has nothing to heal or to remove. Its first message says that it has loaded. */
function endWithUs(child: ChildProcess): void {
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  for (const event of ["message", "exit"]) child.once(event, () => process.off("exit", end));
}

/** The answer to vitest's "start", which it waits a minute for; of no meaning to it once there was one (vitest's poolRunner.ts, waitForStart). */
const NEVER_STARTED = { __vitest_worker_response__: true, type: "started", error: new Error("the process ended before it had loaded") };
