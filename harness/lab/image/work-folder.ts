import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "hachaos-image-";

/** Gives `work` a temporary folder and removes it afterwards; first removes those of builds that were killed. */
export async function withWorkFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await removeStaleWorkFolders();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    // mmdebstrap --mode=unshare works as another user id, which must be able to enter.
    await chmod(folder, 0o755);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what builds left that were killed. */
export async function removeStaleWorkFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = staleBuilder(name);
    if (pid !== null && !alive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The process id in a work folder's name, or null when the name is not one. */
export function staleBuilder(name: string): number | null {
  const match = /^hachaos-image-(\d+)-/.exec(name);
  return match ? Number(match[1]) : null;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
