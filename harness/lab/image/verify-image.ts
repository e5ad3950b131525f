import { HachaosError, messageOf } from "../../kernel/errors.js";
import { LABELS, ownerMark } from "../containers/labels.js";
import type { Engine } from "../engine.js";
import { IMAGE_LABEL } from "./image-tag.js";

/** The id of an image by tag, or null when the engine has none. Throws `image-unreadable` for one that is not what its tag says. */
export async function findImage(engine: Engine, tag: string, hash: string): Promise<string | null> {
  const details = await engine.docker
    .getImage(tag)
    .inspect()
    .catch((error: unknown) => {
      if ((error as { statusCode?: number }).statusCode === 404) return null;
      throw unreadable(tag, error);
    });
  if (details === null) return null;
  const labels = details.Config.Labels as Record<string, string> | null | undefined;
  if (labels?.[IMAGE_LABEL] !== hash) throw unreadable(tag, new Error("it was not made by hachaos"));
  return details.Id;
}

/**
 * Reads a file out of the image, through a container that never starts. An engine lists images whose layers are gone, and
 * the first container would tell so in words nobody understands.
 */
export async function requireReadable(engine: Engine, tag: string, file: string): Promise<void> {
  try {
    // The marks of a lab, so that hachaos down finds it should we die in between.
    const marks = { [LABELS.lab]: `image-check-${process.pid}`, [LABELS.owner]: ownerMark(), [LABELS.createdAt]: new Date().toISOString() };
    const container = await engine.docker.createContainer({ Image: tag, NetworkDisabled: true, Labels: marks });
    try {
      const archive = await container.getArchive({ path: file });
      for await (const _chunk of archive);
    } finally {
      await container.remove({ force: true });
    }
  } catch (error) {
    throw unreadable(tag, error);
  }
}

function unreadable(tag: string, error: unknown): HachaosError {
  return new HachaosError("image-unreadable", `the image ${tag} cannot be used: ${messageOf(error).trim()}`, { cause: error });
}
