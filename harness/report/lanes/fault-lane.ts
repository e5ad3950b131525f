import type { HistoryEvent } from "../../history/event.js";
import { onAxis, type Lane, type Mark, type TrialScope } from "./lane.js";

/** The fault from injecting to healed: hatched while it is being put in or taken out, full while it is proven to hold. */
export function faultLane(scope: TrialScope): Lane {
  const inside = scope.states.filter((event) => event.atUs / 1000 >= scope.fromMs);
  const at = (...types: HistoryEvent["type"][]): number | null => {
    const event = inside.find((candidate) => types.includes(candidate.type));
    return event ? onAxis(scope, event.atUs) : null;
  };
  const injecting = inside.find((event) => event.type === "fault-injecting");
  if (injecting?.type !== "fault-injecting") return { title: "Fault", rows: [{ label: "", marks: [] }] };
  const { label, colour } = injecting.drawing;
  const start = onAxis(scope, injecting.atUs);
  const end = scope.toMs - scope.zeroMs;
  const proven = at("fault-proven");
  const healing = at("fault-healing") ?? end;
  const healed = at("fault-healed", "fault-not-healed") ?? end;
  const span = (fromMs: number, toMs: number, text: string, title: string, hatched: boolean): Mark[] =>
    toMs > fromMs
      ? [{ kind: "span", fromMs, toMs, tone: "warn", label: text, title, colour, ...(hatched ? { look: "hatched" as const } : {}) }]
      : [];
  const marks =
    proven === null
      ? span(start, healed, `${label} (not proven)`, `${label}: injected, but without proof that it bit`, true)
      : [
          ...span(start, proven, "", `${label}: injecting`, true),
          ...span(proven, healing, label, `${label}: in effect`, false),
          ...span(healing, healed, "", `${label}: healing`, true),
        ];
  return { title: "Fault", rows: [{ label: "", marks }] };
}
