import type { MachineAccess, MachinesDefinition } from "../../cluster/definition.js";
import { shellQuoted } from "../../kernel/shell-quoted.js";
import type { Rehearsed, RehearsedFault } from "../../lab/rehearsal.js";
import { table } from "../format/table.js";

/** Which machines are meant, and from where they are asked. */
export function machineLines({ nodes, client }: MachinesDefinition): string[] {
  const rows = Object.entries(nodes).map(([name, access]) => [`  ${name}`, wayText(access)]);
  return table([...rows, ["  probes", client === null ? "from this machine" : `from ${wayText(client)}`]]);
}

function wayText({ host, user, port, bastion, proxy }: MachineAccess): string {
  const via = bastion !== null ? ` through ${bastion}` : proxy !== null ? ` through ${proxy[0] ?? ""}` : "";
  return `${user}@${host}:${port}${via}`;
}

/** Every command of a fault, per machine, and what undoes it. */
export function rehearsedLines({ does, undoes }: RehearsedFault): string[] {
  const undo = undoes.flatMap(commandLines).map((line) => `  undo  ${line}`);
  const none = "  undo  by itself: nothing is left to be taken back";
  return [...does.flatMap(commandLines).map((line) => `  do    ${line}`), ...(undo.length > 0 ? undo : [none])];
}

function commandLines({ host, argv, stdin }: Rehearsed): string[] {
  const given = stdin.trimEnd().split("\n").filter(Boolean);
  return [`${host}: ${shellQuoted(argv)}`, ...given.map((line) => `  | ${line}`)];
}
