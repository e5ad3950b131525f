import type { ClusterDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import { CRM_MON, parseCrmMon, type ClusterView } from "../crm-mon.js";
import type { Host } from "../lab.js";

/**
 * The cluster as it is on the machines. It must be whole: `lab-not-ready` tells what is not. Returns where it differs from what the suite says
 * of it, which is no fault of the cluster's but makes the limits that are computed from the suite's files wrong.
 */
export async function readCluster(definition: ClusterDefinition, nodes: readonly Host[]): Promise<string[]> {
  const [first] = nodes;
  if (!first) throw new Error("a lab without nodes");
  const views = await Promise.all(nodes.map(look));
  const broken = [...new Set(views.flatMap((view, index) => notWhole(definition, view, nodes[index]?.name ?? "")))];
  if (broken.length > 0) {
    throw new HachaosError("lab-not-ready", `the cluster is not whole, so nothing is broken in it:\n  ${broken.join("\n  ")}`, {
      hint: "bring it into its normal state first: crm_mon -1; hachaos heal --all takes faults back",
    });
  }
  const [view] = views;
  const [resources, totem, links] = await Promise.all([
    view === undefined ? [] : otherResources(definition, view, first),
    otherTotem(definition, first),
    Promise.all(nodes.map((node) => linksDown(node))),
  ]);
  return [...resources, ...totem, ...links.flat()];
}

async function look(node: Host): Promise<ClusterView> {
  const said = await node.exec(CRM_MON, { allow: "any", timeoutMs: 10_000 });
  if (said.exitCode === 0) return parseCrmMon(said.stdout).view;
  throw new HachaosError("lab-not-ready", `${node.name}: pacemaker does not answer: ${(said.stderr || said.stdout).trim()}`, {
    hint: `start the cluster there: systemctl start corosync pacemaker`,
  });
}

function notWhole({ nodes }: ClusterDefinition, view: ClusterView, node: string): string[] {
  const members = nodes.flatMap(({ name }) => {
    const known = view.nodes.find((member) => member.name === name);
    if (known === undefined)
      return [`${node} knows no node ${name}: its cluster has ${view.nodes.map((member) => member.name).join(", ")}`];
    return known.online && !known.unclean && !known.standby
      ? []
      : [`${name} is ${known.standby ? "in standby" : known.unclean ? "unclean" : "offline"}`];
  });
  const resources = view.resources.flatMap(({ id, failed, blocked, managed, role }) => [
    ...(failed || blocked ? [`${id} is ${role}, ${failed ? "failed" : "blocked"}`] : []),
    ...(managed ? [] : [`${id} is not managed`]),
  ]);
  return [...members, ...(view.quorate ? [] : [`${node} has no quorum`]), ...resources];
}

/** By crm_mon what runs, by the CIB whether it is fenced. */
async function otherResources({ pacemaker: { crm } }: ClusterDefinition, view: ClusterView, node: Host): Promise<string[]> {
  const there = view.resources.map(({ id }) => id);
  const missing = crm.resources.filter(({ id }) => !there.includes(id)).map(({ id }) => `the cluster has no resource ${id}, the suite has`);
  const { stdout } = await node.exec(["cibadmin", "--query", "--xpath", "//crm_config//nvpair[@name='stonith-enabled']"], { allow: "any" });
  const fenced = /value="([^"]*)"/.exec(stdout)?.[1] ?? "true";
  const meant = crm.properties["stonith-enabled"] ?? "true";
  return fenced === meant ? missing : [...missing, `stonith-enabled is ${fenced} in the cluster, ${meant} in the suite`];
}

/** What corosync runs with (cmap_keys(7)), whatever its file says by now. */
async function otherTotem({ corosync: { totem } }: ClusterDefinition, node: Host): Promise<string[]> {
  const wanted = { token: totem.tokenMs, consensus: totem.consensusMs };
  const { stdout } = await node.exec(["corosync-cmapctl", "runtime.config.totem."], { allow: "any" });
  return Object.entries(wanted).flatMap(([key, ms]) => {
    const has = new RegExp(`^runtime\\.config\\.totem\\.${key} \\(u32\\) = (\\d+)`, "m").exec(stdout)?.[1];
    return has === undefined || Number(has) === ms ? [] : [`corosync's ${key} is ${has} ms on ${node.name}, ${ms} ms in the suite`];
  });
}

/** corosync-cfgtool(8), -s: a line for each link and node, `nodeid: 2: connected`. */
async function linksDown(node: Host): Promise<string[]> {
  const { stdout } = await node.exec(["corosync-cfgtool", "-s"], { allow: "any" });
  let link = "";
  return stdout.split("\n").flatMap((line) => {
    link = /^LINK ID (\d+)/.exec(line)?.[1] ?? link;
    const down = /nodeid:\s*(\d+):\s*disconnected/.exec(line)?.[1];
    return down === undefined ? [] : [`corosync link ${link} of ${node.name} to node ${down} is down`];
  });
}
