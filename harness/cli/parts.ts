import type { Results } from "../check/results.js";
import type { History } from "../history/read-history.js";
import type { HistoryEvent } from "../history/event.js";
import { HachaosError } from "../kernel/errors.js";
import type { z } from "zod";

// WIRE: each of these is to be replaced by the import named beside it, and this file removed.

export interface RunOptions {
  suites: string[];
  provider: string;
  repeat: number;
  seed?: number;
  filter?: string;
  keep: boolean;
  reportDir: string;
  dryRun: boolean;
  signal: AbortSignal;
  onEvent(event: HistoryEvent): void;
}
export interface RunOutcome {
  runFolder: string;
  results: Results;
  exitCode: number;
  /** With dryRun: what would be done, line by line. */
  plan?: string[];
}
export interface FaultEntry {
  kind: string;
  title: string;
  summary: string;
  params: z.ZodObject;
  targets: string;
}

/** WIRE: runSuites of ../suite/run-suites.js */
export async function runSuites(_options: RunOptions): Promise<RunOutcome> {
  throw new HachaosError("usage", "run is not wired yet");
}
/** WIRE: the verdict of ../check/ over a history */
export function judgeHistory(_history: History): Results {
  throw new HachaosError("usage", "judge is not wired yet");
}
/** WIRE: FAULTS of ../fault/registry.js */
export const FAULTS: Record<string, FaultEntry> = {};
