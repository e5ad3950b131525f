import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough, type Readable } from "node:stream";
import { join } from "node:path";
import { promisify } from "node:util";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { DISK_AT } from "./disk-at.js";
import type { Mirror } from "./mirror.js";
import { imageFolder, type Recipe } from "./recipe.js";

const run = promisify(execFile);
export const INSTALL_MMDEBSTRAP = ["apt-get", "install", "-y", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring", "uidmap"];

/** Makes sure mmdebstrap is here: as root it is installed, else `image-build-failed` says the command. */
export async function requireMmdebstrap(onProgress: (text: string) => void, signal: AbortSignal): Promise<void> {
  const root = process.getuid?.() === 0;
  // Without root mmdebstrap works in a user namespace, whose ids newuidmap (package uidmap) hands out.
  const missing = [];
  for (const tool of root ? ["mmdebstrap"] : ["mmdebstrap", "newuidmap"]) if (!(await present(tool))) missing.push(tool);
  if (missing.length === 0) return;
  const command = INSTALL_MMDEBSTRAP.join(" ");
  const hint = `as root: apt-get update && ${command}`;
  if (!root) throw new HachaosError("image-build-failed", `not installed: ${missing.join(", ")}`, { hint });
  onProgress(command);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update"], { env, signal });
    await run("apt-get", INSTALL_MMDEBSTRAP.slice(1), { env, signal });
  } catch (error) {
    throw new HachaosError("image-build-failed", `mmdebstrap could not be installed: ${messageOf(error).trim()}`, { hint, cause: error });
  }
}

export interface Bootstrap {
  recipe: Recipe;
  mirror: Mirror;
  overlay: string;
  /** Where mmdebstrap unpacks the system. */
  workFolder: string;
  /** Where the disk of a virtual machine is made (a recipe of kind guest), or lies (one with a disk); a path without blanks. */
  diskFolder: string;
  onProgress: (text: string) => void;
  signal: AbortSignal;
}

/**
 * Runs mmdebstrap; the tar of the system streams out of `tar`. The stream ends only when mmdebstrap has succeeded, and
 * breaks when it has not, so half a system never looks like a whole one. `done` tells which it was.
 */
export function bootstrap(options: Bootstrap): { tar: Readable; done: Promise<void> } {
  const [command = "", ...args] = [
    ...ownMounts(),
    ...dieWithParent(),
    "mmdebstrap",
    ...mmdebstrapArguments(options, process.getuid?.() === 0),
  ];
  const env = { ...process.env, TMPDIR: options.workFolder, LC_ALL: "C.UTF-8" };
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], signal: options.signal, killSignal: "SIGTERM" });
  const tar = new PassThrough();
  child.stdout.pipe(tar, { end: false });
  const done = finished(child, child.stderr, options).then(
    () => {
      tar.end();
    },
    (error: unknown) => {
      tar.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    },
  );
  return { tar, done };
}

/** mmdebstrap's argument list; hooks are fixed texts, apart from paths checked by the recipe and the work folder. */
export function mmdebstrapArguments(
  { recipe, mirror, overlay, diskFolder }: Pick<Bootstrap, "recipe" | "mirror" | "overlay" | "diskFolder">,
  root: boolean,
): string[] {
  const makesDisk = recipe.kind === "guest";
  const inImage = `"$1"${DISK_AT}`;
  return [
    "--variant=minbase",
    `--mode=${root ? "root" : "unshare"}`,
    `--format=${makesDisk ? "null" : "tar"}`,
    `--include=${recipe.packages.join(",")}`,
    ...mirror.aptOptions.map((option) => `--aptopt=${option}`),
    // Manuals are read on the host; leaving them out saves a tenth of the image.
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    `--customize-hook=sync-in ${overlay} /`,
    ...(recipe.disk ? [`--customize-hook=mkdir -p ${inImage} && cp --sparse=always ${diskFolder}/* ${inImage}`] : []),
    `--customize-hook=chroot "$1" ${recipe.setup}`,
    ...(makesDisk ? [`--customize-hook=${join(imageFolder("guest"), "make-disk")} "$1" ${diskFolder}`] : []),
    recipe.release,
    "-",
    ...mirror.lines,
  ];
}

async function finished(child: ChildProcess, stderr: Readable, { onProgress, signal }: Bootstrap): Promise<void> {
  const last: string[] = [];
  createInterface({ input: stderr }).on("line", (line) => {
    last.push(line);
    if (last.length > 15) last.shift();
    if (line.startsWith("I: ")) onProgress(line.slice(3));
  });
  const [exitCode] = (await once(child, "close").catch((error: unknown) => {
    if (signal.aborted) throw new HachaosError("interrupted", "the image build was interrupted", { hint: "nothing is left of it" });
    throw new HachaosError("image-build-failed", `mmdebstrap did not start: ${messageOf(error)}`, { cause: error });
  })) as [number | null];
  if (exitCode === 0) return;
  throw new HachaosError("image-build-failed", `mmdebstrap failed (${String(exitCode)}):\n${last.join("\n")}`, {
    hint: "check that this machine reaches a Debian mirror; HACHAOS_MIRROR=<URI> names another one",
  });
}

/** A killed hachaos must not leave a build behind: setpriv (util-linux, on every Debian) has the kernel end it. */
function dieWithParent(): string[] {
  return process.platform === "linux" ? ["setpriv", "--pdeathsig", "TERM", "--"] : [];
}

/**
 * As root, mmdebstrap mounts proc, sys and dev where everybody sees them, and leaves them there when it is killed. In a
 * mount namespace of its own (unshare(1), util-linux) they are gone with it. Without CAP_SYS_ADMIN it mounts nothing.
 */
function ownMounts(): string[] {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const mayMount = (BigInt(`0x${effective}`) >> CAP_SYS_ADMIN) % 2n === 1n;
  return mayMount ? ["unshare", "--mount", "--"] : [];
}

/** Its bit in a capability mask (linux/capability.h). */
const CAP_SYS_ADMIN = 21n;

/** newuidmap knows no --version and fails; what counts is that it is there. */
async function present(command: string): Promise<boolean> {
  return run(command, ["--version"]).then(
    () => true,
    (error: unknown) => (error as NodeJS.ErrnoException).code !== "ENOENT",
  );
}
