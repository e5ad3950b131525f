import type Docker from "dockerode";
import type { ClusterDefinition, NodeDefinition } from "../../cluster/definition.js";
import { waitUntil } from "../../kernel/wait-until.js";
import type { ClusterNode, Host } from "../lab.js";
import type { Bonding } from "./bonding/bonding.js";
import { containerHost } from "./container-host.js";
import type { ContainerFabric } from "./fabric.js";
import type { LossWatch } from "./watch-for-loss.js";

export interface NodeParts {
  docker: Docker;
  id: string;
  definition: ClusterDefinition;
  node: NodeDefinition;
  fabric: ContainerFabric;
  bonding: Bonding;
  loss: LossWatch;
}

/** A node of the cluster with a power switch. */
export function containerNode(parts: NodeParts): ClusterNode {
  const { docker, id, node, fabric, loss } = parts;
  const container = docker.getContainer(id);
  const host = containerHost(docker, id, node.name);
  return {
    ...host,
    isOn: async () => (await container.inspect()).State.Running,
    async powerOff() {
      // NICs first: a machine without power says no farewell, and a killed container's last packets must not get out.
      await fabric.unwireNode(node.name);
      loss.expectDown(id);
      await container.kill({ signal: "SIGKILL" });
    },
    async powerOn() {
      await container.start();
      const { State } = await container.inspect();
      await fabric.wireNode(node.name, State.Pid);
      await bootNode(host, parts);
      await startDaemons(host);
    },
  };
}

/** systemd answers half a second after its container started; a busy machine gets more. */
const BOOT_WITHIN_MS = 30_000;

/** Waits for systemd and brings up the network. */
export async function bootNode(host: Host, parts: NodeParts): Promise<void> {
  await waitUntil(
    `${host.name} has booted`,
    async () => {
      const { stdout, stderr } = await host.exec(["systemctl", "is-system-running"], { allow: "any" });
      const state = stdout.trim() || stderr.trim();
      return ["running", "degraded"].includes(state) ? { done: true, value: undefined } : { done: false, seen: state };
    },
    { timeoutMs: BOOT_WITHIN_MS, everyMs: 50, code: "lab-not-ready" },
  );
  await parts.bonding.bringUp(host, parts.definition, parts.node);
}

export async function startDaemons(host: Host): Promise<void> {
  await host.exec(["systemctl", "start", "corosync", "pacemaker"], { timeoutMs: 60_000 });
}
