import type { HistoryEvent } from "../history/event.js";
import { isKeyLine, isTrouble } from "./lanes/log-lane.js";
import { onAxis, type TrialScope } from "./lanes/lane.js";

/** One row of the merged log: a daemon's line, or one of our own observations put into words. */
export interface LogLine {
  atMs: number;
  node: string;
  source: string;
  text: string;
  level: "trouble" | "key" | "plain";
}

/** Rows shown for one trial; the rest are counted. A screenful times ten is what people read. */
const MOST = 300;

/** The merged log of a trial: all lines of the nodes and all observed changes in order of time, at most 300. */
export function logLines(scope: TrialScope): { lines: LogLine[]; omitted: number } {
  const observed = scope.states.filter((event) => event.atUs / 1000 >= scope.fromMs).flatMap((event) => describe(scope, event));
  const logged = scope.log.map((event): LogLine => ({
    atMs: onAxis(scope, event.atUs),
    node: event.node,
    source: event.source,
    text: event.text,
    level: isTrouble(event.text) ? "trouble" : isKeyLine(event.text) ? "key" : "plain",
  }));
  const all = [...observed, ...logged].sort((a, b) => a.atMs - b.atMs);
  if (all.length <= MOST) return { lines: all, omitted: 0 };
  // Too many: trouble and key lines stay before plain ones, and lines near the fault before those far from it.
  const ranked = [...all].sort((a, b) => RANK[a.level] - RANK[b.level] || Math.abs(a.atMs) - Math.abs(b.atMs));
  const kept = new Set(ranked.slice(0, MOST));
  return { lines: all.filter((line) => kept.has(line)), omitted: all.length - MOST };
}

const RANK = { trouble: 0, key: 1, plain: 2 } as const;

function describe(scope: TrialScope, event: HistoryEvent): LogLine[] {
  const line = (node: string, source: string, text: string, level: LogLine["level"] = "key"): LogLine[] => [
    { atMs: onAxis(scope, event.atUs), node, source, text, level },
  ];
  if ("initial" in event && event.initial) return [];
  switch (event.type) {
    case "fault-injecting":
      return line(event.nodes.join(" "), "hachaos", `injecting ${event.fault.kind} ${event.fault.target}`.trim());
    case "fault-proven":
      return line("", "hachaos", `proven: ${event.evidence.join("; ")}`);
    case "fault-not-proven":
      return line("", "hachaos", `not proven: ${event.message}`, "trouble");
    case "observed":
      return line(
        "",
        "hachaos",
        event.settled ? `settled: ${event.lastSeen}` : `not settled in time, last seen: ${event.lastSeen}`,
        event.settled ? "key" : "trouble",
      );
    case "fault-healing":
      return line("", "hachaos", "healing");
    case "fault-healed":
      return line("", "hachaos", `healed: ${event.evidence.join("; ")}`);
    case "fault-not-healed":
      return line("", "hachaos", `not healed: ${event.message}`, "trouble");
    case "gate":
      return line(
        "",
        "hachaos",
        event.passed ? "back to normal" : `not back to normal: ${event.missing.join("; ")}`,
        event.passed ? "key" : "trouble",
      );
    case "address":
      return line(event.node, "address", `${event.address} ${event.present ? "added to" : "removed from"} ${event.device}`);
    case "link":
      return line(
        event.node,
        "link",
        `${event.device} ${event.carrier ? "has carrier" : "lost its carrier"}`,
        event.carrier ? "key" : "trouble",
      );
    case "bond":
      return line(event.node, "bond", `${event.bond}: active leg ${event.active ?? "none"}`);
    case "corosync":
      return line(
        event.node,
        "corosync",
        `${event.what === "member" ? "member" : `link ${event.link ?? "?"} to`} ${event.peer} ${event.up ? "up" : "down"}`,
        event.up ? "key" : "trouble",
      );
    case "power":
      return line(event.node, "power", event.on ? "power on" : "power off", event.on ? "key" : "trouble");
    case "observer":
      return event.running ? [] : line(event.node, "observer", `${event.name} stopped: ${event.reason}`, "plain");
    case "command":
      return line(event.node, "command", `${event.argv.join(" ")} (exit ${event.exitCode}, ${Math.round(event.ms)} ms)`, "plain");
    default:
      return [];
  }
}
