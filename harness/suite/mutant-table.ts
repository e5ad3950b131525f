import type { BondDefinition, ClusterDefinition } from "../cluster/definition.js";

/** A mutant by the name of its folder. */
export interface Mutant {
  folder: string;
  definition: ClusterDefinition;
}

const HEAD = ["mutant", "what is changed", "test", "caught by", "also violated", "why"];

/** The table of mutants as Markdown, made from their definitions: docs/mutants.md holds it, and a test compares. */
export function mutantTable(original: ClusterDefinition, mutants: readonly Mutant[]): string {
  const rows = mutants.map(({ folder, definition }) => {
    const [expected] = definition.expected;
    if (expected === undefined) throw new Error(`${folder} names no catcher`);
    const { test, violates, caughtBy = "", because, mayViolate = [], why } = expected;
    const also = [...violates.filter((id) => id !== caughtBy), ...mayViolate.map((id) => `(${id})`)];
    return [
      `\`${folder}\``,
      changes(original, definition).map(code).join("<br>"),
      test,
      `**${caughtBy}** \`${because ?? ""}\``,
      also.join(", ") || "nothing",
      why,
    ];
  });
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** What a mutant changes: lines that are gone (-) or new (+) in the native files, without comments, and keys of bonds. */
export function changes(original: ClusterDefinition, mutant: ClusterDefinition): string[] {
  return [
    ...changedLines(original.corosync.content, mutant.corosync.content),
    ...changedLines(original.pacemaker.content, mutant.pacemaker.content),
    ...original.bonds.flatMap((bond, index) => changedKeys(bond, mutant.bonds[index])),
  ];
}

function changedLines(before: string, after: string): string[] {
  const [old, now] = [statements(before), statements(after)];
  const gone = without(old, now).map((line) => `- ${line}`);
  return [...gone, ...without(now, old).map((line) => `+ ${line}`)];
}

function statements(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().replace(/ \\$/, ""))
    .filter((line) => !/^(#.*|\}|)$/.test(line));
}

/** The lines of one that the other has not, as often as it has them more. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

function changedKeys(before: BondDefinition, after: BondDefinition | undefined): string[] {
  const keys = Object.keys(before) as (keyof BondDefinition)[];
  return keys
    .filter((key) => String(before[key]) !== String(after?.[key]))
    .map((key) => `${before.name} ${key.replace(/Ms$/, "")}: ${String(after?.[key])}`);
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
