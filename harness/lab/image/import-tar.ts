import { once } from "node:events";
import type { Readable } from "node:stream";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import type { Engine } from "../engine.js";
import { IMAGE_LABEL, imageName } from "./image-tag.js";
import type { Recipe } from "./recipe.js";

/**
 * Imports the tar of a system as an image (as `docker import` does). The stop signal is not part of it, because import
 * takes none: give SIGRTMIN+3, systemd's "halt" (systemd(1), Signals), where the container is created.
 */
export async function importTar(engine: Engine, tar: Readable, recipe: Recipe, tag: string, hash: string): Promise<void> {
  const stop = new AbortController();
  tar.once("error", () => {
    stop.abort();
  });
  const changes = [
    `ENTRYPOINT ${JSON.stringify([recipe.entryPoint])}`,
    ...Object.entries(recipe.env).map(([name, value]) => `ENV ${name}=${value}`),
    `LABEL ${IMAGE_LABEL}=${hash}`,
  ];
  try {
    const repo = imageName(recipe);
    // The request's head goes with its first bytes, and an engine waits five minutes for a head (dockerd, ReadHeaderTimeout):
    // on a slow machine the installation alone takes as long.
    await once(tar, "readable");
    const options = { repo, tag: tag.slice(repo.length + 1), changes, abortSignal: stop.signal };
    const answer = await engine.docker.importImage(tar, options);
    await drain(answer);
  } catch (error) {
    throw new HachaosError("image-build-failed", `the engine refused the image: ${messageOf(error).trim()}`, { cause: error });
  }
}

/** The engine reports failures inside a successful answer, as lines of JSON. */
async function drain(answer: NodeJS.ReadableStream): Promise<void> {
  let text = "";
  for await (const chunk of answer) text += String(chunk);
  const failure = text.split(/\r?\n/).find((line) => line.includes('"error"'));
  if (failure !== undefined) throw new Error((JSON.parse(failure) as { error?: string }).error ?? failure);
}
