import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DEFINITION_FILE } from "../cluster/load-definition.js";

/**
 * The suites that a folder stands for: itself, or, where it has no cluster.yaml, all suites in it, by name. One without either is given
 * back as it is: to load it says what is wrong.
 */
export async function suiteFolders(folder: string): Promise<string[]> {
  if (await isSuite(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const inner = entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  const suites: string[] = [];
  for (const candidate of inner.sort()) if (await isSuite(candidate)) suites.push(candidate);
  return suites.length > 0 ? suites : [folder];
}

async function isSuite(folder: string): Promise<boolean> {
  return stat(join(folder, DEFINITION_FILE)).then(
    () => true,
    () => false,
  );
}
