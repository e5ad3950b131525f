import type { Command } from "commander";
import { z } from "zod";
import type { Fault } from "../../fault/fault.js";
import { parametersOf } from "../../fault/fault-parameters.js";
import { FAULTS } from "../../fault/registry.js";
import type { CliContext } from "../cli-context.js";

type FaultEntry = Pick<Fault, "kind" | "title" | "summary" | "targets" | "params">;

const TARGETS: Record<Fault["targets"], string> = {
  nodes: "a node's name, active, standby or all",
  network: "none: it acts between the nodes",
};

export function addFaults(program: Command, { terminal }: CliContext): void {
  program
    .command("faults")
    .description("list the faults with their targets and parameters")
    .option("--json", "print them as JSON, parameters as JSON Schema")
    .action(({ json }: { json?: true }) => {
      const faults = Object.values(FAULTS);
      if (json) terminal.result(JSON.stringify(faults.map(faultData), null, 2));
      else for (const line of faults.flatMap(faultLines)) terminal.result(line);
    });
}

function faultData({ kind, title, summary, targets, params }: FaultEntry): object {
  return { kind, title, summary, targets, params: z.toJSONSchema(params, { io: "input" }) };
}

/** A fault for people: what it does, where, and each parameter with its values and default. */
export function faultLines(fault: FaultEntry): string[] {
  const parameters = parametersOf(fault).map(({ name, values, absence, description }) =>
    `    ${name}: ${values.join(" | ")} (${absence})  ${description}`.trimEnd(),
  );
  return [`${fault.kind}  ${fault.title}`, `    ${fault.summary}`, `    target: ${TARGETS[fault.targets]}`, ...parameters, ""];
}
