import type { Command } from "commander";
import { connectEngine } from "../../lab/engine.js";
import { listLabs, type LabSummary } from "../../lab/labs.js";
import type { CliContext } from "../cli-context.js";
import { table } from "../format/table.js";

export function addStatus(program: Command, { terminal }: CliContext): void {
  program
    .command("status")
    .description("show the labs on this machine's engine")
    .option("--json", "print them as JSON")
    .action(async ({ json }: { json?: true }) => {
      const labs = await listLabs(await connectEngine());
      if (json) terminal.result(JSON.stringify(labs, null, 2));
      else for (const line of labLines(labs)) terminal.result(line);
    });
}

const STATES: Record<LabSummary["state"], string> = {
  stays: "up",
  running: "in a run",
  orphaned: "left over: hachaos down removes it",
};

export function labLines(labs: readonly LabSummary[]): string[] {
  if (labs.length === 0) return ["no lab is up"];
  const rows = labs.flatMap((lab) => [
    [lab.name, lab.suite, STATES[lab.state], lab.createdAt],
    ...lab.hosts.map((host) => [`  ${host.name}`, host.role, host.state, ""]),
  ]);
  return table([["lab", "suite", "state", "since"], ...rows]);
}
