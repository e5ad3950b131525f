import type { ProbeOutcome } from "../../history/event.js";
import { moment, plural } from "../words.js";
import { nodeTone, onAxis, type Lane, type Mark, type Row, type Span, type TrialScope } from "./lane.js";

/** What both HTTP clients write down of a request. */
interface Request {
  atUs: number;
  endUs: number;
  outcome: ProbeOutcome;
  servedBy: string | null;
  error: string | null;
}

/** Requests further apart than this are not one run: nothing is known of the time between them. */
const HOLE_US = 300_000;
/** How far the last request of a run reaches when none follows: the slowest period a probe may have (20 per second). */
const PERIOD_US = 50_000;

/** Requests with a connection of their own: one row per serving node, one for failures. Only requests that went the same way one after the other are joined. */
export function probeLane(scope: TrialScope): Lane {
  const rows = answerRows(scope, scope.http);
  return { title: "New connections", rows: [...rows, { label: "no answer", marks: runs(scope, scope.http, null) }] };
}

/** The client that keeps its connection: the same rows, and a tick where another one answered for the first time. */
export function keptLane(scope: TrialScope): Lane {
  if (scope.kept.length === 0) return { title: "Kept connection", rows: [{ label: "not probed", marks: [] }] };
  const answered = scope.kept.filter((probe) => probe.outcome === "ok");
  const reopened = answered.flatMap((probe, index): Mark[] => {
    const before = answered[index - 1];
    if (!before || before.connection === probe.connection) return [];
    const atMs = onAxis(scope, probe.atUs);
    return [{ kind: "tick", atMs, tone: "plain", shape: "bar", title: `connection ${probe.connection} answers` }];
  });
  const failures = [...runs(scope, scope.kept, null), ...reopened];
  return { title: "Kept connection", rows: [...answerRows(scope, scope.kept), { label: "no answer", marks: failures }] };
}

function answerRows(scope: TrialScope, requests: readonly Request[]): Row[] {
  const servers = new Set(scope.nodes);
  for (const { outcome, servedBy } of requests) if (outcome === "ok") servers.add(servedBy ?? UNNAMED);
  return [...servers].map((server) => ({ label: server, marks: runs(scope, requests, server) }));
}

const UNNAMED = "unnamed";

/** Runs of requests that went the same way, one directly after the other: those answered by a node, or (null) those that failed. */
function runs(scope: TrialScope, requests: readonly Request[], server: string | null): Mark[] {
  const marks: Mark[] = [];
  for (let first = 0; first < requests.length;) {
    const start = requests[first] as Request;
    let last = first;
    while (follows(requests[last], requests[last + 1])) last++;
    const wanted = server === null ? start.outcome !== "ok" : start.outcome === "ok" && (start.servedBy ?? UNNAMED) === server;
    if (wanted) marks.push(run(scope, start, last - first + 1, endOf(requests, last)));
    first = last + 1;
  }
  return marks;
}

function follows(request: Request | undefined, next: Request | undefined): boolean {
  if (!request || !next || next.atUs - request.atUs > HOLE_US || next.outcome !== request.outcome) return false;
  return next.outcome !== "ok" || next.servedBy === request.servedBy;
}

/** Nothing is known until the next request, so a run reaches to there; one before a hole reaches no further than a period. */
function endOf(requests: readonly Request[], index: number): number {
  const atUs = (requests[index] as Request).atUs;
  const next = requests[index + 1]?.atUs ?? Infinity;
  return next - atUs > HOLE_US ? atUs + PERIOD_US : next;
}

function run(scope: TrialScope, start: Request, count: number, untilUs: number): Span {
  const [fromMs, toMs] = [onAxis(scope, start.atUs), onAxis(scope, untilUs)];
  const { outcome } = start;
  const when = `from ${moment(fromMs)}`;
  if (outcome === "ok") {
    // A request can wait until the service is back: it was answered when it ended, not when it was sent.
    const answeredMs = onAxis(scope, start.endUs);
    const server = start.servedBy ?? UNNAMED;
    return {
      kind: "span",
      fromMs: answeredMs,
      toMs: Math.max(toMs, answeredMs),
      tone: nodeTone(scope, server),
      look: "sure",
      label: "",
      title: `${count} answered by ${server} from ${moment(answeredMs)}`,
    };
  }
  const said = start.error === null ? "" : ` (${start.error})`;
  const title = `${plural(count, "request")} ${OUTCOMES[outcome].words} ${when}${said}`;
  return { kind: "span", fromMs, toMs, tone: OUTCOMES[outcome].tone, look: OUTCOMES[outcome].look, label: "", title };
}

/** How many requests ended how. */
export function countOutcomes(requests: readonly { outcome: ProbeOutcome }[]): Partial<Record<ProbeOutcome, number>> {
  const counts: Partial<Record<ProbeOutcome, number>> = {};
  for (const { outcome } of requests) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Colour and height = how the request failed: somebody said no, nobody answered (low), something else answered. */
export const OUTCOMES = {
  ok: { tone: "plain", look: "sure", words: "answered" },
  refused: { tone: "fail", look: "sure", words: "refused" },
  reset: { tone: "fail", look: "sure", words: "reset" },
  timeout: { tone: "silent", look: "low", words: "timed out" },
  unreachable: { tone: "silent", look: "low", words: "found no route" },
  "wrong-status": { tone: "wrong", look: "sure", words: "answered with a wrong status" },
  "wrong-page": { tone: "wrong", look: "sure", words: "answered with a wrong page" },
} as const satisfies Record<ProbeOutcome, { tone: Span["tone"]; look: NonNullable<Span["look"]>; words: string }>;
