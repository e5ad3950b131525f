import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { HachaosError } from "../../kernel/errors.js";

/** The unpacked system takes 0.5 GB in the temporary folder and the image as much with the engine; the rest is room for layers and labs. */
export const NEEDED_MB = 2_000;

/** Throws `no-disk-space` when a folder that the build writes to has less than it needs. */
export async function requireDiskSpace(dataDir: string, freeMb: (folder: string) => Promise<number | null> = freeSpaceMb): Promise<void> {
  for (const folder of [dataDir, tmpdir()]) {
    const free = await freeMb(folder);
    if (free !== null && free < NEEDED_MB) {
      throw new HachaosError("no-disk-space", `${folder} has ${free} MB left; the node image needs ${NEEDED_MB} MB`, {
        hint: `free some space in ${folder}${folder === tmpdir() ? " or set TMPDIR" : ": docker image prune"}`,
      });
    }
  }
}

/** Free space in MB for this user; null when the folder cannot be seen from here (a remote or another user's engine). */
export async function freeSpaceMb(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / 1e6);
  } catch (error) {
    const parent = dirname(folder);
    // The engine's folder is often closed to other users, but it mostly lies on its parent's file system.
    return (error as NodeJS.ErrnoException).code === "EACCES" && parent !== folder ? freeSpaceMb(parent) : null;
  }
}
