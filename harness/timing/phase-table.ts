import { FAILBACK_PHASES, FAULT_PHASES, type PhaseName } from "../cluster/phase-names.js";

/** What ends each phase and where that is read, best source first: what `steps.ts` looks for, in words for people. */
const ENDS: Record<PhaseName, { at: string; sources: string[] }> = {
  fault: {
    at: "the fault is in effect",
    sources: ["the first request that failed", "the fault's own proof", "the first later mark, if that comes before"],
  },
  heal: { at: "the fault is gone", sources: ["the healing's own proof", "the first later mark, if that comes before"] },
  detection: {
    at: "the cluster has noticed: a monitor failed, the ping attribute is written, the token is lost, a bond uses its other leg",
    sources: [
      "operation results in the CIB status",
      "crm_mon's node attributes",
      "corosync's runtime keys",
      "bond state",
      "log for the exact time",
    ],
  },
  membership: {
    at: "a membership without the lost node (after healing: with it) is formed",
    sources: ["corosync's runtime keys", "log for the exact time"],
  },
  fencing: {
    at: "the cluster knows that the lost node is off; only where fencing is on",
    sources: ["log of pacemaker-fenced"],
  },
  decision: {
    at: "the first stop or start of what moves begins",
    sources: ["operations in the CIB status", "log for the exact time", "the first change in crm_mon or of the address"],
  },
  stop: {
    at: "the last of what moves is stopped where it was",
    sources: ["operation results in the CIB status", "log for the exact time", "the address taken off, crm_mon without the resource"],
  },
  "vip up": { at: "the kernel of the next node has the address", sources: ["address events (rtnetlink)"] },
  arp: {
    at: "the client's neighbour table has the address at a NIC of the next node",
    sources: ["neighbour events (rtnetlink) in the client"],
  },
  "service start": {
    at: "the service's start has succeeded there",
    sources: ["operation results in the CIB status", "log for the exact time", "crm_mon"],
  },
  "first answer": { at: "the next node has given its first good answer", sources: ["the probes"] },
  settle: { at: "the service has answered for 3 s without a miss (after healing: everything is normal)", sources: ["the run"] },
};

/** The table of all phases as Markdown: docs/timing.md holds it, and a test compares. */
export function phaseTable(): string {
  const names = [...FAULT_PHASES.slice(0, 1), ...FAILBACK_PHASES.slice(0, 1), ...FAULT_PHASES.slice(1)];
  const rows = names.map((name) => [name, when(name), ENDS[name].at, ENDS[name].sources.join("; ")]);
  const head = ["phase", "after", "ends when", "read from"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function when(name: PhaseName): string {
  const [fault, failback] = [FAULT_PHASES, FAILBACK_PHASES].map((names) => (names as readonly PhaseName[]).includes(name));
  return fault && failback ? "both" : fault ? "fault" : "healing";
}
