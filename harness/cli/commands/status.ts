import type { Command } from "commander";
import { messageOf } from "../../kernel/errors.js";
import { engineMachine } from "../../lab/containers/engine-machine.js";
import { housed } from "../../lab/containers/housed.js";
import { faultsInForce } from "../../lab/containers/journal.js";
import { readLabNote } from "../../lab/containers/lab-note.js";
import { findEngine, type Engine } from "../../lab/engine.js";
import { housingOf } from "../../lab/housings.js";
import { isSpare, listLabs, type LabSummary } from "../../lab/labs.js";
import type { CliContext } from "../cli-context.js";
import { table } from "../format/table.js";
import { pickLab } from "../pick-lab.js";
import { faultRow } from "../status/fault-line.js";
import { isDirty, stateOf } from "../status/lab-state.js";
import { labSaid, type LabStatus } from "../status/lab-status.js";
import { askNode } from "../status/node-status.js";
import { statusLines, type Summary } from "../status/status-lines.js";
import type { Terminal } from "../terminal/terminal.js";

export function addStatus(program: Command, { terminal }: CliContext): void {
  program
    .command("status")
    .description("show the labs on this machine's engine, and one in full: nodes, bonds, links, cluster, faults")
    .argument("[lab]", "the lab to show in full; may be left out when there is only one")
    .option("--json", "print them in full as JSON")
    .action(async (name: string | undefined, { json }: { json?: true }) => {
      const engine = await findEngine();
      const all = await listLabs(engine);
      const own = all.filter((lab) => !isSpare(lab));
      const named = name === undefined ? null : await pickLab(all, name, { ask: null, hint: "" });
      // One lab is shown in full, however many wait beside it.
      const wanted = named !== null ? [named] : json === true || own.length !== 1 ? all : own;
      const inFull = json === true || wanted.length === 1;
      const labs = await Promise.all(
        wanted.map(async (lab) => {
          const [faults, seen] = await Promise.all([faultsInForce(engine, lab), inFull ? lookAt(engine, lab) : undefined]);
          return { ...lab, faults, dirty: isDirty(faults), ...seen };
        }),
      );
      if (json) terminal.result(JSON.stringify(labs, null, 2));
      else for (const line of [...linesOf(labs, terminal.style), ...spareLines(named ? [] : all, wanted)]) terminal.result(line);
    });
}

/** A lab that is half there, or is just being made or removed, is listed all the same. */
async function lookAt({ docker }: Pick<Engine, "docker">, { name, hosts }: LabSummary): Promise<LabStatus | { problem: string }> {
  const machineOf = (host: LabSummary["hosts"][number]) => engineMachine(docker, host.id, host.name);
  const nodes = hosts.filter(({ role }) => role === "node");
  const fabric = hosts.find(({ role }) => role === "fabric");
  const missing = ["fabric", "gateway", "client"].filter((role) => !hosts.some((host) => host.role === role));
  if (fabric === undefined || missing.length > 0) return { problem: `the lab ${name} has no ${missing.join(", no ")}` };
  try {
    const note = await readLabNote(machineOf(fabric).host, name);
    const machines = housed(nodes.map(machineOf), housingOf(note.provider), note.definition, note.setup);
    return labSaid(note, await Promise.all(nodes.map((node) => askNode((machines[node.name] ?? machineOf(node)).host, node.state))));
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

function linesOf(labs: readonly (Summary & Partial<LabStatus & { problem: string }>)[], style: Terminal["style"]): string[] {
  const [only] = labs;
  if (labs.length === 1 && only !== undefined && isInFull(only)) return statusLines(only, only, style);
  const problems = labs.flatMap(({ problem }) => (problem === undefined ? [] : [style("red", problem)]));
  return [...labLines(labs), ...problems, ...(labs.length > 1 ? ["", "hachaos status <lab> shows one in full"] : [])];
}

/** Spares that are not among what is shown. */
function spareLines(all: readonly LabSummary[], shown: readonly LabSummary[]): string[] {
  const left = all.filter((lab) => isSpare(lab) && !shown.includes(lab)).map(({ name }) => name);
  return left.length === 0 ? [] : ["", `spare: ${left.join(", ")}`];
}

function isInFull(lab: Summary & Partial<LabStatus>): lab is Summary & LabStatus {
  return lab.nodes !== undefined;
}

export function labLines(labs: readonly Summary[]): string[] {
  if (labs.length === 0) return ["no lab is up"];
  const rows = labs.flatMap((lab) => [
    [lab.name, lab.suite, stateOf(lab), lab.createdAt],
    ...lab.hosts.map((host) => [`  ${host.name}`, host.role, host.state, ""]),
    ...lab.faults.map((fault) => {
      const [id = "", where = "", since = ""] = faultRow(fault);
      return [`  ${id}`, "fault", where, since];
    }),
  ]);
  return table([["lab", "suite", "state", "since"], ...rows]);
}
