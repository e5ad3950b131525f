import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { packageRoot } from "../../kernel/package-root.js";

/** Debian's rule for package names (Debian policy, 5.6.1); they become arguments of a tool. */
const packageName = z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, "is no Debian package name");
const absolutePath = z.string().regex(/^\/[\w./-]+$/, "is no absolute path");

const recipeFile = z.strictObject({
  packages: z.array(packageName).min(1),
  nodeRuntime: z.string().regex(/^\d+\.\d+\.\d+$/),
  setup: absolutePath,
  entryPoint: absolutePath,
  env: z.record(z.string().regex(/^\w+$/), z.string().regex(/^[\w:./-]+$/)),
});

/** A file of the image. `executable`: it begins with "#!". */
export interface ImageFile {
  /** Absolute path in the image. */
  path: string;
  content: Buffer;
  executable: boolean;
}

/** What goes into the node image, as images/node describes it for one Debian release. */
export type Recipe = z.infer<typeof recipeFile> & { release: string; arch: string; files: ImageFile[] };

/** Reads images/node for a release; `packages` come on top of the recipe's own. */
export function readRecipe(release: string, packages: readonly string[] = []): Recipe {
  const folder = join(packageRoot(), "images", "node");
  const recipe = recipeFile.parse(parse(readFileSync(join(folder, "recipe.yaml"), "utf8")));
  const all = new Set([...recipe.packages, ...packages.map((name) => packageName.parse(name))]);
  return {
    ...recipe,
    release: z
      .string()
      .regex(/^[a-z]+$/)
      .parse(release),
    arch: process.arch,
    packages: [...all].sort(),
    files: filesOf(join(folder, "rootfs")),
  };
}

function filesOf(rootfs: string): ImageFile[] {
  return readdirSync(rootfs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const content = readFileSync(file);
      return { path: file.slice(rootfs.length), content, executable: content.subarray(0, 2).toString() === "#!" };
    });
}
