import type Docker from "dockerode";
import type { ClusterDefinition, NodeDefinition } from "../../cluster/definition.js";
import type { ClusterNode } from "../lab.js";
import type { Bonding } from "./bonding/bonding.js";
import { containerHost } from "./container-host.js";
import type { ContainerFabric } from "./fabric.js";

export interface NodeParts {
  docker: Docker;
  id: string;
  definition: ClusterDefinition;
  node: NodeDefinition;
  fabric: ContainerFabric;
  bonding: Bonding;
}

/** A node of the cluster with a power switch. */
export function containerNode(parts: NodeParts): ClusterNode {
  const { docker, id, node, fabric } = parts;
  const container = docker.getContainer(id);
  const host = containerHost(docker, id, node.name);
  return {
    ...host,
    isOn: async () => (await container.inspect()).State.Running,
    async powerOff() {
      // NICs first: a machine without power says no farewell, and a killed container's last packets must not get out.
      await fabric.unwireNode(node.name);
      await container.kill({ signal: "SIGKILL" });
    },
    async powerOn() {
      await container.start();
      const { State } = await container.inspect();
      await fabric.wireNode(node.name, State.Pid);
      await startNode(host, parts);
    },
  };
}

/** Network, then the cluster's daemons, in the order a boot has them. */
export async function startNode(host: Pick<ClusterNode, "exec" | "name" | "startAgent">, parts: NodeParts): Promise<void> {
  await parts.bonding.bringUp(host, parts.definition, parts.node);
  await host.exec(["systemctl", "start", "corosync", "pacemaker"], { timeoutMs: 60_000 });
}
