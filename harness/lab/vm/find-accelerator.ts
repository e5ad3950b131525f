import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { messageOf } from "../../kernel/errors.js";
import { execByEngine } from "../containers/engine-exec.js";
import { LABELS, ownerMark } from "../containers/labels.js";
import type { Engine } from "../engine.js";
import { DISK_AT } from "../image/disk-at.js";

export interface Accelerator {
  /** As QEMU's -accel has it. */
  name: "kvm" | "tcg";
  /** How it was found out, in words. */
  why: string;
}

/** Where KVM works, a kernel says its first word within a second; where only its device is there, it says nothing at all (seen). */
const FIRST_WORD_WITHIN_S = 5;
const PROBE = [
  ...["timeout", "--signal=KILL", String(FIRST_WORD_WITHIN_S), "qemu-system-x86_64", "-machine", "q35", "-accel", "kvm", "-cpu", "host"],
  ...["-m", "256", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-serial", "stdio"],
  // Without a disk it panics as soon as it has said what it is, and QEMU ends.
  ...["-kernel", `${DISK_AT}/vmlinuz`, "-append", "console=ttyS0 panic=-1"],
];

/** KVM where a guest is seen to start with it, else QEMU's own emulation. The answer holds until the host is booted again. */
export async function findAccelerator(engine: Engine, image: string): Promise<Accelerator> {
  const key = `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${image}`;
  const known = await readFile(CACHE, "utf8").then(
    (text) => JSON.parse(text) as { key: string; found: Accelerator },
    () => null,
  );
  if (known?.key === key) return known.found;
  const found = await probe(engine, image);
  // Only to save the next one some seconds.
  await mkdir(dirname(CACHE), { recursive: true })
    .then(() => writeFile(CACHE, JSON.stringify({ key, found })))
    .catch(() => undefined);
  return found;
}

/** $XDG_CACHE_HOME, else ~/.cache (XDG Base Directory Specification). */
const CACHE = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "hachaos", "accelerator.json");

async function probe({ docker }: Engine, image: string): Promise<Accelerator> {
  // The marks of a lab, so that hachaos down finds it should we die in between.
  const marks = { [LABELS.lab]: `kvm-check-${process.pid}`, [LABELS.owner]: ownerMark(), [LABELS.createdAt]: new Date().toISOString() };
  const container = await docker.createContainer({
    ...{ Image: image, NetworkDisabled: true, Labels: marks, Entrypoint: ["sleep"], Cmd: ["60"] },
    HostConfig: { Devices: [KVM] },
  });
  try {
    await container.start();
    const { stdout } = await execByEngine(docker, container.id)(PROBE, { timeoutMs: FIRST_WORD_WITHIN_S * 1000 });
    if (stdout.includes("Linux version")) return { name: "kvm", why: "a guest starts with KVM" };
    return { name: "tcg", why: `/dev/kvm is there, but a guest says nothing within ${FIRST_WORD_WITHIN_S} s` };
  } catch (error) {
    // The engine cannot start a container with a device that its host has not.
    return { name: "tcg", why: /\/dev\/kvm/.test(messageOf(error)) ? "there is no /dev/kvm" : messageOf(error) };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

export const KVM = { PathOnHost: "/dev/kvm", PathInContainer: "/dev/kvm", CgroupPermissions: "rw" };
