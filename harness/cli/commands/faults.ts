import type { Command } from "commander";
import { z } from "zod";
import type { Fault } from "../../fault/fault.js";
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
  const { properties = {}, required = [] } = z.toJSONSchema(fault.params, { io: "input" });
  const parameters = Object.entries(properties).map(([name, schema]) => parameterLine(name, schema, required.includes(name)));
  return [`${fault.kind}  ${fault.title}`, `    ${fault.summary}`, `    target: ${TARGETS[fault.targets]}`, ...parameters, ""];
}

function parameterLine(name: string, schema: z.core.JSONSchema._JSONSchema, required: boolean): string {
  if (typeof schema === "boolean") return `    ${name}`;
  const values = schema.enum?.map(String).join(" | ") ?? [schema.type ?? "any"].flat().join(" or ");
  const otherwise = required ? "needed" : schema.default === undefined ? "optional" : `default ${JSON.stringify(schema.default)}`;
  return `    ${name}: ${values} (${otherwise})${schema.description === undefined ? "" : `  ${schema.description}`}`;
}
