import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "hachaos-";

/** Gives `work` a temporary folder and removes it afterwards; first removes those of processes that were killed. */
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

/** While it lasts, whatever we, our libraries or our children put among the temporary files goes into a folder of ours, so that it is found again. */
export async function withTemporaryFiles<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env["TMPDIR"];
  return withWorkFolder(async (folder) => {
    process.env["TMPDIR"] = folder;
    try {
      return await work();
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
  });
}

/** Removes what processes left that were killed. */
export async function removeStaleWorkFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = makerOf(name);
    if (pid !== null && !alive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The process id in a work folder's name, or null when the name is not one. */
export function makerOf(name: string): number | null {
  const match = /^hachaos-(\d+)-/.exec(name);
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
