import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import { packageRoot } from "../../kernel/package-root.js";
import { openSandbox, type Sandbox } from "./sandbox.js";

/** Where everything is that the commands of a failed test said. */
const SAID = join(packageRoot(), "reports/tests/said");

/** A test with a sandbox of its own, which is closed even when the test fails. */
export const sandboxTest = test.extend<{ sandbox: Sandbox }>({
  // vitest reads the names of the fixtures needed from these patterns, so they must be such.
  sandbox: async ({ task }, use) => {
    const sandbox = await openSandbox();
    try {
      await use(sandbox);
    } finally {
      if (task.result?.state === "fail") keep(task.name, sandbox.said());
      await sandbox.close();
    }
  },
});

function keep(test: string, said: string): void {
  mkdirSync(SAID, { recursive: true });
  const file = join(SAID, `${test.replaceAll(/[^\w-]+/g, "-").slice(0, 80)}.txt`);
  writeFileSync(file, said);
  process.stdout.write(`what hachaos said in "${test}": ${file}\n`);
}
