import type { ClusterDefinition } from "../../cluster/definition.js";
import type { EventOf, HistoryEvent, ProbeOutcome } from "../../history/event.js";
import { noteNews, unseenNodes, type NodeState } from "../../report/topology-frames.js";
import { eventLine } from "../progress/event-line.js";
import { EMPTY_PANE, paneAfter, type PaneState } from "../progress/pane-state.js";

/** A stretch of probes: the worst outcome in it, and who served. */
export interface Beat {
  outcome: ProbeOutcome;
  servedBy: string | null;
}

/** One character of the strip: short enough to look live, long enough that the strip tells of half a minute. */
const BEAT_US = 200_000;
/** As wide as terminals get. */
const BEATS = 400;
/** What was done and seen lately. */
const LINES = 12;

/** Everything the screen shows, folded from the events so far. */
export class WatchState {
  readonly definition: ClusterDefinition;
  readonly nodes: Record<string, NodeState>;
  readonly beats: Beat[] = [];
  readonly lines: string[] = [];
  pane: PaneState;
  /** What the designated controller's crm_mon last said, else any node's. */
  cluster: EventOf<"cluster"> | null = null;
  #beat = -1;

  constructor(definition: ClusterDefinition) {
    this.definition = definition;
    this.nodes = unseenNodes(definition.nodes.map((node) => node.name));
    this.pane = { ...EMPTY_PANE, address: definition.service.address };
  }

  apply(event: HistoryEvent): void {
    this.pane = paneAfter(this.pane, event);
    noteNews(this.nodes, event, this.definition.service.address);
    if (event.type === "http") this.#hear(event);
    if (event.type === "cluster" && (event.dc === event.node || this.cluster?.node === event.node || this.cluster === null)) {
      this.cluster = event;
    }
    if (event.type === "power" && !event.on && this.cluster?.node === event.node) this.cluster = null;
    const line = eventLine(event);
    if (line !== null) this.say(line);
  }

  /** A line among those of the events. */
  say(line: string): void {
    this.lines.push(line);
    this.lines.splice(0, this.lines.length - LINES);
  }

  #hear({ atUs, outcome, servedBy }: EventOf<"http">): void {
    const beat = Math.floor(atUs / BEAT_US);
    const last = this.beats.at(-1);
    if (last !== undefined && beat <= this.#beat) {
      // A failure stays visible, however many requests around it were answered.
      if (outcome !== "ok") last.outcome = outcome;
      return;
    }
    this.#beat = beat;
    this.beats.push({ outcome, servedBy });
    this.beats.splice(0, this.beats.length - BEATS);
  }
}
