import type { ClusterDefinition } from "../../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../../history/event.js";

/** What is drawn over the time axis. Times are milliseconds relative to the fault (the axis' zero). */
export interface Lane {
  title: string;
  rows: Row[];
}

export interface Row {
  label: string;
  marks: Mark[];
}

/**
 * `n0`, `n1`, ... are the nodes in the definition's order. Of a request that failed: `fail` somebody said no, `silent` nobody answered,
 * `wrong` something else answered. `phase` and `culprit` are phases, the second the one that cost most.
 */
export type Tone = `n${number}` | "fail" | "silent" | "wrong" | "warn" | "mute" | "plain" | "phase" | "culprit";

export interface Span {
  kind: "span";
  fromMs: number;
  toMs: number;
  tone: Tone;
  /** Written inside when there is room. */
  label: string;
  /** What it says, in words: shown when pointed at, and read in the table. */
  title: string;
  /** `hatched`: in doubt or in transition; `thin`: a line at the row's foot; `sure`: never narrower than can be seen; `low`: the same, half as high. */
  look?: "hatched" | "thin" | "sure" | "low";
  /** CSS colour a fault brought along; wins over the tone. */
  colour?: string;
}

export interface Tick {
  kind: "tick";
  atMs: number;
  tone: Tone;
  shape: "bar" | "half" | "dot";
  title: string;
}

export type Mark = Span | Tick;

/** Everything the lane builders need of one trial. */
export interface TrialScope {
  /** The axis' ends and its zero, ms since the run started. */
  fromMs: number;
  toMs: number;
  zeroMs: number;
  nodes: string[];
  definition: ClusterDefinition | null;
  /** Of this lab, in order of time: probes and log lines of the window; of everything else also what each subject last said before it. */
  http: EventOf<"http">[];
  /** Requests of the client that keeps its connection. */
  kept: EventOf<"http-kept">[];
  log: EventOf<"log">[];
  states: HistoryEvent[];
  /** Which node a MAC address belongs to. */
  nodeOfMac: ReadonlyMap<string, string>;
}

/** The colour of a node. Six colours; then they repeat, and the label tells nodes apart. */
export function nodeTone(scope: TrialScope, node: string): Tone {
  const index = scope.nodes.indexOf(node);
  return index < 0 ? "plain" : `n${index % 6}`;
}

/** Microseconds since the run started -> milliseconds on the axis. */
export function onAxis(scope: TrialScope, atUs: number): number {
  return atUs / 1000 - scope.zeroMs;
}
