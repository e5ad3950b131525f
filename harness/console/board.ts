import type { HistoryEvent } from "../history/event.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import type { FaultInForce, JournalEntry, Lab } from "../lab/lab.js";
import { shellQuoted } from "../kernel/shell-quoted.js";
import { frameAt, type TopologyFrame } from "../report/topology-frames.js";
import { gapText, plural, seconds } from "../report/words.js";
import { FaultTrack, type TrackedFault } from "./fault-track.js";
import { GapCounter, type ServiceNow } from "./gap-counter.js";
import { LiveWindow } from "./live-window.js";
import { Transcript } from "./transcript.js";

/** Names those who act besides pages. */
const OTHERS = "another command";
const CLUSTER = "cluster";
const CONSOLE = "console";

/** The lab at one moment, as every page shows it. */
export interface Moment {
  nowUs: number;
  service: ServiceNow;
  faults: TrackedFault[];
  frame: TopologyFrame;
  /** Why there is nothing to watch any more; null: there is. */
  lost: string | null;
}

/** What all pages of a console show: fed by the session's events, it also writes the transcript. */
export class Board {
  readonly window: LiveWindow;
  readonly track: FaultTrack;
  readonly transcript = new Transcript();
  readonly #lab: Lab;
  readonly #gaps = new GapCounter();
  readonly #owners = new Set<string>();
  /** Who injects or heals at this moment through a page, by the fault's kind or name: what the journal then shows is theirs. */
  readonly #doing = new Set<string>();
  #first = true;
  #dark = false;
  #told: ServiceNow["last"] = null;
  #lost: string | null = null;

  constructor(lab: Lab) {
    this.#lab = lab;
    this.window = new LiveWindow(lab.definition);
    this.track = new FaultTrack(lab);
  }

  note(event: HistoryEvent): void {
    this.window.note(event);
    if (event.type === "http") this.#gaps.note(event);
    else this.#tell(event);
  }

  lose(reason: unknown): void {
    this.#lost ??= explained(reason);
    this.transcript.add("error", CONSOLE, this.#lost);
  }

  /** What a page does to these faults, by kind or name, with its result in the transcript: `work` tells what was read back. */
  async act(who: string, what: string, subjects: readonly string[], work: (seen: (line: string) => void) => Promise<void>): Promise<void> {
    this.transcript.add("act", who, what);
    for (const subject of subjects) this.#doing.add(subject);
    try {
      await work((line) => this.transcript.add("seen", who, line));
    } catch (error) {
      this.transcript.add("error", who, `${what}: ${explained(error)}`);
    } finally {
      for (const subject of subjects) this.#doing.delete(subject);
    }
  }

  /** Looks at what is in force now, and at the service; called a few times a second. */
  look(faults: readonly JournalEntry[], nowUs: number): void {
    const { came, went } = this.track.look(faults, nowUs);
    for (const fault of came) {
      if (this.#first) this.transcript.add("news", CONSOLE, `found in force: ${faultText(fault)}`);
      else if (!this.#doing.has(fault.kind)) this.#foreign(fault, nowUs);
    }
    for (const fault of went) {
      if (!this.#doing.has(fault.id)) this.transcript.add("act", OTHERS, `took back ${faultText(fault)}`);
    }
    this.#first = false;
    this.#lookAtService(nowUs);
  }

  moment(nowUs: number): Moment {
    const faults = this.track.inForce();
    const scope = this.window.scope(nowUs);
    const drawings = faults.filter(({ proof }) => proof?.bit !== false).map(({ drawing }) => drawing);
    return { nowUs, faults, service: this.#gaps.now(nowUs), frame: frameAt(scope, "Now", nowUs, drawings), lost: this.#lost };
  }

  #foreign(fault: TrackedFault, nowUs: number): void {
    this.transcript.add("act", OTHERS, `injected ${faultText(fault)} ${seconds((nowUs - fault.fromUs) / 1000)} ago`);
  }

  /** A short gap may be over before anybody looked: then its length alone is told. */
  #lookAtService(nowUs: number): void {
    const { darkSinceUs, last, server } = this.#gaps.now(nowUs);
    const dark = darkSinceUs !== null;
    if (dark && !this.#dark) this.transcript.add("error", CLUSTER, "the service does not answer");
    if (!dark && this.#dark) this.transcript.add("news", CLUSTER, `the service answers again: ${server ?? "a node without a name"}`);
    this.#dark = dark;
    if (last === null || !last.isOver || last === this.#told) return;
    this.#told = last;
    this.transcript.add("news", CLUSTER, `gap ${gapText(last)}, ${plural(last.failed, "request")} failed`);
  }

  /** What of the history is worth a line. */
  #tell(event: HistoryEvent): void {
    switch (event.type) {
      case "command":
        if (event.exitCode === 0) this.transcript.add("command", event.node, shellQuoted(event.argv));
        else this.transcript.add("command", event.node, `${shellQuoted(event.argv)} (exit code ${event.exitCode})`);
        return;
      case "bond":
        if (!event.initial) this.transcript.add("news", CLUSTER, `${event.bond} of ${event.node}: ${legText(event.active)}`);
        return;
      case "address":
        if (event.address.split("/")[0] === this.#lab.definition.service.address) this.#owner(event.node, event.present, event.initial);
        return;
      case "power":
        if (!event.on) this.#owners.delete(event.node);
        this.transcript.add("news", CONSOLE, `${event.node} ${event.on ? "has power again and boots" : "has no power"}`);
        return;
      case "gate":
        if (event.passed) this.transcript.add("news", CONSOLE, `everything is back to normal after ${seconds(event.waitedMs)}`);
        else this.transcript.add("error", CONSOLE, `not back to normal after ${seconds(event.waitedMs)}: ${event.missing.join("; ")}`);
        return;
      case "lab-failed":
        this.transcript.add("error", CONSOLE, `${event.message}; ${event.hint}`);
        return;
      default:
        return;
    }
  }

  #owner(node: string, present: boolean, initial: boolean): void {
    const before = this.#owners.has(node);
    if (present) this.#owners.add(node);
    else this.#owners.delete(node);
    if (before === present || (initial && !present)) return;
    const owners = [...this.#owners];
    const { address } = this.#lab.definition.service;
    if (owners.length > 1) this.transcript.add("error", CLUSTER, `${address} is on ${owners.join(" and ")} at once`);
    else this.transcript.add("news", CLUSTER, `${address} is on ${owners[0] ?? "no node"}`);
  }
}

/** `link-down of vm-node1 (nic=eth0)`. */
export function faultText({ kind, nodes, params }: Pick<FaultInForce, "kind" | "nodes" | "params">): string {
  const where = nodes.length > 0 ? ` of ${nodes.join(", ")}` : "";
  const how = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return `${kind}${where}${how.length > 0 ? ` (${how.join(", ")})` : ""}`;
}

/** An error in one line: what happened and what to do next. */
export function explained(error: unknown): string {
  return error instanceof HachaosError ? `${error.message} (${error.code}; ${error.hint})` : messageOf(error);
}

function legText(active: string | null): string {
  return active === null ? "no active leg" : `${active} is the active leg`;
}
