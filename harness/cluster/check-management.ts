import { suggestName } from "../kernel/nearest-name.js";
import type { Complain } from "./check-wiring.js";
import type { DefinitionFile } from "./definition-schema.js";
import { fencingDevices } from "./fencing-devices.js";
import type { ParsedCrm } from "./parse-crm.js";
import type { Problem } from "./problem.js";
import { holdsHost, overlap, subnetOf, type Subnet } from "./subnet.js";

/** The network out of band is one of its own, and every node has a place and a BMC on it. */
export function checkManagement(file: DefinitionFile, complain: Complain): void {
  const { management } = file;
  if (management === undefined) return;
  const subnet = subnetOf(management.subnet);
  if (subnet.cidr !== management.subnet)
    complain(["management", "subnet"], `${management.subnet} names a host in the subnet; write ${subnet.cidr}`);
  for (const [name, network] of Object.entries(file.networks)) {
    if (!overlap(subnet, subnetOf(network.subnet))) continue;
    complain(["management", "subnet"], `${subnet.cidr} overlaps ${network.subnet} of network ${name}; give it addresses of its own`);
  }
  const bonds = Object.entries(file.bonds);
  const holder = bonds.find(([name, bond]) => name === management.nic || bond.nics.includes(management.nic));
  if (holder !== undefined)
    complain(["management", "nic"], `${management.nic} belongs to ${holder[0]}; out of band is a NIC that no bond carries`);
  for (const node of Object.keys(management.nodes)) {
    if (Object.hasOwn(file.nodes, node)) continue;
    complain(["management", "nodes", node], `${node} is no node; ${suggestName(node, Object.keys(file.nodes))}`, "key");
  }
  for (const node of Object.keys(file.nodes)) {
    if (Object.hasOwn(management.nodes, node)) continue;
    complain(["management", "nodes"], `${node} is missing; add ${node}: { address: <address>, bmc: <address> }`, "key");
  }
  checkAddresses(management.nodes, subnet, complain);
}

function checkAddresses(nodes: NonNullable<DefinitionFile["management"]>["nodes"], subnet: Subnet, complain: Complain): void {
  const used = new Map<string, string>();
  for (const [node, places] of Object.entries(nodes)) {
    for (const key of ["address", "bmc"] as const) {
      const path = ["management", "nodes", node, key];
      const address = places[key];
      const other = used.get(address);
      if (!holdsHost(subnet, address))
        complain(path, `${address} is no host address of ${subnet.cidr}; use one from ${subnet.first} to ${subnet.last}`);
      if (other !== undefined) complain(path, `${address} is already the ${other}; give each a different one`);
      used.set(address, `${key} of ${node}`);
    }
  }
}

/** A fencing device asks a BMC that is there, for the node that this BMC switches, with words that it knows. */
export function checkFencing(file: DefinitionFile, { crm, positions }: ParsedCrm, report: (problem: Problem) => void): void {
  const { management } = file;
  for (const { id, bmc, nodes, user, password } of fencingDevices(crm)) {
    const complain = (message: string) => {
      report({ ...(positions.get(id) ?? { line: 1, column: 1 }), message: `${id} ${message}` });
    };
    if (management === undefined) {
      complain(`asks the BMC at ${bmc}, and cluster.yaml has no management network; add management: with bmc: ${bmc}`);
      continue;
    }
    const [owner] = Object.entries(management.nodes).find(([, places]) => places.bmc === bmc) ?? [];
    const known = Object.entries(management.nodes).map(([node, places]) => `${places.bmc} (${node})`);
    if (owner === undefined) {
      complain(`asks the BMC at ${bmc}, which cluster.yaml does not have under management; use ${known.join(" or ")}`);
      continue;
    }
    const strangers = nodes.filter((node) => node !== owner);
    if (strangers.length > 0) complain(`fences ${strangers.join(" and ")} (pcmk_host_list), but ${bmc} is the BMC of ${owner}`);
    if (user !== management.user) complain(`has username=${user}, which the BMCs do not know; use ${management.user}`);
    if (password !== management.password) complain("has a password that is not the one under management; make both the same");
  }
}
