import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { imagePackages } from "../../cluster/image-packages.js";
import { packageRoot } from "../../kernel/package-root.js";
import { imageTag } from "../image/image-tag.js";
import { readRecipe } from "../image/recipe.js";
import type { LabRequest } from "../provider.js";
import { LAID_DOWN } from "./start-hosts.js";

/** The same for labs with the same definition and native files, from the same folder, on the same image, made by the same hachaos. */
export function fingerprintOf({ definition, folder }: Pick<LabRequest, "definition" | "folder">): string {
  const image = imageTag(readRecipe(definition.release, imagePackages(definition)));
  const hash = createHash("sha256").update(JSON.stringify([definition, resolve(folder), image]));
  // The version is not enough: who changes hachaos itself must not be given a lab with yesterday's observers.
  for (const file of [join(packageRoot(), "package.json"), ...LAID_DOWN.flatMap(filesAt)]) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** A file, or all files of a folder, in a stable order; none where nothing is there (the keeper is, once it is built). */
function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
