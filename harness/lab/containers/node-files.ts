import { fileURLToPath } from "node:url";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { serviceNetwork } from "../../cluster/topology.js";
import type { ContainerRequest } from "./start-container.js";

/** What lies on one node and, but for its name, on every other. */
export function nodeFiles(definition: ClusterDefinition, node: string): ContainerRequest["files"] {
  const native = definition.files.map((file) => ({ content: file.content, target: file.to }));
  return [
    ...native,
    { content: definition.corosync.content, target: "/etc/corosync/corosync.conf" },
    // The page tells which node serves it: that is how probes know.
    { content: `<!DOCTYPE html><title>${node}</title><p>served by ${node}</p>\n`, target: "/var/www/html/index.html" },
  ];
}

/** Each node knows all names; without its own, every start of apache waits some 10 s for DNS. */
export function nodeAddresses(definition: ClusterDefinition): ContainerRequest["extraHosts"] {
  const service = definition.bonds.find((bond) => bond.network === serviceNetwork(definition).name);
  return definition.nodes.flatMap((node) => {
    const ipAddress = service && node.addresses[service.name];
    return ipAddress === undefined ? [] : [{ host: node.name, ipAddress }];
  });
}

/** Our observers, as compiled. */
export const AGENTS = fileURLToPath(new URL("../../probe/agents/", import.meta.url));
