import { isIPv4 } from "node:net";
import { suggestName } from "../kernel/nearest-name.js";
import type { Complain } from "./check-wiring.js";
import { locationNodeKey } from "./crm-constraints.js";
import type { DefinitionFile } from "./definition-schema.js";
import type { CorosyncNode } from "./parse-corosync.js";
import type { ParsedCrm } from "./parse-crm.js";
import type { Position, Problem } from "./problem.js";
import { addressResources } from "./resources.js";
import { serviceUrl } from "./service-url.js";
import { holdsHost, subnetOf } from "./subnet.js";

/** corosync's nodelist holds the definition's nodes with their addresses, and each link stays on one bond. */
export function checkCorosync(file: DefinitionFile, nodes: CorosyncNode[], complain: Complain, report: (problem: Problem) => void): void {
  const bondOfLink = new Map<number, string>();
  for (const node of nodes) {
    const addresses = Object.hasOwn(file.nodes, node.name) ? file.nodes[node.name] : undefined;
    if (addresses === undefined) {
      const { name, line, column } = node;
      if (name !== "")
        report({ line, column, message: `${name} is no node of cluster.yaml; ${suggestName(name, Object.keys(file.nodes))}` });
      continue;
    }
    for (const { link, address, line, column } of node.rings) {
      const bond = Object.keys(addresses).find((candidate) => addresses[candidate] === address);
      const expected = bondOfLink.get(link);
      if (bond !== undefined && !Object.hasOwn(file.bonds, bond)) continue;
      if (bond === undefined) {
        const known = Object.entries(addresses).map(([name, own]) => `${own} (${name})`);
        report({ line, column, message: `${address} is no address of ${node.name} in cluster.yaml; use ${known.join(" or ")}` });
      } else if (expected !== undefined && expected !== bond) {
        const own = addresses[expected] ?? "<address>";
        report({ line, column, message: `link ${link} is on ${expected} elsewhere and on ${bond} here; use ${own}` });
      } else bondOfLink.set(link, bond);
    }
  }
  for (const name of Object.keys(file.nodes)) {
    if (nodes.some((node) => node.name === name)) continue;
    const fix = `add node { name: ${name} ... } there, or take the nodelist out and it is made from cluster.yaml`;
    complain(["nodes", name], `${name} is not in the nodelist of ${file.corosync}; ${fix}`, "key");
  }
}

/** The crm configuration holds the service's address on the service's bond, and names only nodes that are there. */
export function checkCrm(file: DefinitionFile, parsed: ParsedCrm, complain: Complain, report: (problem: Problem) => void): void {
  const { crm, positions } = parsed;
  const nodes = Object.keys(file.nodes);
  for (const { id, node } of crm.locations) {
    if (node === null || nodes.includes(node)) continue;
    const place = positions.get(locationNodeKey(id)) ?? { line: 1, column: 1 };
    report({ ...place, message: `location ${id} names ${node}, which is no node of cluster.yaml; ${suggestName(node, nodes)}` });
  }
  const vips = vipsOf(parsed);
  for (const { id, ip, nic, place } of vips) {
    if (nic !== undefined && !Object.hasOwn(file.bonds, nic)) {
      report({ ...place, message: `${id} has nic=${nic}, which is no bond of cluster.yaml; ${suggestName(nic, Object.keys(file.bonds))}` });
    }
    const owner = nodes.find((node) => Object.values(file.nodes[node] ?? {}).includes(ip));
    if (owner !== undefined) report({ ...place, message: `${id} has ip=${ip}, which is an address of ${owner}; give one of them another` });
    const switched = Object.values(file.networks).filter((network) => network.wiring === "switches");
    if (isIPv4(ip) && !switched.some((network) => holdsHost(subnetOf(network.subnet), ip))) {
      const subnets = switched.map((network) => network.subnet).join(" or ");
      report({ ...place, message: `${id} has ip=${ip}, which is on no network with switches; use an address of ${subnets}` });
    }
  }
  const { address } = serviceUrl(file.service.url);
  const held = vips.map((vip) => vip.ip);
  if (address === "" || held.includes(address)) return;
  const fix =
    held.length === 0
      ? `add a primitive of ocf:heartbeat:IPaddr2 with ip=${address} there`
      : `there it is ${held.join(", ")}: make both the same`;
  complain(["service", "url"], `no IPaddr2 in ${file.pacemaker} holds the service's address ${address}; ${fix}`);
}

/** The addresses that the crm configuration moves between nodes. */
export function vipsOf({ crm, positions }: ParsedCrm): { id: string; ip: string; nic: string | undefined; place: Position }[] {
  return addressResources(crm).map(({ id, params }) => ({
    id,
    ip: params["ip"] ?? "",
    nic: params["nic"],
    place: positions.get(id) ?? { line: 1, column: 1 },
  }));
}
