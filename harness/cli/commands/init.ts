import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { Option, type Command } from "commander";
import { HachaosError } from "../../kernel/errors.js";
import { packageRoot } from "../../kernel/package-root.js";
import type { CliContext } from "../cli-context.js";

export function addInit(program: Command, { terminal }: CliContext): void {
  program
    .command("init")
    .description("make a working copy of the two-node maquette to edit")
    .argument("<folder>", "a new folder")
    .addOption(new Option("--from <suite>", "which of the suites that come with hachaos").choices(bundledSuites()).default("failover"))
    .action((folder: string, { from }: { from: string }) => {
      const files = copySuite(from, folder);
      const name = relative(process.cwd(), resolve(folder)) || ".";
      for (const file of files) terminal.result(join(name, file));
      terminal.progress(`\nNext: edit ${join(name, "cluster.yaml")} and ${join(name, "pacemaker.crm")}, then`);
      terminal.progress(`  npx hachaos run ${name} --dry-run   shows what would be tested`);
      terminal.progress(`  npx hachaos run ${name}             tests it and writes a report below reports/`);
    });
}

/**
 * Copies a suite that comes with hachaos: without its *.suite.ts, so that the standard scenarios apply, without its name, so that it has the
 * folder's, and without corosync's nodelist, so that other nodes and addresses need to be written in cluster.yaml only. Returns the files.
 */
export function copySuite(from: string, folder: string): string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new HachaosError("usage", `${folder} is there already and not empty`, { hint: "name a new folder" });
  }
  const source = join(packageRoot(), "suites", from);
  cpSync(source, folder, { recursive: true, filter: (file) => !file.endsWith(".suite.ts") && basename(file) !== "node_modules" });
  rewrite(join(folder, "cluster.yaml"), /^name: .*\n/m, "");
  rewrite(join(folder, "corosync.conf"), /^nodelist \{\n[^]*?^\}\n/m, NODELIST_NOTE);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

const NODELIST_NOTE =
  "# No nodelist: it is made from the nodes of cluster.yaml, link N on the Nth bond. One written here is taken as it stands.\n";

function rewrite(file: string, what: RegExp, by: string): void {
  writeFileSync(file, readFileSync(file, "utf8").replace(what, by));
}

export function bundledSuites(): string[] {
  const suites = join(packageRoot(), "suites");
  return readdirSync(suites).filter((name) => existsSync(join(suites, name, "cluster.yaml")));
}
