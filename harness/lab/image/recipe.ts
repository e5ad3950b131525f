import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { packageRoot } from "../../kernel/package-root.js";

/** Debian's rule for package names (Debian policy, 5.6.1); they become arguments of a tool. */
const packageName = z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, "is no Debian package name");
const absolutePath = z.string().regex(/^\/[\w./-]+$/, "is no absolute path");

const releaseName = z.string().regex(/^[a-z]+$/);

const recipeFile = z.strictObject({
  /** Another folder of images/: its packages and files come first, its other keys stand where this one has none. */
  extends: z.literal("node").optional(),
  /** The image's own, whatever a lab's nodes are of. */
  release: releaseName.optional(),
  packages: z.array(packageName).min(1),
  nodeRuntime: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .optional(),
  setup: absolutePath,
  entryPoint: absolutePath.optional(),
  env: z.record(z.string().regex(/^\w+$/), z.string().regex(/^[\w:./-]+$/)).optional(),
});

/** A file of the image. `executable`: it begins with "#!". */
export interface ImageFile {
  /** Absolute path in the image. */
  path: string;
  content: Buffer;
  executable: boolean;
}

/** The images that labs run: a node as a container, and the container that a virtual node runs in. */
export const IMAGE_KINDS = ["node", "chassis"] as const;
export type ImageKind = (typeof IMAGE_KINDS)[number];

/** What goes into an image, or onto a disk, as a folder of images/ describes it for one Debian release. */
export interface Recipe {
  kind: ImageKind | "guest";
  release: string;
  arch: string;
  packages: string[];
  nodeRuntime: string;
  /** Run in it once everything is installed. */
  setup: string;
  entryPoint: string;
  env: Record<string, string>;
  files: ImageFile[];
  /** What lies in it for a virtual machine to start from. */
  disk: Recipe | null;
}

/** Reads images/ for a release; `packages`, a suite's own, come on top of the node's. */
export function readRecipe(release: string, packages: readonly string[] = [], kind: ImageKind = "node"): Recipe {
  const own = packages.map((name) => packageName.parse(name));
  const checked = releaseName.parse(release);
  if (kind === "node") return { ...readFolder("node", checked, own), disk: null };
  return { ...readFolder("chassis", checked, []), disk: { ...readFolder("guest", checked, own), disk: null } };
}

function readFolder(kind: Recipe["kind"], release: string, own: readonly string[]): Omit<Recipe, "disk"> {
  const folder = imageFolder(kind);
  const recipe = recipeFile.parse(parse(readFileSync(join(folder, "recipe.yaml"), "utf8")));
  const base = recipe.extends === undefined ? null : readFolder(recipe.extends, release, []);
  const files = new Map([...(base?.files ?? []), ...filesOf(join(folder, "rootfs"))].map((file) => [file.path, file]));
  return {
    ...{ kind, release: recipe.release ?? release, arch: process.arch, setup: recipe.setup },
    packages: [...new Set([...(base?.packages ?? []), ...recipe.packages, ...own])].sort(),
    nodeRuntime: recipe.nodeRuntime ?? base?.nodeRuntime ?? "",
    entryPoint: recipe.entryPoint ?? base?.entryPoint ?? "",
    env: recipe.env ?? base?.env ?? {},
    files: [...files.values()],
  };
}

/** Where it is described. */
export function imageFolder(kind: Recipe["kind"]): string {
  return join(packageRoot(), "images", kind);
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
