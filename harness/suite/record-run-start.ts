import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import type { HistoryWriter } from "../history/history-writer.js";
import type { RunBegan } from "../history/run-began.js";
import { packageRoot } from "../kernel/package-root.js";

/** First line of a history: everything that may explain a difference between two runs. */
export function recordRunStart(
  history: HistoryWriter,
  run: Pick<RunBegan, "runId" | "provider" | "seed" | "shard" | "plan" | "cells">,
): void {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string };
  history.write({
    type: "run-started",
    schema: "hachaos/history@1",
    ...run,
    atUs: 0,
    // The wall clock at the axis's zero, so that what daemons stamp can be placed on the axis.
    startedAt: new Date(Date.now() - history.nowUs() / 1000).toISOString(),
    baseUs: history.baseUs,
    pid: process.pid,
    argv: process.argv.slice(2),
    host: {
      kernel: release(),
      cpus: cpus().length,
      memoryMb: Math.floor(totalmem() / 1024 ** 2),
      load1: hostLoad(),
      node: process.version,
      hachaos: version,
    },
  });
}

/** Load average over the last minute. */
export function hostLoad(): number {
  return loadavg()[0] ?? 0;
}
