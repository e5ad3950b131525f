import type { EventOf, HistoryEvent, ProbeOutcome } from "../../../history/event.js";
import type { Tape } from "../tape.js";

export const VIP = "192.168.1.60";
export const LINK = "link-down-active";
export const KILL = "apache-kill";
export const MS = 1000;
export const S = 1_000_000;
export const [NODE1, NODE2] = ["vm-node1", "vm-node2"];

/** In the middle of the cable's fault; nothing moves there. */
export const middle = (tape: Tape) => tape.of(LINK).injectUs + 4 * S;

export const vip = (tape: Tape, node: string, present: boolean, atUs: number, address = VIP) => {
  tape.add({ type: "address", node, address, device: "bond1", present, initial: false, atUs });
};
export const answers = (tape: Tape, servedBy: string | null, fromUs: number, toUs: number) => {
  tape.edit("http", ({ outcome }) => (outcome === "ok" ? { servedBy } : {}), fromUs, toUs);
};
export const dark = (tape: Tape, fromUs: number, toUs: number, outcome: ProbeOutcome = "refused") => {
  const took = outcome === "timeout" ? S : MS;
  tape.edit("http", ({ atUs }) => ({ outcome, servedBy: null, status: null, endUs: atUs + took }), fromUs, toUs);
};
export const firstOk = (tape: Tape, node: string, fromUs: number) =>
  tape.events().find((event): event is EventOf<"http"> => event.type === "http" && event.servedBy === node && event.atUs >= fromUs)?.atUs ??
  NaN;
export const state = (tape: Tape, node: string, atUs: number): EventOf<"cluster"> => {
  const found = tape.events().findLast((event) => event.type === "cluster" && event.node === node && event.atUs <= atUs);
  return found as EventOf<"cluster">;
};
/** A crm_mon state of an observer, made from the one in force. */
export const crmMon = (tape: Tape, observer: string, atUs: number, places: Record<string, string[]>) => {
  const { lab: _lab, ...now } = state(tape, observer, atUs);
  const resources = now.resources.map((entry) => {
    const nodes = places[entry.id] ?? entry.nodes;
    return { ...entry, nodes, role: nodes.length === 0 ? "Stopped" : "Started" };
  });
  tape.add({ ...now, atUs, resources });
};
export const isOn = (event: HistoryEvent, node: string) => "node" in event && event.node === node;
export const twice = (tape: Tape, fits: (event: HistoryEvent) => boolean) => {
  tape.replace(tape.events().flatMap((event) => (fits(event) ? [event, structuredClone(event)] : [event])));
};
export const observation = (event: HistoryEvent) => ["address", "link", "bond", "cluster", "corosync"].includes(event.type);

export function expectViolation(tape: Tape, test: string, violates: string[], because: string | null): void {
  tape.edit("suite-started", ({ definition }) => ({
    definition: { ...definition, expected: [{ test, violates, because, why: "known" }] },
  }));
}
