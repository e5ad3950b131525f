import { expect, test } from "vitest";
import { cycleOf } from "./cycles.js";
import { loadDefinition } from "./load-definition.js";

// The maquette: httpd and ping are looked at every 10 s, the token is 3 s.
test.each([
  ["apache-kill", 10_000],
  ["gateway-blackhole", 10_000],
  ["node-power-off", 3_000],
  ["private-links-cut", 3_000],
  ["link-down", 3_000],
  ["a-fault-of-ones-own", 10_000],
])("%s strikes anywhere in a cycle of %i ms", async (kind, ms) => {
  expect(cycleOf(await loadDefinition("suites/failover"), { kind })).toBe(ms);
});

test("without a fault there is nothing to wait for, and without a recurring monitor no cycle of it", async () => {
  const definition = await loadDefinition("suites/article");
  expect(cycleOf(definition, null)).toBe(0);
  expect(cycleOf(definition, { kind: "apache-kill" })).toBe(0);
  expect(cycleOf(definition, { kind: "a-fault-of-ones-own" })).toBe(10_000);
});
