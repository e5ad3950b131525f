import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import type { Recipe } from "./recipe.js";

const run = promisify(execFile);

/**
 * Fetches the Node.js runtime for the nodes with npm and returns the path of the unpacked binary below `folder`.
 * The host's own binary will not do: distributions link it against libraries the image does not have.
 */
export async function fetchNodeRuntime(recipe: Recipe, folder: string, signal: AbortSignal): Promise<string> {
  const name = `node-linux-${recipe.arch}@${recipe.nodeRuntime}`;
  try {
    const { stdout } = await run("npm", ["pack", name, "--pack-destination", folder, "--json", "--loglevel=error"], {
      cwd: folder,
      signal,
    });
    const packed = JSON.parse(stdout) as { filename: string }[];
    await run("tar", ["-xzf", join(folder, packed[0]?.filename ?? ""), "-C", folder, "package/bin/node"], { signal });
  } catch (error) {
    throw new HachaosError("image-build-failed", `the Node.js runtime ${name} could not be fetched: ${messageOf(error).trim()}`, {
      hint: `npm pack ${name} must work on this machine: check its network and npm's registry setting`,
      cause: error,
    });
  }
  return join(folder, "package", "bin", "node");
}
