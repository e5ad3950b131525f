import type { Command } from "commander";
import { connectEngine } from "../../lab/engine.js";
import { ensureImage } from "../../lab/image/ensure-image.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { untilInterrupted } from "../interrupt.js";

interface Options {
  release: string;
  package: string[];
  force?: true;
  json?: true;
}

export function addImage(program: Command, { terminal }: CliContext): void {
  const image = program.command("image").description("the nodes' image");
  image
    .command("build")
    .description("build the image unless it is there already")
    .option("--release <name>", "Debian release", "bookworm")
    .option("--package <name...>", "Debian packages beyond those of images/node/recipe.yaml", [])
    .option("--force", "build it even when it is there")
    .option("--json", "print the image as JSON")
    .action(async ({ release, package: packages, force, json }: Options) => {
      const made = await untilInterrupted(terminal, async (signal) =>
        ensureImage(await connectEngine(), {
          release,
          packages,
          force: force ?? false,
          signal,
          onProgress: (text) => terminal.progress(`image: ${text}`),
        }),
      );
      if (json) terminal.result(JSON.stringify(made));
      else terminal.result(`${made.tag} ${made.built ? `built in ${milliseconds(made.ms)}` : "is there already"}`);
    });
}
