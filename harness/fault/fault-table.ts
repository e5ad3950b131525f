import type { Fault } from "./fault.js";
import { parametersOf } from "./fault-parameters.js";

const TARGETS: Record<Fault["targets"], string> = { nodes: "nodes", network: "none" };
const EXPECTS: Record<Fault["expects"], string> = { same: "the same node", standby: "the standby" };

/** The table of all faults as Markdown, made from the registry: docs/fault.md holds it, and a test compares. */
export function faultTable(faults: readonly Fault[]): string {
  const rows = faults.map((fault) => [
    `\`${fault.kind}\``,
    fault.summary,
    TARGETS[fault.targets],
    parameters(fault),
    EXPECTS[fault.expects],
  ]);
  const head = ["fault", "what it is", "target", "parameters", "who serves when the active node is hit"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function parameters(fault: Fault): string {
  const texts = parametersOf(fault).map(({ name, values, absence, description }) => {
    const choice = values.map((value) => `\`${value}\``).join(", ");
    return `\`${name}\`: ${description}; ${choice} (${absence.replace(/"(.*)"/, "`$1`")})`;
  });
  return texts.length === 0 ? "none" : texts.join("<br>");
}
