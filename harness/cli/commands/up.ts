import { Option, type Command } from "commander";
import { EXIT, HachaosError, messageOf } from "../../kernel/errors.js";
import { connectEngine, findEngine } from "../../lab/engine.js";
import { listLabs } from "../../lab/labs.js";
import { PROVIDERS, providerOf } from "../../lab/providers.js";
import type { CliContext } from "../cli-context.js";
import { untilInterrupted, type InterruptWords } from "../interrupt.js";
import { bringUp } from "../up/bring-up.js";
import { labsAtOnce } from "../up/labs-at-once.js";
import { wantedLabs } from "../up/wanted-labs.js";
import { release, wholeNumber } from "./arguments.js";

const INTERRUPTED: InterruptWords = {
  stopping: "interrupted: removing what is not finished; once more to stop at once",
  left: "stopped at once; hachaos status shows what is left, hachaos down <name> removes it",
};

export function addUp(program: Command, { terminal, exit }: CliContext): void {
  program
    .command("up")
    .description("build labs that stay until hachaos down")
    .argument("[suite...]", "folders with a cluster.yaml", ["suites/failover"])
    .addOption(
      new Option("--provider <name>", "what makes the lab").choices(PROVIDERS.map((provider) => provider.name)).default(PROVIDERS[0]?.name),
    )
    .option("--release <name>", "Debian release of the nodes, instead of the definition's", release)
    .option("--name <name>", "the lab's name; the suite's unless told. It is always built: a spare has a name of its own")
    .option("--spare <number>", "leave so many finished labs beside it, which the next hachaos up takes at once", wholeNumber, 0)
    .action(async (suites: string[], options: { name?: string; provider: string; release?: string; spare: number }) => {
      const wanted = await wantedLabs(suites, options);
      const provider = providerOf(options.provider);
      if (provider.taken) {
        throw new HachaosError("usage", `the machines of the provider ${provider.name} are up already`, {
          hint: "hachaos inject <fault> --lab <suite folder> breaks something there",
        });
      }
      if (options.spare > 0 && !provider.spares) throw new HachaosError("usage", `the provider ${provider.name} keeps no spares`);
      const failed = await untilInterrupted(
        terminal,
        (signal) =>
          bringUp({
            ...{ wanted, provider, spares: options.spare, mayTake: options.name === undefined, requireFree, terminal, signal },
            atOnce: async () => labsAtOnce(await connectEngine()),
          }),
        INTERRUPTED,
      );
      const [first] = failed;
      // The only one that was asked for: the error is the command's own.
      if (first && wanted.length === 1) throw first.error;
      for (const { name, error } of failed) terminal.progress(`${terminal.style("red", `${name} failed:`)} ${messageOf(error)}`);
      if (first) exit(EXIT.lab);
    });
}

async function requireFree(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const lab = (await listLabs(await findEngine())).find(({ name }) => names.includes(name));
  if (lab) throw new HachaosError("lab-exists", `a lab called ${lab.name} is there already`);
}
