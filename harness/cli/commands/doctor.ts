import type { Command } from "commander";
import { EXIT } from "../../kernel/errors.js";
import { examine } from "../../lab/doctor/checks.js";
import type { Finding } from "../../lab/doctor/finding.js";
import type { CliContext } from "../cli-context.js";
import type { Style } from "../terminal/terminal.js";
import { table } from "../format/table.js";

const STYLES: Record<Finding["state"], Style> = { ok: "green", note: "yellow", problem: "red" };

export function addDoctor(program: Command, { terminal, exit }: CliContext): void {
  program
    .command("doctor")
    .description("look at everything a lab needs on this machine and say how to fix what is missing")
    .option("--release <name>", "Debian release of the nodes", "bookworm")
    .option("--json", "print the findings as JSON")
    .action(async ({ release, json }: { release: string; json?: true }) => {
      const findings: Finding[] = [];
      for await (const finding of examine(release)) findings.push(finding);
      if (json) terminal.result(JSON.stringify(findings, null, 2));
      else for (const line of findingLines(findings, terminal.style)) terminal.result(line);
      exit(findings.some(({ state }) => state === "problem") ? EXIT.lab : EXIT.pass);
    });
}

/** A table, and below it one line per fix. */
export function findingLines(findings: readonly Finding[], style: (style: Style, text: string) => string): string[] {
  const rows = findings.map(({ what, state, detail }) => [what, style(STYLES[state], state), detail]);
  const fixes = findings.flatMap(({ what, fix }) => (fix === null ? [] : [`fix for ${what}: ${fix}`]));
  return [...table(rows), ...fixes];
}
