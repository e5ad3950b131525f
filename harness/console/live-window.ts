import type { ClusterDefinition } from "../cluster/definition.js";
import type { EventOf, EventType, HistoryEvent } from "../history/event.js";
import type { TrialScope } from "../report/lanes/lane.js";
import { statesUntil } from "../report/trial-scope.js";

/** How much of the past the lanes show. */
export const WINDOW_MS = 60_000;
/** It is cut when it holds so many probes, twice what 100 a second leave in that time, so that not every event pays for the cut. */
const CUT_AT = 12_000;

/** What the lanes and the topology are drawn from. */
const DRAWN: ReadonlySet<EventType> = new Set<EventType>([
  "power",
  "address",
  "bond",
  "link",
  "cluster",
  "corosync",
  "operation",
  "neighbour",
]);

/** The last minute of a lab, as the report's renderers want it: probes and log lines, and of all that has a state also its last word before. */
export class LiveWindow {
  readonly #definition: ClusterDefinition;
  #http: EventOf<"http">[] = [];
  #kept: EventOf<"http-kept">[] = [];
  #log: EventOf<"log">[] = [];
  #states: HistoryEvent[] = [];
  #nodeOfMac: ReadonlyMap<string, string> = new Map();

  constructor(definition: ClusterDefinition) {
    this.#definition = definition;
  }

  note(event: HistoryEvent): void {
    if (event.type === "http") this.#http.push(event);
    else if (event.type === "http-kept") this.#kept.push(event);
    else if (event.type === "log") this.#log.push(event);
    else if (event.type === "lab-ready") {
      const macs = Object.entries(event.nodes).flatMap(([node, known]) => Object.values(known.macs).map((mac) => [mac, node] as const));
      this.#nodeOfMac = new Map(macs);
    } else if (DRAWN.has(event.type)) this.#states.push(event);
    if (this.#http.length > CUT_AT) this.#forget(event.atUs / 1000 - WINDOW_MS);
  }

  /** The window that ends now, which is the axis' zero. */
  scope(nowUs: number): TrialScope {
    const toMs = nowUs / 1000;
    const fromMs = toMs - WINDOW_MS;
    this.#forget(fromMs);
    return {
      fromMs,
      toMs,
      zeroMs: toMs,
      definition: this.#definition,
      nodes: this.#definition.nodes.map(({ name }) => name),
      http: this.#http,
      kept: this.#kept,
      log: this.#log,
      states: this.#states,
      nodeOfMac: this.#nodeOfMac,
    };
  }

  #forget(fromMs: number): void {
    const within = ({ atUs }: HistoryEvent) => atUs / 1000 >= fromMs;
    // Observers tell a little out of order, and a request is written down when it ends.
    const inOrder = <E extends HistoryEvent>(events: E[]): E[] => events.sort((a, b) => a.atUs - b.atUs);
    this.#http = inOrder(this.#http.filter(within));
    this.#kept = inOrder(this.#kept.filter(within));
    this.#log = inOrder(this.#log.filter(within));
    this.#states = statesUntil(inOrder(this.#states), fromMs, Infinity);
  }
}
