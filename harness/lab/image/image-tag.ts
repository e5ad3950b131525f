import { createHash } from "node:crypto";
import type { Recipe } from "./recipe.js";

export const IMAGE_LABEL = "hachaos.image";

/** For example hachaos-node:bookworm-0123456789ab: the release is that of the nodes. */
export function imageTag(recipe: Recipe): string {
  return `${imageName(recipe)}:${(recipe.disk ?? recipe).release}-${imageHash(recipe).slice(0, 12)}`;
}

export function imageName({ kind }: Pick<Recipe, "kind">): string {
  return `hachaos-${kind}`;
}

/** sha256 over everything that shapes the image, in hex; where it is built and from which mirror does not count. */
export function imageHash(recipe: Recipe): string {
  const { release, arch, packages, nodeRuntime, setup, entryPoint } = recipe;
  const env = Object.entries(recipe.env).sort();
  const hash = createHash("sha256").update(JSON.stringify([release, arch, packages, nodeRuntime, setup, entryPoint, env]));
  for (const { path, executable, content } of recipe.files) {
    hash.update(JSON.stringify([path, executable, content.length])).update(content);
  }
  if (recipe.disk !== null) hash.update(imageHash(recipe.disk));
  return hash.digest("hex");
}
