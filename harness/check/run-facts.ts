import { firstOf, type History } from "../history/read-history.js";
import type { Results } from "./results.js";

/** The head of results.json: what ran, when, on what. What the history does not tell is empty. */
export function runFacts({ events }: History): Results["run"] {
  const started = firstOf(events, "run-started");
  const ready = firstOf(events, "lab-ready");
  const ended = firstOf(events, "run-ended");
  const beganAt = Date.parse(started?.startedAt ?? "");
  const host = started?.host;
  return {
    id: started?.runId ?? "",
    startedAt: started?.startedAt ?? "",
    endedAt: ended === null || Number.isNaN(beganAt) ? null : new Date(beganAt + ended.atUs / 1000).toISOString(),
    seed: started?.seed ?? 0,
    provider: started?.provider ?? "",
    bonding: ready?.bonding ?? "",
    versions: { ...(host === undefined ? {} : { kernel: host.kernel, hachaos: host.hachaos }), ...ready?.versions },
    argv: started?.argv ?? [],
    host: host ?? {},
    image: ready?.image ?? "",
    mechanisms: ready?.mechanisms ?? {},
  };
}
