import type { ClusterDefinition, NodeDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import type { ClusterNode, Host, LabFacts } from "../lab.js";
import { lookEveryMs, slowDown } from "../../cluster/slow-down.js";
import type { Bonding } from "./bonding/bonding.js";
import type { ContainerFabric } from "./fabric.js";
import type { Machine } from "./machine.js";
import { hasPower, switchOff, switchOn, type Power } from "./power.js";

export interface NodeParts {
  machine: Machine;
  definition: ClusterDefinition;
  node: NodeDefinition;
  fabric: ContainerFabric;
  fabricHost: Host;
  bonding: Bonding;
  /** What of them is known so far. */
  facts(): LabFacts;
}

/** A node of the cluster with a power switch. */
export function containerNode(parts: NodeParts): ClusterNode {
  const { machine, node } = parts;
  const { host } = machine;
  const power: Power = { ...parts, node: node.name };
  return {
    ...host,
    async interact(argv, streams) {
      // Its container runs and waits; what is in it then is no node.
      if (!(await hasPower(machine))) throw new HachaosError("node-off", `${node.name} has no power`);
      return host.interact(argv, streams);
    },
    ...(machine.openEyes && { openEyes: machine.openEyes }),
    ...(machine.virtual && { virtual: machine.virtual }),
    isOn: () => hasPower(machine),
    powerOff: () => switchOff(power),
    async powerOn() {
      await switchOn(power);
      await bootNode(machine, parts.bonding);
      await bringUpNetwork(parts);
      await startDaemons(host, parts.facts());
    },
  };
}

/** systemd answers half a second after its container started; a busy machine gets more. */
const BOOT_WITHIN_MS = 30_000;

/** Once systemd listens, it waits itself, because each look by exec takes CPU from the boot; what it waits for in vain is told every 5 s. */
const BOOT_STATE = `
timeout 5 systemctl is-system-running --wait >/dev/null 2>&1
systemctl is-system-running`;

/** Waits for systemd, and starts what the network will need. */
export async function bootNode({ host, reachable }: Machine, bonding: Bonding): Promise<void> {
  await reachable?.();
  await waitUntil(
    `${host.name} has booted`,
    async () => {
      const { stdout, stderr } = await host.exec(["sh", "-c", BOOT_STATE], { allow: "any" });
      const state = stdout.trim() || stderr.trim();
      return ["running", "degraded"].includes(state) ? { done: true, value: undefined } : { done: false, seen: state };
    },
    { timeoutMs: BOOT_WITHIN_MS, everyMs: 50, code: "lab-not-ready" },
  );
  await bonding.prepare(host);
}

/** Addresses on the bonds, and on the NIC out of band where there is one. */
export async function bringUpNetwork({ machine: { host }, definition, node, bonding }: NodeParts): Promise<void> {
  await bonding.bringUp(host, definition, node);
  const { management } = definition;
  const address = management?.nodes[node.name]?.address;
  if (management === undefined || address === undefined) return;
  const { nic, prefix } = management;
  await host.exec(["ip", "-batch", "-"], { stdin: `address add ${address}/${prefix} dev ${nic}\nlink set ${nic} up\n` });
}

/** Measured: 1 to 2 s on a quiet machine, 10 s at a load of 15 on two cores. */
const DAEMONS_WITHIN_MS = 60_000;
/**
 * Waits in the node, because a look by exec costs four times what it costs there and takes that from the daemons, until pacemaker-attrd
 * answers or pacemaker has stopped. 102 is CRM_EX_DISCONNECT: nobody listens (include/crm/common/results.h).
 */
const ATTRD_ANSWERS = `
while systemctl is-active --quiet pacemaker; do
  attrd_updater --query --all --name '#attrd-protocol' >/dev/null 2>&1
  [ $? -eq 102 ] || exit 0
  sleep "$1"
done
exit 1`;

/**
 * Starts corosync and pacemaker and waits until the node can be joined. On a busy machine pacemaker-controld may be asked to
 * join before pacemaker-attrd listens; it takes that for fatal ("Could not update attribute #feature-set ... Connection
 * refused"), and pacemaker stops for good, corosync with it: seen in 2 of some 250 starts of a pair with 2.1.5, the host being busy. Then both are started again, as
 * an administrator would; the node's journal keeps the whole story.
 */
export async function startDaemons(host: Host, facts: LabFacts): Promise<void> {
  const timeoutMs = DAEMONS_WITHIN_MS * slowDown(facts);
  const pauseS = String(lookEveryMs(100, facts) / 1000);
  await waitUntil(
    `pacemaker runs on ${host.name}`,
    async () => {
      // Does nothing while they run.
      await host.exec(["systemctl", "start", "corosync", "pacemaker"], { timeoutMs });
      const attributes = await host.exec(["sh", "-c", ATTRD_ANSWERS, "sh", pauseS], { allow: "any", timeoutMs });
      if (attributes.exitCode === 1) return { done: false, seen: "pacemaker has stopped" };
      if (attributes.exitCode !== 0) return { done: false, seen: "pacemaker-attrd does not listen" };
      const controller = await host.exec(["pgrep", "--full", "/pacemaker-controld$"], { allow: [0, 1] });
      return controller.exitCode === 0 ? { done: true, value: undefined } : { done: false, seen: "pacemaker-controld does not run" };
    },
    { timeoutMs, everyMs: 100, code: "lab-not-ready" },
  );
}
