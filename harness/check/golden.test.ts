import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readHistory } from "../history/read-history.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { apacheKill, powerOff } from "../history/testing/scenarios.js";
import { judge } from "./judge.js";

/** Short stored runs with the results they must always give; `vitest -u` writes them anew after a wanted change. */
const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url));

const article = sampleDefinition((definition) => {
  definition.name = "article";
  for (const resource of definition.pacemaker.crm.resources) {
    if (resource.id === "httpd") resource.ops = [{ name: "monitor", intervalMs: 0, timeoutMs: 20_000 }];
  }
  definition.expected = [{ test: "apache-kill", violates: ["C3", "gap"], because: "no-recurring-monitor", why: "no interval" }];
});

describe("golden histories", () => {
  test.each([
    ["power-off", powerOff()],
    [
      "article",
      apacheKill({ definition: article, during: (run) => run.dark(5_000), after: (run) => run.dark(500).serve("vm-node1", 3_000) }),
    ],
  ])("%s", async (name, run) => {
    await expect(run.ndjson()).toMatchFileSnapshot(golden(`${name}.ndjson`));
    const results = judge(readHistory(golden(`${name}.ndjson`)));
    await expect(`${JSON.stringify(results, null, 2)}\n`).toMatchFileSnapshot(golden(`${name}.results.json`));
    expect(results.verdict).toBe("pass");
  });
});
