import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../engine.js";
import { requireDiskSpace } from "./disk-space.js";
import { imageHash, imageTag } from "./image-tag.js";
import { importTar } from "./import-tar.js";
import { findMirror } from "./mirror.js";
import { bootstrap, requireMmdebstrap, type Bootstrap } from "./mmdebstrap.js";
import { writeOverlay } from "./overlay.js";
import { readRecipe, type ImageKind, type Recipe } from "./recipe.js";
import { findImage, requireReadable } from "./verify-image.js";
import { withWorkFolder } from "../../kernel/work-folder.js";

export interface EnsureImageOptions {
  /** `node` unless told. */
  kind?: ImageKind;
  /** Debian release, for example bookworm. */
  release: string;
  /** Debian packages beyond the recipe's own. */
  packages?: readonly string[];
  /** Build even when the image is there. */
  force?: boolean;
  onProgress?: (text: string) => void;
  signal?: AbortSignal;
}

export interface NodeImage {
  tag: string;
  id: string;
  /** Whether it was built now. */
  built: boolean;
  ms: number;
}

/** Returns the image for a release, building it when its recipe changed or it is not there. Older versions stay. */
export async function ensureImage(engine: Engine, options: EnsureImageOptions): Promise<NodeImage> {
  const startedAt = performance.now();
  const recipe = readRecipe(options.release, options.packages, options.kind);
  const [tag, hash] = [imageTag(recipe), imageHash(recipe)];
  const present = options.force ? null : await findImage(engine, tag, hash);
  if (present !== null) await requireReadable(engine, tag, recipe.entryPoint);
  else await buildOnce(tag, () => build(engine, options, recipe, tag, hash));
  const id = present ?? (await findImage(engine, tag, hash)) ?? "";
  return { tag, id, built: present === null, ms: Math.round(performance.now() - startedAt) };
}

const building = new Map<string, Promise<void>>();

/** Labs that are built side by side wait for one image together. */
function buildOnce(tag: string, work: () => Promise<void>): Promise<void> {
  const begun = building.get(tag) ?? work().finally(() => building.delete(tag));
  building.set(tag, begun);
  return begun;
}

async function build(engine: Engine, options: EnsureImageOptions, recipe: Recipe, tag: string, hash: string): Promise<void> {
  const { onProgress = () => undefined, signal = new AbortController().signal } = options;
  await requireDiskSpace(engine.dataDir);
  await requireMmdebstrap(onProgress, signal);
  await withWorkFolder(async (workFolder) => {
    const diskFolder = join(workFolder, "disk");
    await mkdir(diskFolder);
    const work = { workFolder, diskFolder, onProgress };
    if (recipe.disk !== null) await makeDisk({ ...work, signal, recipe: recipe.disk });
    const refusal = new AbortController();
    const { tar, done } = await install({ ...work, recipe, signal: AbortSignal.any([signal, refusal.signal]) });
    const imported = importTar(engine, tar, recipe, tag, hash).catch((error: unknown) => {
      // Nobody reads the tar any more: without an end, mmdebstrap would wait for ever.
      if (tar.errored === null) refusal.abort();
      throw error;
    });
    const [made, taken] = await Promise.allSettled([done, imported]);
    // A broken stream fails both: the one that broke it has the reason.
    if (made.status === "rejected" && !refusal.signal.aborted) throw made.reason;
    if (taken.status === "rejected") throw taken.reason;
    onProgress(`imported as ${tag}`);
  });
}

type Work = Omit<Bootstrap, "overlay" | "mirror">;

/** A virtual machine's disk: what mmdebstrap leaves is in the folder, and nothing of it streams out. */
async function makeDisk(work: Work): Promise<void> {
  const { tar, done } = await install(work);
  tar.resume();
  await done;
}

async function install(work: Work): Promise<ReturnType<typeof bootstrap>> {
  const { recipe, workFolder, onProgress, signal } = work;
  onProgress(`fetching Node.js ${recipe.nodeRuntime} for the ${recipe.kind}`);
  const overlay = await writeOverlay(recipe, join(workFolder, recipe.kind), signal);
  onProgress(`installing ${recipe.packages.length} packages of Debian ${recipe.release}`);
  return bootstrap({ ...work, overlay, mirror: await findMirror(recipe.release) });
}
