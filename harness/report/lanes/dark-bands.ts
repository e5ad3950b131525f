import { onAxis, type TrialScope } from "./lane.js";

/** Failures closer together than this belong to one dark time. */
const SAME_GAP_MS = 500;

/** The times without service, from the first failed request to the next answer: shaded behind all lanes. */
export function darkBands(scope: TrialScope): { fromMs: number; toMs: number }[] {
  const bands: { fromMs: number; toMs: number }[] = [];
  let open: { fromMs: number; toMs: number } | null = null;
  for (const probe of scope.http) {
    const atMs = onAxis(scope, probe.atUs);
    if (probe.outcome !== "ok") {
      const last = bands.at(-1);
      if (!open && last && atMs - last.toMs < SAME_GAP_MS) open = last;
      if (!open) bands.push((open = { fromMs: atMs, toMs: atMs }));
      open.toMs = atMs;
    } else if (open) {
      open.toMs = atMs;
      open = null;
    }
  }
  return bands;
}
