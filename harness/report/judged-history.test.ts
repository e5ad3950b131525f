import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { judge } from "../check/judge.js";
import { results as schema } from "../check/results.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, powerOff } from "../history/testing/scenarios.js";
import { writeReports } from "./write-reports.js";

it.each([
  ["apache-kill", apacheKill, /Apache2 killed|vm-node2 took over from vm-node1/],
  ["gateway-blackhole", gatewayBlackhole, /gateway silent for vm-node1/],
  ["node-power-off", powerOff, /vm-node1 has no power/],
  ["baseline", baseline, /Clients saw no gap/],
  ["link-down", linkDown, /vm-node1 eth0 cut/],
])("reports %s from a history as judged", async (name, scenario, shows) => {
  const folder = await mkdtemp(join(tmpdir(), "hachaos-judged-"));
  const history = scenario().history();
  const written = await writeReports(folder, judge(history), history.events);
  expect(written.failed).toEqual([]);
  expect(schema.parse(JSON.parse(await readFile(join(folder, "results.json"), "utf8"))).verdict).toBe("pass");
  expect(written.texts["html"]).toMatch(shows);
  expect(written.texts["html"]).not.toContain("holds no observation");
  expect(written.texts["summary"]).toMatch(new RegExp(`✓ passed +failover › ${name} `));
  await rm(folder, { recursive: true });
});
