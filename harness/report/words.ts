import { EXIT } from "../kernel/errors.js";
import type { TrialResult, Verdict } from "../check/results.js";

type Gap = TrialResult["gap"];

/** A gap interval for people, in seconds: `5.42–5.47 s`, `none`, `over 30.00 s` (it never ended while watched). */
export function gapText(gap: Gap | undefined): string {
  if (!gap) return "not measured";
  if (gap.maxMs === null) return `over ${seconds(gap.minMs)}`;
  if (gap.maxMs === 0) return "none";
  const [low, high] = [(gap.minMs / 1000).toFixed(2), (gap.maxMs / 1000).toFixed(2)];
  return low === high ? `${high} s` : `${low}–${high} s`;
}

/** True when the service did not come back while it was watched. */
export function endless(gap: Gap | undefined): boolean {
  return gap?.maxMs === null;
}

/** Milliseconds as seconds with two decimals: `5.53 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** A limit, without needless decimals: `31 s`, `2.5 s`, `0.2 s`. */
export function limit(ms: number): string {
  return `${Number((ms / 1000).toFixed(2))} s`;
}

/** A moment relative to the fault: `+5.530 s`, `−0.250 s`. */
export function moment(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${(Math.abs(ms) / 1000).toFixed(3)} s`;
}

/** A difference, with its sign: `+2.10 s`, `−0.30 s`. */
export function shiftText(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${seconds(Math.abs(ms))}`;
}

/** How long a run took: `4 min 12 s`. */
export function duration(ms: number): string {
  const total = Math.round(ms / 1000);
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
}

/** `1 test`, `2 tests`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Word, symbol (the second channel beside colour), exit code and its meaning, per verdict. */
export const VERDICT_WORDS: Record<Verdict, { word: string; symbol: string; exit: number; meaning: string }> = {
  pass: { word: "passed", symbol: "✓", exit: EXIT.pass, meaning: "every promise was kept within its budget" },
  fail: { word: "failed", symbol: "✕", exit: EXIT.violated, meaning: "a constraint or a budget was violated" },
  invalid: {
    word: "invalid",
    symbol: "?",
    exit: EXIT.invalid,
    meaning: "a fault or the probe load was not proven, so the trial proves nothing",
  },
  error: { word: "error", symbol: "!", exit: EXIT.lab, meaning: "the lab could not be built or was lost" },
  interrupted: {
    word: "interrupted",
    symbol: "‖",
    exit: EXIT.interrupted,
    meaning: "stopped by the user; the lab was healed and the evidence kept",
  },
};

/** Order in which tests deserve attention: worst first. */
export const ATTENTION: readonly Verdict[] = ["error", "fail", "invalid", "interrupted", "pass"];
