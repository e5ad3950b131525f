import { expect, test } from "vitest";
import type { ChassisConfig } from "./chassis-config.js";
import { qemuArguments } from "./start-qemu.js";

const CONFIG: ChassisConfig = {
  node: "alpha",
  nics: [
    { nic: "eth0", mac: "02:68:61:00:01:01" },
    { nic: "eth1", mac: "02:68:61:00:01:02" },
  ],
  managementMac: "52:54:00:00:13:02",
  memoryMb: 640,
  accelerator: "tcg",
  machineId: "0123456789abcdef0123456789abcdef",
};

const after = (args: string[], option: string) => args.flatMap((arg, index) => (arg === option ? [args[index + 1] ?? ""] : []));

test("the NICs are in the order of their names, each with its cable's MAC, and management is the last", () => {
  const devices = after(qemuArguments(CONFIG), "-device").filter((device) => device.startsWith("virtio-net-pci"));
  expect(devices.map((device) => /netdev=(\w+),mac=([\w:]+)/.exec(device)?.slice(1))).toEqual([
    ["net0", "02:68:61:00:01:01"],
    ["net1", "02:68:61:00:01:02"],
    ["net2", "52:54:00:00:13:02"],
  ]);
});

test("who the machine is comes from the kernel's command line", () => {
  const [line] = after(qemuArguments(CONFIG), "-append");
  expect(line).toContain("systemd.hostname=alpha systemd.machine_id=0123456789abcdef0123456789abcdef");
});

test("an emulated machine's clock is one that a snapshot puts back", () => {
  expect(after(qemuArguments(CONFIG), "-append")[0]).toContain("tsc=unstable");
  expect(after(qemuArguments({ ...CONFIG, accelerator: "kvm" }), "-append")[0]).not.toContain("tsc=");
});

test("the processor is emulated unless KVM works", () => {
  expect(after(qemuArguments(CONFIG), "-accel")).toEqual(["tcg,tb-size=128"]);
  expect(after(qemuArguments({ ...CONFIG, accelerator: "kvm" }), "-accel")).toEqual(["kvm"]);
});
