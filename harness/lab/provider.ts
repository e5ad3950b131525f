import type { ClusterDefinition } from "../cluster/definition.js";
import type { Lab } from "./lab.js";

export interface LabRequest {
  name: string;
  definition: ClusterDefinition;
  /** The folder it was read from. */
  folder: string;
  /** Told when a step of the building begins (ms null) and ends (ms). */
  onStep(step: string, ms: number | null): void;
  signal?: AbortSignal | undefined;
  /** It is taken hold of to heal it, in whatever state it is; for labs that nobody makes. */
  isHealing?: boolean;
  /** Who removes it if we die: `run` labs belong to a process, `up` labs stay. */
  keep: boolean;
  /** Its fingerprint, when it is made to wait until somebody takes it (Spares). */
  spare?: string | undefined;
  /** Where the nodes' logs go when the lab cannot be built. */
  evidenceFolder?: string | undefined;
}

/** What makes labs. `start` removes everything it made before it throws. */
export interface Provider {
  name: string;
  summary: string;
  /** Its machines are there already and belong to somebody: one lab of them at a time, and nothing is done to them that was not agreed to. */
  taken?: true;
  /** Its nodes are virtual machines: `ClusterNode.virtual` is there. */
  virtual?: true;
  start(request: LabRequest): Promise<Lab>;
  /** Takes hold of a lab that is there; for labs that can outlive the process that made them. Throws `lab-not-ready` when it was never finished. */
  attach?(lab: string): Promise<Lab>;
  /** Removes a lab by its name when the process that held it died; for labs that can outlive that process. */
  remove?(lab: string): Promise<void>;
  /** For labs that can be made beforehand. */
  spares?: Spares;
}

/** Finished labs that wait, each with a name of its own from the beginning. */
export interface Spares {
  /** Of all that a lab is made of: what it says of one lab it says of every other that is the same. */
  fingerprint(lab: Pick<LabRequest, "definition" | "folder">): string;
  /** Those that wait, and those that are being made. */
  names(fingerprint: string): Promise<string[]>;
  /** One that is fit, or null. Nobody else gets it; one that is not fit is removed, and `onUnfit` learns why. */
  take(fingerprint: string, onUnfit: (name: string, why: string) => void): Promise<Lab | null>;
}
