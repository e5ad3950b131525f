import type { Command } from "commander";
import { faultsInForce } from "../../lab/containers/journal.js";
import { connectEngine } from "../../lab/engine.js";
import type { JournalEntry } from "../../lab/lab.js";
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
      const labs = await Promise.all(
        (await listLabs(engine)).map(async (lab) => {
          const faults = await faultsInForce(engine, lab);
          return { ...lab, faults, dirty: isDirty(faults) };
        }),
      );
      if (json) terminal.result(JSON.stringify(labs, null, 2));
      else for (const line of labLines(labs)) terminal.result(line);
    });
}

const STATES: Record<LabSummary["state"], string> = {
  stays: "up",
  running: "in a run",
  orphaned: "left over: hachaos down removes it",
};

export function labLines(labs: readonly (LabSummary & { faults: JournalEntry[] })[], now: number = Date.now()): string[] {
  if (labs.length === 0) return ["no lab is up"];
  const rows = labs.flatMap((lab) => [
    [lab.name, lab.suite, isDirty(lab.faults) ? DIRTY : STATES[lab.state], lab.createdAt],
    ...lab.hosts.map((host) => [`  ${host.name}`, host.role, host.state, ""]),
    ...lab.faults.map((fault) => faultRow(fault, now)),
  ]);
  return table([["lab", "suite", "state", "since"], ...rows]);
}

const DIRTY = "dirty: hachaos heal --all tries again, else hachaos down and up";

/** An undo could not be proven. */
function isDirty(faults: readonly JournalEntry[]): boolean {
  return faults.some(({ dirty }) => dirty !== null);
}

function faultRow(fault: JournalEntry, now: number): string[] {
  const time = [`for ${age(fault, now)}`, ending(fault)].join(", ");
  return [`  ${fault.id}`, "fault", fault.nodes.join(", "), time];
}

function ending({ leftS, dirty }: JournalEntry): string {
  if (dirty !== null) return `not proven to be undone: ${dirty}`;
  return leftS > 0 ? `undoes itself in ${milliseconds(leftS * 1000)}` : "undoes itself now";
}

function age({ since }: JournalEntry, now: number): string {
  return milliseconds(Math.max(0, now - Date.parse(since)));
}
