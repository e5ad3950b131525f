import { HachaosError } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import { nodeOf, type Lab } from "../lab/lab.js";
import type { FaultUndo } from "./fault.js";

export interface Nic {
  node: string;
  nic: string;
}

/** Puts cut cables back, and proves that the kernels at both ends see a carrier again, where there is a kernel. */
export function joinAgain(lab: Lab, nics: Nic[]): FaultUndo {
  return {
    async undo() {
      for (const { node, nic } of nics) await lab.fabric.setCable(node, nic, "joined");
    },
    async prove() {
      return Promise.all(nics.map((nic) => proveJoined(lab, nic)));
    },
  };
}

async function proveJoined(lab: Lab, { node, nic }: Nic): Promise<string> {
  if (await nodeOf(lab, node).isOn()) return proveCarrier(lab, { node, nic }, true, "undo-not-proven");
  if (await lab.fabric.isCableCut(node, nic)) throw new HachaosError("undo-not-proven", `${node} is off, and its ${nic} is still cut`);
  return `${node} ${nic}: not cut; the node has no power`;
}

/** Two ports agree on their speed within 1 to 4 s after they come up (IEEE 802.3, clause 28); veth and virtio do so at once. */
const CARRIER_WITHIN_MS = 10_000;

/** Reads the carrier where it counts, in the node's own kernel; one that comes may take its time. */
export async function proveCarrier(
  lab: Lab,
  { node, nic }: Nic,
  wanted: boolean,
  code: "fault-not-proven" | "undo-not-proven",
): Promise<string> {
  const look = () => readCarrier(lab, { node, nic });
  const told = wanted
    ? await waitUntil(
        `${node} ${nic} has a carrier`,
        async () => {
          const { has, text } = await look();
          return has ? { done: true, value: { has, text } } : { done: false, seen: text };
        },
        { timeoutMs: CARRIER_WITHIN_MS, code },
      )
    : await look();
  if (told.has !== wanted) throw new HachaosError(code, `${node} ${nic} has a carrier: ${told.text}`);
  return `${node}: ${told.text}`;
}

async function readCarrier(lab: Lab, { node, nic }: Nic): Promise<{ has: boolean; text: string }> {
  const file = `/sys/class/net/${nic}/carrier`;
  const read = await nodeOf(lab, node).exec(["cat", file], { allow: [0, 1] });
  const carrier = read.stdout.trim();
  if (read.exitCode === 0) return { has: carrier === "1", text: `${file} is ${carrier}` };
  // EINVAL: an interface that is set down has no carrier to tell of (net-sysfs.c, carrier_show).
  if (/invalid argument/i.test(read.stderr)) return { has: false, text: `${nic} is set down` };
  throw new HachaosError("command-failed", `${node}: cat ${file}: ${read.stderr.trim()}`);
}
