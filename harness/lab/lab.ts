import type { ClusterDefinition } from "../cluster/definition.js";
import type { Rehearsed, RehearsedFault } from "./rehearsal.js";

/** A command that ended, whether it failed or not: the same shape for both. Times in ms. */
export interface CommandResult {
  argv: string[];
  exitCode: number;
  stdout: string;
  stderr: string;
  ms: number;
}

export interface ExecOptions {
  stdin?: string | Buffer;
  env?: Record<string, string>;
  /** The command is killed when this time (ms) is over; 30 s unless told. */
  timeoutMs?: number;
  /** Exit codes that are no failure; [0] unless told, "any" for all. */
  allow?: number[] | "any";
}

/** A program that runs beside what it observes and sends one JSON message per line. */
export interface Agent {
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
  /** Settles when it has ended, with the reason. */
  ended: Promise<string>;
}

/** Our own terminal, or pipes. */
export interface Streams {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/** A machine of the lab. Commands are argument arrays, never shell strings. */
export interface Host {
  readonly name: string;
  /** Throws `command-failed` with the command's own words, `lab-lost` when the host is gone. */
  exec(argv: string[], options?: ExecOptions): Promise<CommandResult>;
  /** Connects a command with our terminal (it gets one of its own then) or our pipes until it ends; returns its exit code. */
  interact(argv: string[], streams: Streams): Promise<number>;
  /** Starts one of our observers (a name under probe/agents/) with a JSON configuration. */
  startAgent(agent: string, config: unknown, onMessage: (message: unknown) => void): Promise<Agent>;
}

/** Eyes on a host from outside, over a connection of their own. Times are of arrival here: late by half the round trip. */
export interface Eyes {
  /** Follows a command's output line by line, starting it again whenever it ends; returns how to stop. */
  follow(argv: string[], onLine: (line: string) => void, onStart?: () => void): () => void;
  /** Output of a command, with `env` besides its own environment, or null when it fails. */
  output(argv: string[], env?: Record<string, string>): Promise<string | null>;
  /** Null when it cannot be read. */
  readFile(path: string): Promise<string | null>;
  /** Its wall clock now, or null when it does not answer. */
  clock(): Promise<ClockReading | null>;
  /** Settles when the connection is gone, with the reason. */
  ended: Promise<string>;
  close(): void;
}

/** A wall clock (ms since the epoch) as it was at `us` (CLOCK_MONOTONIC here, microseconds), give or take `errorMs`. */
export interface ClockReading {
  us: number;
  wallMs: number;
  errorMs: number;
}

export interface ClusterNode extends Host {
  /**
   * For a machine on which our observers had better not run, or cannot: then they run here. An emulated processor takes more than ten
   * seconds to start Node.js.
   */
  openEyes?(): Promise<Eyes>;
  /** Whether it has power. */
  isOn(): Promise<boolean>;
  /** As if the power cord were pulled: NICs cut first, then everything killed at once. */
  powerOff(): Promise<void>;
  /**
   * Boots with the same NICs, names and MACs, brings up the network and starts the cluster's daemons. Begins anew, in the dark, what somebody
   * who died left half done.
   */
  powerOn(): Promise<void>;
  /** What only a machine with a hypervisor under it can be made to do; absent: this node has none. */
  readonly virtual?: VirtualMachine;
}

export interface VirtualMachine {
  /** It stands still, with all that is in it, until it is thawed. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  isFrozen(): Promise<boolean>;
  /** What its kernel wrote to the serial line since it was first switched on. */
  console(): Promise<string>;
}

/** Cables and switches of the lab. */
export interface Fabric {
  /** Cuts or joins the cable in this NIC. A direct cable loses carrier on both ends, a switch port on the node's. */
  setCable(node: string, nic: string, state: "joined" | "cut"): Promise<void>;
  isCableCut(node: string, nic: string): Promise<boolean>;
  /** Whether what this NIC plugs into passes frames on, in either direction; its carrier stays as it is. */
  setForwarding(node: string, nic: string, forwards: boolean): Promise<void>;
  isForwarding(node: string, nic: string): Promise<boolean>;
  /** All of the lab that are cut. */
  cutCables(): Promise<{ node: string; nic: string }[]>;
  /** Those of a node's NICs that have a cable at all, whether it is cut or not: none while the node is off. */
  pluggedNics(node: string): Promise<string[]>;
}

/** A fault that acts, or is about to: all that is needed to take it back. */
export interface FaultInForce {
  /** Names it within its lab. */
  id: string;
  kind: string;
  params: Record<string, string | number | boolean>;
  /** The nodes that are hit, by name. */
  nodes: string[];
  /** ISO 8601, by the clock of whoever injected it. */
  since: string;
  /** After so many seconds it undoes itself, whoever injected it. */
  leaseS: number;
}

/** A fault as the lab's journal tells it at this moment. */
export interface JournalEntry extends FaultInForce {
  /** Until it undoes itself, seconds; negative when that should have been. */
  leftS: number;
  /** Why its undo could not be proven, the last time somebody tried; null when nobody did. */
  dirty: string | null;
  /** Null until it is known. */
  proof: FaultProof | null;
}

/** Whether a fault bit, as read back from the real system. */
export type FaultProof = { bit: true; evidence: string[] } | { bit: false; message: string };

/** The lab's own record of its faults, written before they act. */
export interface Journal {
  /**
   * Whether `add` wants the commands of the fault, rehearsed: those of the undo are laid down where it acts, because nobody who knows
   * faults is there when its lease ends.
   */
  readonly wantsCommands?: true;
  /** Throws `fault-refused` for one that is not allowed here; nothing is left behind then. */
  add(fault: FaultInForce, commands?: RehearsedFault): Promise<void>;
  /** Notes what became known of a fault that is there; nothing happens when it is gone. */
  note(id: string, news: { proof: FaultProof } | { dirty: string }): Promise<void>;
  /** Once its undo is proven; nothing happens when it is gone already. */
  remove(id: string): Promise<void>;
  /** The oldest first. */
  list(): Promise<JournalEntry[]>;
}

/** The right to change a lab. It ends with the process that has it. */
export interface LabLock {
  release(): Promise<void>;
}

/** A provisioned cluster. */
export interface Lab {
  readonly name: string;
  readonly definition: ClusterDefinition;
  readonly provider: string;
  readonly nodes: ClusterNode[];
  readonly gateway: Host;
  /** The gateway is none of the lab's machines: it can only be made mute from the nodes' side. */
  readonly foreignGateway?: true;
  /** A node that loses its power boots at once: there is no switch here that keeps it off. */
  readonly bootsAtOnce?: true;
  readonly client: Host;
  readonly fabric: Fabric;
  readonly journal: Journal;
  readonly facts: LabFacts;
  /**
   * Waits until nobody else changes the lab; `onWait` learns what the other one is doing. Throws `lab-busy` when that takes too long.
   */
  lock(purpose: string, onWait?: (other: string) => void): Promise<LabLock>;
  /** The same lab, but what would change it is only noted. */
  rehearse(note: (command: Rehearsed) => void): Lab;
  /** Aborts with a HachaosError when a part of the lab is gone that no fault took away. */
  readonly lost: AbortSignal;
  /** Copies daemon logs and configuration of every node into `<folder>/<node>/`; best effort, never throws. */
  collectLogs(folder: string): Promise<void>;
  /**
   * Puts every node back to what it was when the lab was ready, memory and disk, whatever was done to it since; absent: such a lab can only be
   * healed, or built anew. `onBack` is told when they are about to go on from there.
   */
  reset?(onBack: () => void): Promise<void>;
  /** Removes everything of this lab; safe to call twice. */
  destroy(): Promise<void>;
}

export interface LabFacts {
  /** kernel, ovs, ... */
  bonding: string;
  engine: string;
  image: string;
  versions: Record<string, string>;
  /** Which mechanism does what, e.g. { link: "veth port down", gateway: "nft" }. */
  mechanisms: Record<string, string>;
  /**
   * How many times longer the same work takes a node: where its processor is emulated, than the client on the same host; where it runs on the host's own,
   * than cores like those that limits were measured on. 1: nothing is added to what is only work.
   */
  pace: number;
  /** MAC by node and NIC, as read from the nodes. */
  macs: Record<string, Record<string, string>>;
  /** The suite's folder when the lab was made, as an absolute path. */
  folder: string;
  /** What a full start should have shown but did not, for example "httpd is Stopped"; empty = normal. */
  missing: string[];
}

/** Finds a node of the lab by name. */
export function nodeOf(lab: Lab, name: string): ClusterNode {
  const node = lab.nodes.find((candidate) => candidate.name === name);
  if (!node) throw new Error(`no node ${name} in lab ${lab.name}`);
  return node;
}
