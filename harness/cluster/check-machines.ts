import { suggestName } from "../kernel/nearest-name.js";
import type { Complain } from "./check-wiring.js";
import type { DefinitionFile } from "./definition-schema.js";
import type { MachineAccessFile } from "./machine-access-schema.js";
import type { YamlPath } from "./yaml-source.js";

/** The inventory names every node once, each on a machine of its own, and bastions that are there. */
export function checkMachines(file: DefinitionFile, complain: Complain): void {
  const { machines } = file;
  if (machines === undefined) return;
  checkNames(file, Object.keys(machines.nodes), complain);
  checkTwice(machines.nodes, complain);
  for (const [path, access] of everyAccess(machines)) checkWay(path, access, Object.keys(machines.bastions), complain);
}

function checkNames(file: DefinitionFile, named: readonly string[], complain: Complain): void {
  const nodes = Object.keys(file.nodes);
  for (const name of named) {
    if (!nodes.includes(name)) complain(["machines", "nodes", name], `${name} is no node; ${suggestName(name, nodes)}`, "key");
  }
  for (const missing of nodes.filter((name) => !named.includes(name))) {
    complain(["machines", "nodes"], `how ${missing} is reached is not told; add it`, "key");
  }
}

/** One machine under two names would be broken twice, and watched as two. */
function checkTwice(nodes: Record<string, MachineAccessFile>, complain: Complain): void {
  const seen = new Map<string, string>();
  for (const [name, { host, port, bastion, proxy }] of Object.entries(nodes)) {
    const way = JSON.stringify([host, port, bastion, proxy]);
    const other = seen.get(way);
    if (other !== undefined)
      complain(["machines", "nodes", name, "host"], `${host}:${port} is ${other} already; each node is a machine of its own`);
    seen.set(way, name);
  }
}

function everyAccess(machines: NonNullable<DefinitionFile["machines"]>): [YamlPath, MachineAccessFile][] {
  const { nodes, bastions, client } = machines;
  return [
    ...Object.entries(nodes).map(([name, access]): [YamlPath, MachineAccessFile] => [["machines", "nodes", name], access]),
    ...Object.entries(bastions).map(([name, access]): [YamlPath, MachineAccessFile] => [["machines", "bastions", name], access]),
    ...(client === undefined ? [] : [[["machines", "client"], client] as [YamlPath, MachineAccessFile]]),
  ];
}

function checkWay(path: YamlPath, { bastion, proxy }: MachineAccessFile, bastions: readonly string[], complain: Complain): void {
  if (bastion === undefined) return;
  const at = [...path, "bastion"];
  if (!bastions.includes(bastion)) complain(at, `${bastion} is no bastion; ${suggestName(bastion, bastions)}`);
  else if (proxy !== undefined) complain(at, "a connection goes through a bastion or a proxy, not both; take one out");
  // One step only: what is reached through two hosts, a proxy command (ssh -J) reaches as well.
  else if (path[1] === "bastions") complain(at, "a bastion is reached directly; use `proxy: [ssh, -W, ...]` for more steps");
}
