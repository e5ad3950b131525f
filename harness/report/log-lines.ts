import type { TrialResult } from "../check/results.js";
import type { EventOf, HistoryEvent } from "../history/event.js";
import { citationsOf, type Citation, type Cited } from "./citations.js";
import { darkBands } from "./lanes/dark-bands.js";
import { onAxis, type TrialScope } from "./lanes/lane.js";
import { isKeyLine, isTrouble } from "./lanes/log-lane.js";
import { operationFailed, operationText } from "./lanes/operation-marks.js";
import { seconds } from "./words.js";

/** One row of the merged log: a daemon's line, or one of our own observations put into words. */
export interface LogLine {
  atMs: number;
  node: string;
  source: string;
  text: string;
  level: "trouble" | "key" | "plain";
  /** Who rests on this line: `C3`, `ends detection`, ... Empty: nobody. */
  cited: string[];
  /** Where a link to it leads; null: nobody cites it. */
  id: string | null;
}

export interface MergedLog {
  lines: LogLine[];
  omitted: number;
  /** The line that a piece of evidence or a phase's mark rests on. */
  lineOf: ReadonlyMap<Cited, LogLine>;
}

/** Rows shown for one trial; the rest are counted. A screenful times ten is what people read. */
const MOST = 300;

/**
 * The merged log of a trial: all lines of the nodes and all observed changes in order of time, at most 300. Every piece of evidence that
 * a finding or a phase cites has its line, which is never left out.
 */
export function mergedLog(scope: TrialScope, result: TrialResult, id: string): MergedLog {
  const observed = scope.states.filter((event) => event.atUs / 1000 >= scope.fromMs).flatMap((event) => describe(scope, event));
  const logged = scope.log.map((event): LogLine => ({
    atMs: onAxis(scope, event.atUs),
    node: event.node,
    source: event.source,
    text: event.text,
    level: isTrouble(event.text) ? "trouble" : isKeyLine(event.text) ? "key" : "plain",
    cited: [],
    id: null,
  }));
  const all = [...observed, ...darkness(scope), ...logged];
  const lineOf = new Map<Cited, LogLine>();
  for (const citation of citationsOf(result)) lineOf.set(citation.cited, pin(scope, all, citation));
  all.sort((a, b) => a.atMs - b.atMs);
  [...new Set(lineOf.values())].forEach((line, index) => (line.id = `${id}-e${index + 1}`));
  if (all.length <= MOST) return { lines: all, omitted: 0, lineOf };
  // Too many: evidence stays before trouble, that before key lines, those before plain ones, and near the fault before far from it.
  const rank = (line: LogLine): number => (line.id !== null ? -1 : RANK[line.level]);
  const ranked = [...all].sort((a, b) => rank(a) - rank(b) || Math.abs(a.atMs) - Math.abs(b.atMs));
  const kept = new Set(ranked.slice(0, MOST));
  return { lines: all.filter((line) => kept.has(line)), omitted: all.length - kept.size, lineOf };
}

const RANK = { trouble: 0, key: 1, plain: 2 } as const;
/** The same moment read twice may differ by rounding. */
const SAME_MS = 2;

/** Finds the line that a citation means, or writes one, and notes who cites it. */
function pin(scope: TrialScope, lines: LogLine[], { cited, by }: Citation): LogLine {
  const atMs = cited.atMs - scope.zeroMs;
  const near = lines.filter((line) => Math.abs(line.atMs - atMs) <= SAME_MS && (cited.node === null || line.node === cited.node));
  let line = near.find((candidate) => candidate.text === cited.text) ?? near.find((candidate) => tellsTheSame(candidate.text, cited.text));
  if (!line) {
    const source = "source" in cited ? cited.source : "finding";
    line = { atMs, node: cited.node ?? "", source, text: cited.text, level: "key", cited: [], id: null };
    lines.push(line);
  }
  if (by !== null && !line.cited.includes(by)) line.cited.push(by);
  return line;
}

/** True when most words of the one are in the other: an observer's news and a checker's words for it. */
function tellsTheSame(line: string, cited: string): boolean {
  const words = cited.split(/[^\p{L}\p{N}.]+/u).filter((word) => word.length > 1);
  return words.length > 0 && words.filter((word) => line.includes(word)).length > words.length / 2;
}

/** What the client felt, between what the nodes say. */
function darkness(scope: TrialScope): LogLine[] {
  const line = (atMs: number, text: string, level: LogLine["level"]): LogLine => ({
    atMs,
    node: "",
    source: "client",
    text,
    level,
    cited: [],
    id: null,
  });
  return darkBands(scope).flatMap(({ fromMs, toMs }) => [
    line(fromMs, "last answer before a dark time", "trouble"),
    line(toMs, `answered again, after ${seconds(toMs - fromMs)}`, "key"),
  ]);
}

function describe(scope: TrialScope, event: HistoryEvent): LogLine[] {
  const line = (node: string, source: string, text: string, level: LogLine["level"] = "key"): LogLine[] => [
    { atMs: onAxis(scope, event.atUs), node, source, text, level, cited: [], id: null },
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
      return line(event.node, "bond", `${event.bond}: active leg ${event.active ?? "none"}${linkFailures(event)}`);
    case "corosync":
      return line(
        event.node,
        "corosync",
        `${event.what === "member" ? "member" : `link ${event.link ?? "?"} to`} ${event.peer} ${event.up ? "up" : "down"}`,
        event.up ? "key" : "trouble",
      );
    case "neighbour":
      return line(event.node, "neighbour", `${event.address} is at ${neighbourName(scope, event.mac)}`);
    case "operation":
      return line(event.on, "operation", operationText(event), operationFailed(event) ? "trouble" : "key");
    case "cluster":
      return line(event.node, "crm_mon", clusterText(event), "plain");
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

function neighbourName(scope: TrialScope, mac: string | null): string {
  const node = mac === null ? undefined : scope.nodeOfMac.get(mac);
  return mac === null ? "nobody" : node === undefined ? mac : `${mac} (${node})`;
}

function clusterText({ dc, resources }: EventOf<"cluster">): string {
  const where = resources.map(({ id, role, nodes }) =>
    nodes.length > 0 ? `${id} ${role.toLowerCase()} on ${nodes.join(", ")}` : `${id} ${role.toLowerCase()}`,
  );
  return [dc === null ? "no DC" : `DC ${dc}`, ...where].join("; ");
}

/** Of those legs that ever failed. */
function linkFailures({ linkFailures = {} }: EventOf<"bond">): string {
  const failed = Object.entries(linkFailures).filter(([, count]) => count > 0);
  return failed.length === 0 ? "" : `; link failures: ${failed.map(([nic, count]) => `${nic} ${count}`).join(", ")}`;
}
