import type { Command } from "commander";
import { faultsInForce } from "../../lab/containers/journal.js";
import { connectEngine } from "../../lab/engine.js";
import type { FaultInForce } from "../../lab/lab.js";
import { listLabs, type LabSummary } from "../../lab/labs.js";
import type { CliContext } from "../cli-context.js";
import { milliseconds } from "../format/milliseconds.js";
import { table } from "../format/table.js";

export function addStatus(program: Command, { terminal }: CliContext): void {
  program
    .command("status")
    .description("show the labs on this machine's engine")
    .option("--json", "print them as JSON")
    .action(async ({ json }: { json?: true }) => {
      const engine = await connectEngine();
      const labs = await Promise.all((await listLabs(engine)).map(async (lab) => ({ ...lab, faults: await faultsInForce(engine, lab) })));
      if (json) terminal.result(JSON.stringify(labs, null, 2));
      else for (const line of labLines(labs)) terminal.result(line);
    });
}

const STATES: Record<LabSummary["state"], string> = {
  stays: "up",
  running: "in a run",
  orphaned: "left over: hachaos down removes it",
};

export function labLines(labs: readonly (LabSummary & { faults: FaultInForce[] })[], now: number = Date.now()): string[] {
  if (labs.length === 0) return ["no lab is up"];
  const rows = labs.flatMap((lab) => [
    [lab.name, lab.suite, STATES[lab.state], lab.createdAt],
    ...lab.hosts.map((host) => [`  ${host.name}`, host.role, host.state, ""]),
    ...lab.faults.map((fault) => [`  ${fault.id}`, "fault", fault.nodes.join(", "), `for ${age(fault, now)}`]),
  ]);
  return table([["lab", "suite", "state", "since"], ...rows]);
}

function age({ since }: FaultInForce, now: number): string {
  return milliseconds(Math.max(0, now - Date.parse(since)));
}
