import { HachaosError } from "../kernel/errors.js";
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

/** Reads the carrier where it counts, in the node's own kernel. */
export async function proveCarrier(
  lab: Lab,
  { node, nic }: Nic,
  wanted: boolean,
  code: "fault-not-proven" | "undo-not-proven",
): Promise<string> {
  const read = await nodeOf(lab, node).exec(["cat", `/sys/class/net/${nic}/carrier`]);
  const carrier = read.stdout.trim();
  if (carrier !== (wanted ? "1" : "0")) throw new HachaosError(code, `${node} ${nic}: carrier is ${carrier}, not ${wanted ? "1" : "0"}`);
  return `${node}: /sys/class/net/${nic}/carrier is ${carrier}`;
}
