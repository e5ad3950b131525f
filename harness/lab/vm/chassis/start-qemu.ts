import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { DISK_AT } from "../../image/disk-at.js";
import { CONSOLE_AT, SEED_AT, type ChassisConfig } from "./chassis-config.js";
import { run } from "./run.js";
import { tapOf } from "./wire-nics.js";

const RUN_AT = "/run/hachaos";
/** QEMU's monitor serves one client at a time: one for what follows the cables, one for whoever gives orders. */
export const MONITORS = { cables: `${RUN_AT}/cables.qmp`, orders: `${RUN_AT}/orders.qmp` } as const;
/** What this node wrote: it stays through a power cut, as a disk does. */
const LAYER = "/var/lib/hachaos/layer.qcow2";
const SEED = "/var/lib/hachaos/seed.tar";

/** Switches the machine on, from its own layer above the image's disk. */
export async function startQemu(config: ChassisConfig): Promise<ChildProcess> {
  mkdirSync(RUN_AT, { recursive: true });
  if (!existsSync(LAYER)) await run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", `${DISK_AT}/disk.qcow2`, "-F", "qcow2", LAYER]);
  if (!existsSync(SEED)) await run(["tar", "--create", `--file=${SEED}`, `--directory=${SEED_AT}`, "--owner=root", "--group=root", "."]);
  return spawn("qemu-system-x86_64", qemuArguments(config), { stdio: ["ignore", "inherit", "inherit"] });
}

/** One machine of the kind q35 with the NICs in their order, and one more for management. */
export function qemuArguments({ node, nics, managementMac, memoryMb, accelerator, machineId }: ChassisConfig): string[] {
  const macs = [...nics.map(({ mac }) => mac), managementMac];
  return [
    ...["-name", node, "-machine", "q35", "-smp", "1", "-m", String(memoryMb), "-nodefaults", "-no-user-config", "-display", "none"],
    // Of translated code. A guest booted no sooner with 512; QEMU's own default is 1 GiB (accel/tcg/region.c).
    ...(accelerator === "kvm" ? ["-accel", "kvm", "-cpu", "host"] : ["-accel", "tcg,tb-size=128", "-cpu", "max"]),
    ...["-kernel", `${DISK_AT}/vmlinuz`, "-initrd", `${DISK_AT}/initrd.img`, "-append", kernelArguments({ node, machineId, accelerator })],
    // A node's disk is gone with its lab: what the guest flushes need not reach the platter, and power cuts do not touch this page cache.
    ...["-drive", `if=none,id=disk,file=${LAYER},format=qcow2,cache=unsafe`, "-device", "virtio-blk-pci,drive=disk"],
    ...["-drive", `if=none,id=seed,file=${SEED},format=raw,readonly=on`, "-device", "virtio-blk-pci,drive=seed"],
    ...macs.flatMap((mac, slot) => [
      ...["-netdev", `tap,id=${netOf(slot)},ifname=${tapOf(slot)},script=no,downscript=no`],
      // Without a speed the bonding driver's 802.3ad takes a leg for down (drivers/net/bonding/bond_main.c, bond_update_speed_duplex).
      ...["-device", `virtio-net-pci,netdev=${netOf(slot)},mac=${mac},speed=1000,duplex=full,romfile=`],
    ]),
    ...["-device", "virtio-rng-pci", "-serial", `file:${CONSOLE_AT}`],
    ...Object.values(MONITORS).flatMap((path) => ["-qmp", `unix:${path},server=on,wait=off`]),
  ];
}

/** The name of a NIC's other side in QEMU's monitor. */
export function netOf(slot: number): string {
  return `net${slot}`;
}

/**
 * Names are the kernel's (eth0, eth1, ...), in the order of the slots. Mitigations are work for an emulated
 * processor, and keep nobody out of a lab.
 */
function kernelArguments({ node, machineId, accelerator }: Pick<ChassisConfig, "node" | "machineId" | "accelerator">): string {
  const identity = `systemd.hostname=${node} systemd.machine_id=${machineId}`;
  // QEMU's emulated time stamp counter never goes back, not even to where it was in a snapshot (system/cpu-timers.c, cpu_get_ticks_locked):
  // put back, a machine would take all the time since for one moment. By it as its clock, every timer would be over; by it as the scheduler's
  // clock, whatever was running has used the processor for as long, and corosync, a process in real time, waits that long for its next turn
  // (kernel/sched/rt.c, throttling). A kernel that holds the counter for unstable takes the HPET, which is put back, and its own ticks.
  const clock = accelerator === "tcg" ? " tsc=unstable" : "";
  return `root=/dev/vda rw console=ttyS0 quiet net.ifnames=0 mitigations=off${clock} ${identity}`;
}
