import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectExit, openSandbox, type Sandbox } from "./testing/sandbox.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(async () => {
  await sandbox.close();
});

test.each([
  ["run", ["--report-dir", "reports"]],
  ["up", []],
])("hachaos %s with an address twice in cluster.yaml: exit 2, and no container was ever made", async (command, more) => {
  const suite = sandbox.suite(`bad-${command}`);
  const file = join(suite, "cluster.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("192.168.1.62", "192.168.1.61"));
  const since = Math.floor(Date.now() / 1000);
  const refused = await sandbox.cli(command, suite, ...more);
  expectExit(refused, 2);
  expect(refused.stderr).toMatch(/cluster\.yaml:\d+:\d+/);
  expect(await created(since), "containers that were made").toEqual([]);
  expect(existsSync(sandbox.reports), "a run folder was made").toBe(false);
});

/** Names of the containers of this sandbox that the engine made since then (s). */
async function created(since: number): Promise<string[]> {
  const until = Math.ceil(Date.now() / 1000);
  const filters = { event: ["create"], label: [sandbox.label] };
  const stream = await sandbox.docker.getEvents({ since, until, filters });
  const names: string[] = [];
  for await (const chunk of stream) names.push(String(chunk));
  return names;
}
