import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fetchNodeRuntime } from "./node-runtime.js";
import type { Recipe } from "./recipe.js";

/** Writes the tree that is laid over the installed system: the recipe's files and the Node.js runtime. Returns its folder. */
export async function writeOverlay(recipe: Recipe, workFolder: string, signal: AbortSignal): Promise<string> {
  const overlay = join(workFolder, "overlay");
  for (const file of recipe.files) await put(join(overlay, file.path), file.content, file.executable);
  const runtime = await fetchNodeRuntime(recipe, workFolder, signal);
  const target = join(overlay, "usr/local/bin/node");
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await rename(runtime, target);
  await chmod(target, 0o755);
  return overlay;
}

async function put(path: string, content: Buffer, executable: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  await writeFile(path, content);
  // Set apart from writing, because the umask of whoever builds the image must not shape it.
  await chmod(path, executable ? 0o755 : 0o644);
}
