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
  /** Who removes it if we die: `run` labs belong to a process, `up` labs stay. */
  keep: boolean;
  /** Where the nodes' logs go when the lab cannot be built. */
  evidenceFolder?: string | undefined;
}

/** What makes labs. `start` removes everything it made before it throws. */
export interface Provider {
  name: string;
  summary: string;
  start(request: LabRequest): Promise<Lab>;
  /** Takes hold of a lab that is there; for labs that can outlive the process that made them. Throws `lab-not-ready` when it was never finished. */
  attach?(lab: string): Promise<Lab>;
  /** Removes a lab by its name when the process that held it died; for labs that can outlive that process. */
  remove?(lab: string): Promise<void>;
}
