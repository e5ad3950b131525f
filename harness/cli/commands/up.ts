import { basename, resolve } from "node:path";
import { Option, type Command } from "commander";
import { loadDefinition } from "../../cluster/load-definition.js";
import { FAULTS } from "../../fault/registry.js";
import { HachaosError } from "../../kernel/errors.js";
import { connectEngine } from "../../lab/engine.js";
import { listLabs } from "../../lab/labs.js";
import { PROVIDERS, providerOf } from "../../lab/providers.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { untilInterrupted } from "../interrupt.js";

export function addUp(program: Command, { terminal }: CliContext): void {
  program
    .command("up")
    .description("build a lab that stays until hachaos down")
    .argument("[suite]", "a folder with a cluster.yaml", "suites/failover")
    .addOption(
      new Option("--provider <name>", "what makes the lab").choices(PROVIDERS.map((provider) => provider.name)).default(PROVIDERS[0]?.name),
    )
    .option("--name <name>", "the lab's name; the suite's unless told")
    .action(async (suite: string, options: { name?: string; provider: string }) => {
      const definition = await loadDefinition(suite, { faultKinds: Object.keys(FAULTS) });
      const name = labName(options.name ?? basename(resolve(suite)));
      await requireFree(name);
      const startedAt = performance.now();
      const onStep = (step: string, ms: number | null): void => terminal.progress(stepLine(step, ms));
      const lab = await untilInterrupted(terminal, (signal) =>
        providerOf(options.provider).start({ name, definition, folder: suite, onStep, signal, keep: true }),
      );
      terminal.result(
        `${lab.name} is up after ${milliseconds(performance.now() - startedAt)}: ${lab.nodes.map((node) => node.name).join(", ")}`,
      );
      for (const missing of lab.facts.missing) terminal.progress(`not as a full start should be: ${missing}`);
      terminal.progress(`hachaos status shows it, hachaos down ${lab.name} removes it`);
    });
}

/** Lab names become container names (docker's rule: [a-zA-Z0-9][a-zA-Z0-9_.-]*), kept short and in lower case. */
export function labName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new HachaosError("usage", `${JSON.stringify(text)} cannot be a lab's name`, {
    hint: "--name with small letters, digits and hyphens, at most 31",
  });
}

async function requireFree(name: string): Promise<void> {
  const labs = await listLabs(await connectEngine());
  if (labs.some((lab) => lab.name === name)) throw new HachaosError("lab-exists", `a lab called ${name} is there already`);
}

function stepLine(step: string, ms: number | null): string {
  return ms === null ? `${step} ...` : `${step}: ${milliseconds(ms)}`;
}
