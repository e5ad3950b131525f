import { waitUntil } from "../../kernel/wait-until.js";
import type { ContainerFabric } from "./fabric.js";
import type { Machine, Machines } from "./machine.js";

/** While this file is there, the node's entry point (images/node) waits instead of booting: the node has no power. */
export const POWER_OFF = "/var/lib/hachaos/power-off";
/** The entry point while it waits, as /proc/<pid>/comm has it; once it boots, systemd is in its place. */
const WAITS = "hachaos-init";
/** What makes the container is still at work: its file system is not yet the node's. */
const BEING_MADE = "runc";

/** The engine was measured to have a killed container back after 0.3 to 0.5 s; a busy machine gets much more. */
const BACK_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/**
 * A node's power switch. It takes nothing but the fabric, from where it kills the node's first process and the kernel with that
 * everything in its pid namespace (pid_namespaces(7)). The engine starts the container again, as its restart policy says; there the
 * entry point waits, without NICs, until the mark is gone.
 */
export interface Power {
  node: string;
  machine: Machine;
  fabric: ContainerFabric;
  fabricHost: Machines["fabric"]["host"];
}

export async function hasPower(machine: Machine): Promise<boolean> {
  return (await machine.pid()) !== null && !(await machine.hasFile(POWER_OFF));
}

/** Returns once nothing of the node is left. */
export async function switchOff({ node, machine, fabric, fabricHost }: Power): Promise<void> {
  const pid = await pidOf(machine, node);
  // NICs first: a machine without power says no farewell, and a killed container's last packets must not get out.
  const mark = ["install", "-D", "-m", "0644", "/dev/null", `/proc/${pid}/root${POWER_OFF}`];
  await Promise.all([fabricHost.exec(mark), fabric.unwireNode(node)]);
  await fabricHost.exec(["kill", "-KILL", String(pid)]);
  await waitUntil(
    `everything in ${node} is dead`,
    async () => ((await machine.pid()) === pid ? { done: false, seen: `process ${pid} is there` } : { done: true, value: undefined }),
    { timeoutMs: BACK_WITHIN_MS, everyMs: LOOK_EVERY_MS, code: "lab-lost" },
  );
}

/** Lets a node boot that waits for power, with its NICs. Any other is switched off first, so that each boot is a whole one. */
export async function switchOn(power: Power): Promise<void> {
  const { node, machine, fabric, fabricHost } = power;
  let found = await settled(power);
  if (!found.waits) {
    await switchOff(power);
    found = await settled(power);
  }
  await fabric.unwireNode(node);
  await fabric.wireNode(node, found.pid);
  await fabricHost.exec(["rm", `/proc/${found.pid}/root${POWER_OFF}`]);
  if (!(await hasPower(machine))) throw new Error(`${node} still has the mark ${POWER_OFF}`);
}

/** The node's first process, once it is the node's own, and whether it waits for power. */
async function settled({ node, machine, fabricHost }: Power): Promise<{ pid: number; waits: boolean }> {
  return waitUntil(
    `the container of ${node} is back`,
    async () => {
      const pid = await machine.pid();
      if (pid === null) return { done: false, seen: "it has no process" };
      const comm = (await fabricHost.exec(["cat", `/proc/${pid}/comm`], { allow: "any" })).stdout.trim();
      if (comm === "" || comm.startsWith(BEING_MADE)) return { done: false, seen: comm };
      return { done: true, value: { pid, waits: comm === WAITS && (await machine.hasFile(POWER_OFF)) } };
    },
    { timeoutMs: BACK_WITHIN_MS, everyMs: LOOK_EVERY_MS, code: "lab-lost" },
  );
}

async function pidOf(machine: Machine, node: string): Promise<number> {
  return waitUntil(
    `the container of ${node} runs`,
    async () => {
      const pid = await machine.pid();
      return pid === null ? { done: false, seen: "it has no process" } : { done: true, value: pid };
    },
    { timeoutMs: BACK_WITHIN_MS, everyMs: LOOK_EVERY_MS, code: "lab-lost" },
  );
}
