import type { Eyes, Host, VirtualMachine } from "../lab.js";
import { execOver } from "./exec-over.js";
import type { Reach } from "./reach.js";

/** Where our observers and their runtime lie in every container. */
export const AGENTS_AT = "/opt/hachaos";

/** A container of a lab: from within a host, from without a process with files. */
export interface Machine extends Pick<Reach, "pid" | "hasFile" | "stream" | "pipe"> {
  /** The container's. */
  id: string;
  host: Host;
  /** What takes its time to listen once it runs; absent: commands can be run at once. Throws `lab-not-ready` when it never does. */
  reachable?(): Promise<void>;
  /** See ClusterNode. */
  openEyes?(): Promise<Eyes>;
  /** Of the machine in it; absent: there is none. */
  virtual?: VirtualMachine & Snapshots;
}

export interface Snapshots {
  /** Keeps what it is now, in place of what was kept before; only while it is frozen. */
  save(): Promise<void>;
  /** Pulls all its cables, until it is put back. */
  unplug(): Promise<void>;
  /** Puts it back to that; it stays frozen. Whoever was connected with it is not any more. */
  load(): Promise<void>;
}

/** The lab's containers by host name. */
export type Machines = Record<string, Machine> & Record<"fabric" | "gateway" | "client", Machine>;

export function machineOf(name: string, id: string, reach: Reach): Machine {
  const host: Host = {
    name,
    exec: (argv, options) => execOver(reach, name, argv, options),
    interact: (argv, streams) => reach.interact(argv, streams),
    startAgent: (agent, config, onMessage) =>
      reach.stream(["node", `${AGENTS_AT}/probe/agents/${agent}.js`, JSON.stringify(config)], onMessage),
  };
  const { pid, hasFile, stream, pipe } = reach;
  return { id, host, pid, hasFile, stream, pipe };
}
