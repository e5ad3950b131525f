import type { EventOf, HistoryEvent } from "../history/event.js";

/** What a line of a daemon's log can tell. The groups of its pattern: `task`, `resource`, `on`, `outcome`, `attribute`. */
export type Told = "result" | "initiated" | "attribute-written" | "fenced" | "token-lost" | "membership";
type Daemon = "pacemaker" | "corosync";

interface PatternSet {
  daemon: Daemon;
  /** First version with these words, and where they were read. */
  from: string;
  patterns: Partial<Record<Told, RegExp>>;
}

/**
 * The daemons' words by version, newest first; a version uses the newest entry that is not newer than itself. Taken from the logs of
 * Debian 12 (pacemaker 2.1.5, corosync 3.1.7), which the tests keep; a new wording is a new entry here and its lines there.
 */
export const LOG_PATTERNS: readonly PatternSet[] = [
  {
    daemon: "pacemaker",
    from: "2.1.0",
    patterns: {
      // log_executor_event() in controld_execd.c; probes and cancelled monitors are worded differently on purpose.
      result: /\(log_executor_event\)\s+\w+: Result of (?<task>\w+) operation for (?<resource>\S+) on (?<on>\S+): (?<outcome>[^|]+?) \|/,
      // execute_rsc_action() in controld_te_actions.c.
      initiated: /\(execute_rsc_action\)\s+notice: Initiating (?<task>\w+) operation (?<resource>.+)_\w+_\d+ (?:locally )?on (?<on>\S+)/,
      // attrd_write_attribute() in attrd_cib.c: the dampening is over.
      "attribute-written": /\(attrd_write_attribute\)\s+info: Sent CIB request \d+ with \d+ changes? for (?<attribute>\S+)/,
      // finalize_op() in fenced_remote.c: each node's fencer says so of each fencing operation that has ended, well or badly.
      fenced: /\(finalize_op\)\s+\w+: Operation '\w+' targeting (?<on>\S+) by .* for \S+: (?<outcome>\w+)/,
    },
  },
  {
    daemon: "corosync",
    from: "3.0.0",
    patterns: {
      // timer_function_orf_token_timeout() and memb_state_gather_enter() in totemsrp.c.
      "token-lost": /\[TOTEM \] A processor failed, forming new configuration/,
      // memb_state_operational_enter() in totemsrp.c.
      membership: /\[TOTEM \] A new membership \(\S+\) was formed\. Members (?<outcome>joined|left)/,
    },
  },
];

export interface LogMatch {
  told: Told;
  line: EventOf<"log">;
  groups: Record<string, string | undefined>;
}

/** The lines that tell something, in the words of the versions that ran. */
export function linesTelling(events: readonly HistoryEvent[], versions: Record<string, string>): LogMatch[] {
  const patterns = new Map<string, [string, RegExp][]>();
  for (const daemon of ["pacemaker", "corosync"] as const)
    patterns.set(daemon, Object.entries(patternSet(daemon, versions[daemon] ?? "")?.patterns ?? {}));
  const found: LogMatch[] = [];
  for (const line of events) {
    if (line.type !== "log") continue;
    for (const [told, pattern] of patterns.get(line.source) ?? []) {
      const match = pattern.exec(line.text);
      if (match !== null) found.push({ told: told as Told, line, groups: match.groups ?? {} });
    }
  }
  return found;
}

/** The newest set that is not newer than the version; of a version that is not known, or older than all, the oldest. */
export function patternSet(daemon: Daemon, version: string, sets: readonly PatternSet[] = LOG_PATTERNS): PatternSet | undefined {
  const own = sets.filter((set) => set.daemon === daemon);
  return own.find((set) => compareVersions(set.from, version) <= 0) ?? own.at(-1);
}

/** By the numbers at its front: 2.1.5-1+deb12u1 counts as 2.1.5. */
function compareVersions(a: string, b: string): number {
  const numbers = (text: string) => (/^[\d.]+/.exec(text)?.[0] ?? "0").split(".").map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
