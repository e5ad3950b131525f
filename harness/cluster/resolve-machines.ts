import type { MachineAccess, MachinesDefinition } from "./definition.js";
import type { MachineAccessFile, MachinesFile } from "./machine-access-schema.js";

/** The inventory of cluster.yaml as everything else works with it. */
export function resolveMachines(file: MachinesFile): MachinesDefinition {
  return {
    nodes: resolveAll(file.nodes),
    client: file.client === undefined ? null : resolveAccess(file.client),
    bastions: resolveAll(file.bastions),
    knownHosts: file["known-hosts"],
    marker: file.marker,
    allowMany: file["allow-many"],
  };
}

function resolveAll(machines: Record<string, MachineAccessFile>): Record<string, MachineAccess> {
  return Object.fromEntries(Object.entries(machines).map(([name, access]) => [name, resolveAccess(access)]));
}

function resolveAccess({ host, user, port, key, bastion, proxy }: MachineAccessFile): MachineAccess {
  return { host, user, port, key: key ?? null, bastion: bastion ?? null, proxy: proxy ?? null };
}
