import { test } from "vitest";
import { openSandbox, type Sandbox } from "./sandbox.js";

/** A test with a sandbox of its own, which is closed even when the test fails. */
export const sandboxTest = test.extend<{ sandbox: Sandbox }>({
  // vitest reads the names of the fixtures needed from this pattern, so it must be one.
  sandbox: async ({}, use) => {
    const sandbox = await openSandbox();
    try {
      await use(sandbox);
    } finally {
      await sandbox.close();
    }
  },
});
