import type { z } from "zod";
import type { ClusterNode, Lab } from "../lab/lab.js";

export type ParamValue = string | number | boolean;
export type Params = Record<string, ParamValue>;

/** How a fault is drawn: see `drawing` in the history's schema. NICs as node.nic, processes as node.process. */
export interface FaultDrawing {
  label: string;
  colour: string;
  nodes: string[];
  nics: string[];
  processes: string[];
  gatewayFrom: string[];
}

/** How to take a fault back, and how to know that it is gone. Recorded before the fault acts. */
export interface FaultUndo {
  undo(): Promise<void>;
  /** Reads the real system; returns what it saw, or throws `undo-not-proven`. */
  prove(): Promise<string[]>;
}

/** Reads the real system; returns what it saw, or throws `fault-not-proven`. */
export type Proof = () => Promise<string[]>;

export interface Injection<P> {
  lab: Lab;
  nodes: ClusterNode[];
  params: P;
  /** Must be called before the first act. */
  record(undo: FaultUndo): void;
  /** Notes that a node loses or gets power. */
  notePower(node: string, on: boolean): void;
}

export interface Fault<S extends z.ZodObject = z.ZodObject> {
  kind: string;
  title: string;
  /** One sentence: what it is in the real world. */
  summary: string;
  params: S;
  /** `nodes`: needs a node name or a role; `network`: acts between nodes and takes no target. */
  targets: "nodes" | "network";
  /** Who must serve afterwards when the active node is hit. */
  expects: "same" | "standby";
  draw(lab: Lab, nodes: string[], params: z.infer<S>): FaultDrawing;
  /** Records the undo, then acts; returns how to prove that it bit. */
  inject(injection: Injection<z.infer<S>>): Promise<Proof>;
}

/** Lets a fault's own file keep the types of its parameters. */
export function defineFault<S extends z.ZodObject>(fault: Fault<S>): Fault<S> {
  return fault;
}
