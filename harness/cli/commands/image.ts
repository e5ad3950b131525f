import { Option, type Command } from "commander";
import { connectEngine } from "../../lab/engine.js";
import { ensureImage } from "../../lab/image/ensure-image.js";
import type { ImageKind } from "../../lab/image/recipe.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { untilInterrupted } from "../interrupt.js";

interface Options {
  for: keyof typeof KINDS;
  release: string;
  package: string[];
  force?: boolean;
  json?: true;
}

/** What each provider's labs are made of. */
const KINDS: Record<"containers" | "vm", readonly ImageKind[]> = { containers: ["node"], vm: ["node", "chassis"] };

export function addImage(program: Command, { terminal }: CliContext): void {
  const image = program.command("image").description("the nodes' image");
  image
    .command("build")
    .description("build the image unless it is there already")
    .addOption(new Option("--for <provider>", "what makes the labs").choices(Object.keys(KINDS)).default("containers"))
    .option("--release <name>", "Debian release", "bookworm")
    .option("--package <name...>", "Debian packages beyond those of images/node/recipe.yaml", [])
    .option("--force", "build it even when it is there")
    .option("--json", "print the image as JSON")
    .action(async ({ for: provider, release, package: packages, force = false, json }: Options) => {
      const onProgress = (text: string) => {
        terminal.progress(`image: ${text}`);
      };
      await untilInterrupted(terminal, async (signal) => {
        const engine = await connectEngine();
        for (const kind of KINDS[provider]) {
          const made = await ensureImage(engine, { kind, release, packages, force, signal, onProgress });
          const said = `${made.tag} ${made.built ? `built in ${milliseconds(made.ms)}` : "is there already"}`;
          terminal.result(json ? JSON.stringify(made) : said);
        }
      });
    });
}
