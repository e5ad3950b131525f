import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { ChassisConfig } from "./chassis-config.js";
import type { Monitor } from "./qmp.js";
import { netOf } from "./start-qemu.js";

/**
 * A cable that has no carrier where it ends in the chassis has none for the machine: QEMU's set_link is to a guest what a pulled cable is
 * to a real machine. Follows the kernel's own notifications (ip-monitor(8)) for as long as the chassis lives.
 */
export async function followCables({ nics }: ChassisConfig, monitor: Monitor): Promise<void> {
  const follower = spawn("ip", ["-o", "monitor", "link"], { stdio: ["ignore", "pipe", "inherit"] });
  let settled: Promise<unknown> = Promise.resolve();
  createInterface({ input: follower.stdout }).on("line", (line) => {
    const told = /^(Deleted )?\d+: ([^:@\s]+)(?:@[^:]+)?: <([^>]*)>/.exec(line);
    const slot = nics.findIndex(({ nic }) => nic === told?.[2]);
    if (told === null || slot < 0) return;
    const up = told[1] === undefined && (told[3] ?? "").split(",").includes("LOWER_UP");
    // In their order, or a cable that was pulled and plugged in would end as pulled.
    settled = settled.then(() => setLink(monitor, slot, up)).catch(() => undefined);
  });
  // Notifications tell changes only.
  await setLinks({ nics }, monitor);
}

/** Every NIC of the machine as its cable is at this moment. */
export async function setLinks({ nics }: Pick<ChassisConfig, "nics">, monitor: Monitor): Promise<void> {
  for (const [slot, { nic }] of nics.entries()) await setLink(monitor, slot, hasCarrier(nic));
}

/** Every NIC of the machine as if its cable were pulled, whatever its cable is. */
export async function pullLinks({ nics }: Pick<ChassisConfig, "nics">, monitor: Monitor): Promise<void> {
  for (const slot of nics.keys()) await setLink(monitor, slot, false);
}

async function setLink(monitor: Monitor, slot: number, up: boolean): Promise<void> {
  await monitor.execute("set_link", { name: netOf(slot), up });
}

/** No file: no NIC, and no cable in it. */
function hasCarrier(nic: string): boolean {
  try {
    return readFileSync(`/sys/class/net/${nic}/carrier`, "utf8").trim() === "1";
  } catch {
    return false;
  }
}
