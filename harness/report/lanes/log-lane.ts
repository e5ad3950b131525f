import { nodeTone, onAxis, type Lane, type TrialScope } from "./lane.js";

/** Log lines worth a tick, by node. Errors and warnings are dots, the rest are bars. */
export function logLane(scope: TrialScope): Lane {
  const rows = scope.nodes.map((node) => ({
    label: node,
    marks: scope.log
      .filter((event) => event.node === node && isKeyLine(event.text))
      .map((event) => {
        const atMs = onAxis(scope, event.atUs);
        const tone = isTrouble(event.text) ? "fail" : nodeTone(scope, node);
        return {
          kind: "tick" as const,
          atMs,
          tone,
          shape: isTrouble(event.text) ? ("dot" as const) : ("bar" as const),
          title: `${event.source}: ${event.text}`,
        };
      }),
  }));
  return { title: "Key log lines", rows };
}

/** True for a line that a reader of a failover should see. */
export function isKeyLine(text: string): boolean {
  return isTrouble(text) || KEY.test(text);
}

/** True for a line its daemon calls a warning or worse. */
export function isTrouble(text: string): boolean {
  return TROUBLE.test(text);
}

// pacemaker writes "warning:", "error:", "crit:" before the text; corosync and resource agents write upper or lower case words
const TROUBLE = /\b(warning|error|crit|fatal|emerg|failed|failure|unclean)\b/i;
// corosync [TOTEM ]/[KNET  ]/[QUORUM] and pacemaker (controld, schedulerd, attrd) lines that mark a failover's steps
const KEY =
  /token has not been received|processor failed|new membership|members\[|link: \d+ is (down|up)|host: \d+ has no active links|state transition|result of|initiating|fencing|\bis now lost\b|\bpingd\b|elected|move|recover/i;
