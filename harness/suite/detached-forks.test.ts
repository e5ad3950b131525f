import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { ForksPoolWorker, type PoolOptions } from "vitest/node";
import { detachedForks } from "./detached-forks.js";

test("of a process that a signal ended before it loaded, the exit and the failed start are told, no other failure, and stopping it ends", async () => {
  const logger = { outputStream: process.stdout, errorStream: process.stderr };
  const options = {
    distPath: dirname(fileURLToPath(import.meta.resolve("vitest/node"))),
    env: { ...process.env, NODE_OPTIONS: `--import "data:text/javascript,process.kill(process.pid,'SIGKILL')"` },
    execArgv: [],
    project: { vitest: { logger } },
  } as unknown as PoolOptions;
  const worker = detachedForks({ ForksPoolWorker }).createPoolWorker(options);
  const told: unknown[] = [];
  const exited = vi.fn();
  await worker.start();
  worker.on("error", (error) => told.push(error));
  worker.on("exit", exited);
  worker.on("message", ({ type, error }: { type: string; error: Error }) => told.push(`${type}: ${error.message}`));
  await vi.waitFor(() => expect(exited).toHaveBeenCalledOnce(), { timeout: 20_000 });
  worker.send({ __vitest_worker_request__: true, type: "stop" });
  await worker.stop();
  expect(told).toEqual(["started: the process ended before it had loaded"]);
});
