import type { HistoryEvent } from "../../history/event.js";
import { onAxis, type TrialScope } from "./lane.js";

export interface Stretch<T> {
  fromMs: number;
  toMs: number;
  value: T;
}

/** What a history event says the value became; undefined = it says nothing about it. */
export type Reading<T> = (event: HistoryEvent) => T | null | undefined;

/** Folds state changes into stretches inside the trial's window; null (unknown, or no power) leaves a hole. */
export function stretches<T>(
  scope: TrialScope,
  node: string | null,
  read: Reading<T>,
  same = Object.is as (a: T, b: T) => boolean,
): Stretch<T>[] {
  const found: Stretch<T>[] = [];
  const [first, last] = [scope.fromMs - scope.zeroMs, scope.toMs - scope.zeroMs];
  let value: T | null = null;
  let since = first;
  const close = (untilMs: number): void => {
    if (value !== null && untilMs > since) found.push({ fromMs: since, toMs: untilMs, value });
  };
  for (const event of scope.states) {
    // Whatever a node said last is void once it has no power.
    const next = event.type === "power" && event.node === node ? null : read(event);
    if (next === undefined || (next === null ? value === null : value !== null && same(value, next))) continue;
    const atMs = Math.min(last, Math.max(first, onAxis(scope, event.atUs)));
    close(atMs);
    [value, since] = [next, atMs];
  }
  close(last);
  return found;
}

/** True when one unbroken stretch fills the window: nothing to see there. */
export function unchanged(scope: TrialScope, found: Stretch<unknown>[]): boolean {
  const [only] = found;
  return found.length === 1 && only !== undefined && only.fromMs <= scope.fromMs - scope.zeroMs && only.toMs >= scope.toMs - scope.zeroMs;
}
