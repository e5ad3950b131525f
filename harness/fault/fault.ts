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
  passes?: boolean | undefined;
}

/** How to take a fault back, and how to know that it is gone. */
export interface FaultUndo {
  undo(): Promise<void>;
  /** Reads the real system; returns what it saw, or throws `undo-not-proven`. */
  prove(): Promise<string[]>;
}

/** Reads the real system; returns what it saw, or throws `fault-not-proven`. */
export type Proof = () => Promise<string[]>;

/** Where and how a fault acts: all that is needed to take it back as well, so that somebody else can when we are gone. */
export interface Site<P> {
  lab: Lab;
  nodes: ClusterNode[];
  params: P;
  /** Notes that a node loses or gets power. */
  notePower(node: string, on: boolean): void;
}

/** For a fault that cannot act where it is asked to. */
export const NOTHING_TO_UNDO: FaultUndo = { undo: () => Promise.resolve(), prove: () => Promise.resolve([]) };

export interface Fault<S extends z.ZodObject = z.ZodObject> {
  kind: string;
  title: string;
  /** One sentence: what it is in the real world. */
  summary: string;
  params: S;
  /** `nodes`: needs a node name or a role; `network`: acts between nodes and takes no target. */
  targets: "nodes" | "network";
  /** What its nodes must be (Provider.virtual); absent: anything. A plan without that is refused. */
  needs?: "virtual";
  /** Who must serve afterwards when the active node is hit. */
  expects: "same" | "standby";
  draw(lab: Lab, nodes: string[], params: z.infer<S>): FaultDrawing;
  /** Acts; returns how to prove that it bit. */
  inject(site: Site<z.infer<S>>): Promise<Proof>;
  /**
   * What of it is in force, by what it leaves in a lab and nobody else does: for a lab whose journal is gone. A fault that leaves
   * nothing, or nothing that can be told from what happens by itself, has no such look.
   */
  find?(lab: Lab): Promise<{ nodes: ClusterNode[]; params: z.infer<S> }[]>;
  /** Works from the site alone, whether all of the fault is there, half of it or nothing, and whether the nodes have power. */
  undo(site: Site<z.infer<S>>): FaultUndo;
}

/** Lets a fault's own file keep the types of its parameters. */
export function defineFault<S extends z.ZodObject>(fault: Fault<S>): Fault<S> {
  return fault;
}
