import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { EXIT } from "../kernel/errors.js";
import { packageRoot } from "../kernel/package-root.js";
import { createProgram } from "./program.js";
import { fakeTerminal } from "./testing/fake-terminal.js";

const README = readFileSync(join(packageRoot(), "README.md"), "utf8");
const program = await createProgram({ terminal: fakeTerminal().terminal, args: [], exit: () => undefined });

/** The commands that do something: `image` is only a name for `image build`. */
function leaves(command: Command, path = ""): { usage: string; description: string }[] {
  return command.commands.flatMap((child) => {
    const name = `${path}${child.name()}`;
    const args = child.registeredArguments.map((argument) => {
      const inside = `${argument.name()}${argument.variadic ? "..." : ""}`;
      return argument.required ? `<${inside}>` : `[${inside}]`;
    });
    return child.commands.length > 0 ? leaves(child, `${name} `) : [{ usage: [name, ...args].join(" "), description: child.description() }];
  });
}

test.each(leaves(program))("the README's table has `$usage` as the help says it", ({ usage, description }) => {
  const row = new RegExp(
    `^\\| \`hachaos ${usage.replace(/[.[\]]/g, "\\$&")}\` +\\| ${description.replace(/[.*+?()[\]]/g, "\\$&")} +\\|$`,
    "m",
  );
  expect(README).toMatch(row);
});

test("the README lists no command that is not there", () => {
  expect(README.match(/^\| `hachaos /gm)).toHaveLength(leaves(program).length);
});

test("the README lists the exit codes", () => {
  const listed = [...README.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual(Object.values(EXIT));
});
