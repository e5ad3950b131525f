import { beforeAll, expect, test } from "vitest";
import { budgetFor } from "./budgets.js";
import type { ClusterDefinition } from "./definition.js";
import { fencingCosts } from "./fencing-costs.js";
import { floorsFor } from "./floors.js";
import { loadDefinition } from "./load-definition.js";
import { parseCrm } from "./parse-crm.js";

let fencing: ClusterDefinition;
beforeAll(async () => {
  fencing = await loadDefinition("suites/fencing");
});

const withCrm = (change: (text: string) => string): ClusterDefinition => {
  const { crm } = parseCrm(change(fencing.pacemaker.content));
  return { ...fencing, pacemaker: { ...fencing.pacemaker, crm } };
};
const range = (definition: ClusterDefinition) => {
  const costs = fencingCosts(definition).filter(({ slack }) => slack !== true);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return [sum(costs.map(({ leastMs }) => leastMs)), sum(costs.map(({ mostMs }) => mostMs))];
};

test("the heuristics' pings, the delay of the node that shall win, the BMC's wait", () => {
  // 1 s between two pings and 1 s for the last; 3 s for vm-node1 and none for vm-node2; 2 s of power_wait.
  expect(range(fencing)).toEqual([1_000, 7_000]);
  expect(floorsFor(fencing, { kind: "node-isolated" }).fencing).toMatchObject({ leastMs: 1_000, mostMs: 7_000 });
  expect(fencingCosts(fencing).every(({ phase }) => phase === "fencing")).toBe(true);
});

test("the agents' own defaults where nothing is said", () => {
  const unset = withCrm((text) => text.replace(/ ping_count=.*ping_timeout=1/, "").replace(" pcmk_delay_base=3s", ""));
  expect(range(unset)).toEqual([9_000, 13_000]);
});

test("delays of every kind, one for each node among them", () => {
  const mapped = withCrm((text) =>
    text.replaceAll(/cipher=3/g, 'cipher=3 pcmk_delay_base="vm-node1:5s;vm-node2:2s"').replace(" pcmk_delay_base=3s", ""),
  );
  expect(range(mapped)).toEqual([6_000, 9_000]);
  const random = withCrm((text) => text.replace("pcmk_delay_base=3s", "pcmk_delay_base=3s pcmk_delay_max=10s"));
  expect(range(random)).toEqual([1_000, 14_000]);
  const priority = withCrm((text) => `${text}\nproperty priority-fencing-delay=15s\n`);
  expect(range(priority)).toEqual([1_000, 22_000]);
});

test("of an agent that is not known, only Pacemaker's limit; of no fencing, nothing", () => {
  const other = withCrm((text) => text.replace("stonith:fence_ipmilan", "stonith:external/ssh"));
  expect(fencingCosts(other)).toMatchObject([{ phase: "fencing", mostMs: 60_000, slack: true }]);
  expect(fencingCosts(withCrm((text) => text.replace("stonith-enabled=true", "stonith-enabled=false")))).toEqual([]);
});

test("a node that is isolated costs what one without power costs", () => {
  expect(budgetFor(fencing, { kind: "node-isolated" }).ms).toBe(budgetFor(fencing, { kind: "node-power-off" }).ms);
});
