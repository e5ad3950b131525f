import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../kernel/package-root.js";
import { createProgram } from "./program.js";
import { fakeTerminal } from "./testing/fake-terminal.js";

const read = (name: string): unknown => parse(readFileSync(join(packageRoot(), "docs/ci", name), "utf8"));

/** Every shell script of a CI file, by job and step. */
const scripts: [name: string, script: string][] = [
  ...Object.entries((read("github-actions.yml") as { jobs: Record<string, { steps: { name?: string; run?: string }[] }> }).jobs).flatMap(
    ([job, { steps }]) =>
      steps.flatMap(({ name, run }): [string, string][] => (run === undefined ? [] : [[`GitHub ${job}: ${name ?? ""}`, run]])),
  ),
  ...Object.entries(read("gitlab-ci.yml") as Record<string, { script?: string[]; before_script?: string[] }>).flatMap(
    ([job, { script, before_script }]) => {
      const lines = [...(before_script ?? []), ...(script ?? [])];
      return lines.length === 0 ? [] : [[`GitLab ${job}`, lines.join("\n")] as [string, string]];
    },
  ),
];

test.each(scripts)("%s is a shell script with commands and options that exist", async (_name, script) => {
  execFileSync("bash", ["-n"], { input: script });
  const program = await createProgram({ terminal: fakeTerminal().terminal, args: [], exit: () => undefined });
  for (const [, line = ""] of script.matchAll(/npx hachaos (.*)$/gm)) {
    const words = line.split(/\s+/);
    const command = program.commands.find((each) => each.name() === words[0]);
    expect(command?.name(), line).toBe(words[0]);
    const known = command?.options.map(({ long }) => long) ?? [];
    for (const [option] of line.matchAll(/--[a-z][a-z-]*/g)) expect(known, line).toContain(option);
  }
});

test("the files hold what a nightly job needs", () => {
  const all = scripts.map(([, script]) => script).join("\n");
  for (const part of ["npm ci", "--shard", "--seed", "--durations", "hachaos report shards/*", "hachaos trend"])
    expect(all).toContain(part);
  // A wrong expression of GitHub's inside a script would be run as a command by whoever names a branch so.
  expect(all).not.toContain("${{");
});
