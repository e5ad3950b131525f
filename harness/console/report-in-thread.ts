import { Worker } from "node:worker_threads";
import type { RunSoFar } from "./report-so-far.js";

/** As `reportSoFar`, in a thread of its own: pages move on meanwhile. */
export function reportInThread({ history, dir }: RunSoFar): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./report-thread.js", import.meta.url), { workerData: { history, dir } });
    // A console that ends does not wait for it.
    worker.unref();
    worker.once("message", resolve).once("error", reject);
  });
}
