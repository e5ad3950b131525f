import { beforeAll, describe, expect, it } from "vitest";
import { budgetFor, failbackBudgetFor } from "./budgets.js";
import type { ClusterDefinition } from "./definition.js";
import { failbackFloorsFor, floorsFor, type Floors } from "./floors.js";
import { loadDefinition } from "./load-definition.js";

let failover: ClusterDefinition;
let article: ClusterDefinition;
beforeAll(async () => {
  failover = await loadDefinition("suites/failover");
  article = await loadDefinition("suites/article");
});
const ranges = (floors: Floors) =>
  Object.fromEntries(Object.entries(floors).map(([phase, floor]) => [phase, [floor.leastMs, floor.mostMs]]));
const moving = { "vip up": [0, 300], "service start": [0, 1200] };

describe("floorsFor", () => {
  it("gives each phase the least and the most of the configuration", () => {
    expect(ranges(floorsFor(failover, { kind: "apache-kill" }))).toEqual({ detection: [0, 10_000], stop: [0, 1500], ...moving });
    expect(ranges(floorsFor(failover, { kind: "gateway-blackhole" }))).toEqual({ detection: [9000, 21_000], stop: [0, 5500], ...moving });
    expect(ranges(floorsFor(failover, { kind: "node-power-off" }))).toEqual({
      ...{ detection: [2765, 3000], membership: [3600, 3600] },
      ...moving,
    });
    expect(ranges(floorsFor(failover, { kind: "link-down", params: { nic: "eth2" } }))).toEqual({ detection: [200, 300] });
  });

  it("says what each is made of", () => {
    expect(floorsFor(failover, { kind: "gateway-blackhole" }).detection?.source).toBe(
      "gateway-ping has had an answer already: 0 to 2 s (one answer is enough, and the rest is waited for (ping(8))); " +
        "gateway-ping is due: 0 to 10 s (pacemaker.crm: op monitor interval of gateway-ping, from the end of one to the beginning of the next (pacemaker-execd)); " +
        "gateway-ping gets no answer: 4 s (pacemaker.crm: timeout=2 s for each of 3 attempts (ocf:pacemaker:ping, ping_check)); " +
        "the change is dampened: 5 s (pacemaker.crm: dampen of gateway-ping, by default 5 s (attrd_updater -d))",
    );
  });

  it("has none where nothing would notice, nothing is broken, or nothing is known", () => {
    expect(floorsFor(article, { kind: "apache-kill" }).detection).toBeUndefined();
    expect(floorsFor(failover, null)).toEqual({});
    expect(floorsFor(failover, { kind: "my-own" })).toEqual({});
  });

  it("adds up to what the budget calls its floor: there is one arithmetic", () => {
    for (const kind of ["apache-kill", "gateway-blackhole", "node-power-off", "link-down", "private-links-cut"]) {
      const sum = Object.values(floorsFor(failover, { kind })).reduce((total, floor) => total + floor.mostMs, 0);
      expect([kind, sum]).toEqual([kind, budgetFor(failover, { kind }).floorMs]);
    }
  });
});

describe("failbackFloorsFor", () => {
  it("is the move, and before it the ping agent's time where the service waits for it", () => {
    const move = { stop: [0, 5500], ...moving };
    expect(ranges(failbackFloorsFor(failover, { kind: "apache-kill" }))).toEqual(move);
    expect(ranges(failbackFloorsFor(failover, { kind: "gateway-blackhole" }))).toEqual({ decision: [7000, 19_000], ...move });
    expect(ranges(failbackFloorsFor(failover, { kind: "node-power-off" }))).toEqual({ decision: [7000, 7000], ...move });
    const dark = Object.values(failbackFloorsFor(failover, null)).reduce((total, floor) => total + floor.mostMs, 0);
    expect(dark).toBe(failbackBudgetFor(failover).floorMs);
  });
});
