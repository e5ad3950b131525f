import { onAxis, type TrialScope } from "./lane.js";

/** Failures closer together than this belong to one dark time. */
const SAME_GAP_MS = 500;

/**
 * The times without service, as long as they can have been: from the sending of the last good request to the answer to the next good one,
 * which is also what the phases share out. Shaded behind all lanes.
 */
export function darkBands(scope: TrialScope): { fromMs: number; toMs: number }[] {
  const bands: { fromMs: number; toMs: number }[] = [];
  let open: { fromMs: number; toMs: number } | null = null;
  let okMs: number | null = null;
  for (const probe of scope.http) {
    const atMs = onAxis(scope, probe.atUs);
    if (probe.outcome !== "ok") {
      const last = bands.at(-1);
      if (!open && last && atMs - last.toMs < SAME_GAP_MS) open = last;
      if (!open) bands.push((open = { fromMs: okMs ?? atMs, toMs: atMs }));
      open.toMs = Math.max(open.toMs, atMs);
      continue;
    }
    okMs = atMs;
    if (open) open.toMs = onAxis(scope, probe.endUs);
    open = null;
  }
  return bands;
}
