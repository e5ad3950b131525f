import { z } from "zod";
import { serviceResource } from "../cluster/resources.js";
import { HachaosError } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { ClusterNode } from "../lab/lab.js";
import { proveForgotten, refreshResource } from "./fail-count.js";
import { defineFault, NOTHING_TO_UNDO } from "./fault.js";

/** A SIGKILLed process is gone within a scheduler tick or two, unless it sleeps uninterruptibly. */
const GONE_WITHIN_MS = 500;

/** The web server dies behind the cluster's back. */
export const apacheKill = defineFault({
  kind: "apache-kill",
  title: "Web server killed",
  summary: "The service's processes are killed behind the cluster's back.",
  params: z.strictObject({
    scope: z.enum(["all", "parent"]).default("all").describe("all its processes, or the parent only"),
    signal: z.enum(["KILL", "TERM", "SEGV"]).default("KILL").describe("signal that is sent"),
  }),
  targets: "nodes",
  expects: "standby",
  draw: (lab, nodes) => ({
    label: `${lab.definition.service.process} killed`,
    colour: "#dc2626",
    nodes: [],
    nics: [],
    processes: nodes.map((node) => `${node}.${lab.definition.service.process}`),
    gatewayFrom: [],
  }),
  async inject({ lab, nodes, params }) {
    const { process } = lab.definition.service;
    if (!serviceResource(lab.definition)) throw new HachaosError("fault-not-proven", `no resource of pacemaker.crm runs ${process}`);
    const victims = new Map<ClusterNode, string[]>();
    for (const node of nodes) {
      const pids = await pidsOf(node, process);
      const [parent] = pids;
      if (parent === undefined)
        throw new HachaosError("fault-not-proven", `${node.name} runs no process ${process}: there is nothing to kill`);
      const chosen = params.scope === "all" ? pids : [parent];
      victims.set(node, await killed(node, params.signal, chosen));
    }
    return () => Promise.all([...victims].map(([node, pids]) => proveGone(node, process, pids)));
  },
  undo({ lab, nodes }) {
    const resource = serviceResource(lab.definition)?.id;
    if (resource === undefined) return NOTHING_TO_UNDO;
    return {
      undo: () => refreshResource(lab, resource),
      prove: () => Promise.all(nodes.map((node) => proveForgotten(lab, node, resource))),
    };
  },
});

/**
 * Those of the processes that the signal reached. The list is a moment old: a short one of the same name that the agent runs
 * (`nginx -t`, `apache2 -t`) may have ended meanwhile, which is no failure as long as the service itself was hit.
 */
async function killed(node: ClusterNode, signal: string, pids: string[]): Promise<string[]> {
  const said = await node.exec(["kill", `-${signal}`, ...pids], { allow: "any" });
  const missed = [...said.stderr.matchAll(/\((\d+)\): No such process/g)].map((match) => match[1]);
  const reached = pids.filter((pid) => !missed.includes(pid));
  if (reached.length === 0 || (said.exitCode !== 0 && missed.length === 0)) {
    throw new HachaosError("fault-not-proven", `${node.name}: kill -${signal} ${pids.join(" ")}: ${said.stderr.trim()}`);
  }
  return reached;
}

async function proveGone(node: ClusterNode, process: string, victims: string[]): Promise<string> {
  await waitUntil(
    `${process} is gone from ${node.name}`,
    async () => {
      const left = (await pidsOf(node, process)).filter((pid) => victims.includes(pid));
      return left.length === 0 ? { done: true, value: undefined } : { done: false, seen: `process ${left.join(", ")} still there` };
    },
    { timeoutMs: GONE_WITHIN_MS, everyMs: 20, code: "fault-not-proven" },
  );
  return `${node.name}: ${process} ${victims.join(", ")} gone (pgrep)`;
}

/** Process ids by exact name, the oldest first: that is the parent (pgrep(1), --oldest). */
async function pidsOf(node: ClusterNode, process: string): Promise<string[]> {
  const oldest = await node.exec(["pgrep", "--oldest", "--exact", process], { allow: [0, 1] });
  const all = await node.exec(["pgrep", "--exact", process], { allow: [0, 1] });
  const pids = all.stdout.split("\n").filter(Boolean);
  const parent = oldest.stdout.trim();
  return [...pids.filter((pid) => pid === parent), ...pids.filter((pid) => pid !== parent)];
}
