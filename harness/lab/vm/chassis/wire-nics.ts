import { existsSync } from "node:fs";
import { waitUntil } from "../../../kernel/wait-until.js";
import { MANAGEMENT, type ChassisConfig } from "./chassis-config.js";
import { run } from "./run.js";

/** The fabric plugs the cables in within a second of the container's start; on a busy machine it takes some. */
const PLUGGED_WITHIN_MS = 120_000;

/** Connects the machine's NICs with the chassis', which the lab's cables end in, frame by frame and whatever is in them. */
export async function wireNics({ nics }: ChassisConfig): Promise<void> {
  await makeTun();
  await waitUntil(
    "every cable is plugged in",
    () => {
      const missing = nics.map(({ nic }) => nic).filter((nic) => !existsSync(`/sys/class/net/${nic}`));
      return missing.length === 0 ? { done: true, value: undefined } : { done: false, seen: `no ${missing.join(", ")}` };
    },
    { timeoutMs: PLUGGED_WITHIN_MS, everyMs: 20 },
  );
  for (const [slot, { nic }] of nics.entries()) {
    await makeTap(tapOf(slot));
    // Nothing of the chassis itself may speak on a wire.
    await run(["ip", "link", "set", nic, "addrgenmode", "none", "up"]);
  }
  const management = tapOf(nics.length);
  await makeTap(management);
  await run(["ip", "address", "replace", `${MANAGEMENT.chassis}/${MANAGEMENT.prefix}`, "dev", management]);
  await run(["nft", ruleset(nics.flatMap(({ nic }, slot) => [wire(nic, tapOf(slot)), wire(tapOf(slot), nic)]))]);
}

export function tapOf(slot: number): string {
  return `tap${slot}`;
}

/** A container's /dev has no tun; the engine's device rules allow it. */
async function makeTun(): Promise<void> {
  if (existsSync("/dev/net/tun")) return;
  await run(["mkdir", "-p", "/dev/net"]);
  await run(["mknod", "/dev/net/tun", "c", "10", "200"]);
}

async function makeTap(name: string): Promise<void> {
  // vnet_hdr: checksums and segments that a sender left to the hardware go on as they are.
  await run(["ip", "tuntap", "add", "dev", name, "mode", "tap", "vnet_hdr"]);
  await run(["ip", "link", "set", name, "addrgenmode", "none", "up"]);
}

function ruleset(chains: string[]): string {
  return `table netdev hachaos {\n${chains.join("\n")}\n}`;
}

/** nft(8), "fwd": out of the other device before anything else sees it. A bridge would keep LACP's frames to itself (IEEE 802.1Q, 8.6.3). */
function wire(from: string, to: string): string {
  return `chain ${from} { type filter hook ingress device "${from}" priority 0; fwd to "${to}"; }`;
}
