import { beforeAll, describe, expect, it } from "vitest";
import { budgetFor, failbackBudgetFor } from "./budgets.js";
import type { ClusterDefinition, CrmResource } from "./definition.js";
import { loadDefinition } from "./load-definition.js";
import { parseCrm } from "./parse-crm.js";
import { recurringMonitor } from "./recurring-monitor.js";

let failover: ClusterDefinition;
let article: ClusterDefinition;
beforeAll(async () => {
  failover = await loadDefinition("suites/failover");
  article = await loadDefinition("suites/article");
});

const without = (definition: ClusterDefinition): ClusterDefinition => ({ ...definition, promises: [] });
const withCrm = (change: (text: string) => string): ClusterDefinition => {
  const { crm } = parseCrm(change(failover.pacemaker.content));
  return { ...without(failover), pacemaker: { ...failover.pacemaker, crm } };
};
const inSeconds = (definition: ClusterDefinition, kind: string, params = {}) => {
  const { ms, floorMs } = budgetFor(definition, { kind, params });
  return [floorMs / 1000, ms / 1000];
};

describe("budgetFor", () => {
  it("leaves nothing for a quiet baseline", () => {
    expect(budgetFor(failover, null)).toEqual({ ms: 0, terms: [], source: "computed", floorMs: 0, warning: null });
    expect(budgetFor(failover, { kind: "none" }).ms).toBe(0);
  });

  it.each([
    ["apache-kill", {}, [13, 35]],
    ["gateway-blackhole", {}, [28, 30]],
    ["node-power-off", {}, [8.1, 12.1]],
    ["link-down", { nic: "eth2" }, [0.3, 1.8]],
    ["link-down", { nic: "eth0" }, [0, 1.5]],
    ["private-links-cut", {}, [0, 1.5]],
    ["something-else", {}, [0, 30]],
  ])("adds up %s %j: floor and limit in seconds", (kind, params, expected) => {
    expect(inSeconds(without(failover), kind, params)).toEqual(expected);
  });

  it("shows terms that add up to the limit, each with its source", () => {
    for (const kind of ["apache-kill", "gateway-blackhole", "node-power-off", "link-down", "private-links-cut", "other"]) {
      const { terms, ms, source, warning } = budgetFor(without(failover), { kind });
      expect(terms.reduce((sum, term) => sum + term.ms, 0)).toBe(ms);
      expect(terms.every((term) => term.name !== "" && term.source !== "")).toBe(true);
      expect({ source, warning }).toEqual({ source: "computed", warning: null });
    }
  });

  it("takes a promise's own time before the definition's, and that before the sum", () => {
    expect(budgetFor(failover, { kind: "apache-kill" })).toMatchObject({
      ms: 15_000,
      source: "definition",
      floorMs: 13_000,
      warning: null,
    });
    const budgeted = { ...without(failover), budgets: { "apache-kill": 20_000, "my-own": 1000 } };
    expect(budgetFor(budgeted, { kind: "apache-kill" })).toMatchObject({ ms: 20_000, source: "definition" });
    expect(budgetFor({ ...failover, budgets: budgeted.budgets }, { kind: "apache-kill" }).ms).toBe(15_000);
    expect(budgetFor(budgeted, { kind: "my-own" })).toMatchObject({ ms: 1000, source: "definition", warning: null });
  });

  it("adds what a slow processor takes longer for the agents' work, to a limit of the definition's own as well", () => {
    for (const kind of ["apache-kill", "node-power-off", "gateway-blackhole"]) {
      const [quick, slow] = [budgetFor(failover, { kind }), budgetFor(failover, { kind }, 11)];
      const term = slow.terms.at(-1);
      expect(quick.slowerMs).toBeUndefined();
      expect(term?.name).toContain("11.0 times slower");
      expect(slow.slowerMs).toBe(term?.ms);
      expect(slow.ms - quick.ms, kind).toBe(slow.slowerMs);
      expect(slow.floorMs).toBe(quick.floorMs);
    }
    // A monitor, two stops, two starts of which one counts three times, and a first monitor: 300 ms each, ten times more.
    expect(budgetFor(failover, { kind: "apache-kill" }, 11).slowerMs).toBe(24_000);
    // A bond's driver is no agent.
    expect(budgetFor(failover, { kind: "link-down" }, 11)).toEqual(budgetFor(failover, { kind: "link-down" }));
  });

  it("points out a limit the configuration cannot keep", () => {
    const hopeful = { ...without(failover), budgets: { "node-power-off": 5000 } };
    expect(budgetFor(hopeful, { kind: "node-power-off" }).warning).toBe(
      "the definition's limit of 5s is below 8.1s, the worst case of this configuration",
    );
  });

  it("says that without a recurring monitor nothing can be promised, and watches for a while", () => {
    const budget = budgetFor(without(article), { kind: "apache-kill" });
    expect(budget.ms).toBe(35_000);
    expect(budget.warning).toMatch(/^no recurring monitor of httpd in pacemaker.crm: nothing notices/);
    expect(budgetFor(article, { kind: "apache-kill" })).toMatchObject({ ms: 15_000, source: "definition" });
    expect(budgetFor(article, { kind: "apache-kill" }).warning).toMatch(/^no recurring monitor/);
  });

  it("works out the ping agent's time as its script does when no timeout is set", () => {
    // 60 s / 1 host / 3 attempts / 1.1 = 18 s; ping waits 2 + 18 s, fping 4 times 6 s.
    const unset = withCrm((text) => text.replace(" timeout=2 ", " "));
    expect(inSeconds(unset, "gateway-blackhole")).toEqual([44, 46]);
    expect(inSeconds({ ...unset, packages: ["fping"] }, "gateway-blackhole")).toEqual([46, 48]);
    const capped = withCrm((text) => text.replace("timeout=2 ", "timeout=90 "));
    expect(inSeconds(capped, "gateway-blackhole")).toEqual([84, 86]);
    const twoHosts = withCrm((text) => text.replace("host_list=192.168.1.1", "host_list='192.168.1.1 192.168.1.2'"));
    expect(inSeconds(twoHosts, "gateway-blackhole")).toEqual([34, 36]);
  });

  it("says that without a ping resource nobody notices the gateway", () => {
    const blind = withCrm((text) => text.replace(/primitive gateway-ping[^]*?clone gateway-ping-clone gateway-ping\n/, ""));
    expect(budgetFor(blind, { kind: "gateway-blackhole" }).warning).toMatch(/^no ocf:pacemaker:ping in pacemaker.crm/);
  });

  it("adds the fencing time where fencing is on, which is Pacemaker's default", () => {
    expect(
      inSeconds(
        withCrm((text) => text.replace("stonith-enabled=false ", "")),
        "node-power-off",
      ),
    ).toEqual([8.1, 72.1]);
    const own = withCrm((text) => text.replace("stonith-enabled=false", "stonith-enabled=true stonith-timeout=10s"));
    expect(inSeconds(own, "node-power-off")).toEqual([8.1, 22.1]);
  });

  it("warns where a cut link has no substitute", () => {
    const { totem } = failover.corosync;
    const single = { ...failover, corosync: { ...failover.corosync, totem: { ...totem, links: { "vm-node1": ["10.20.13.1"] } } } };
    expect(budgetFor(single, { kind: "private-links-cut" }).warning).toMatch(/^corosync has no second link/);
    const slow = { ...failover, corosync: { ...failover.corosync, totem: { ...totem, knetPingTimeoutMs: 3000 } } };
    expect(budgetFor(slow, { kind: "private-links-cut" }).warning).toMatch(/^knet waits 3s for a link/);
    const blind = { ...failover, bonds: failover.bonds.map((bond) => ({ ...bond, miimonMs: 0 })) };
    expect(budgetFor(blind, { kind: "link-down", params: { nic: "eth2" } }).warning).toMatch(/miimon 0/);
  });
});

describe("failbackBudgetFor", () => {
  it("is the time to move, or the definition's own", () => {
    expect(failbackBudgetFor(failover)).toMatchObject({ ms: 9000, floorMs: 7000, source: "computed", warning: null });
    expect(failbackBudgetFor({ ...failover, failbackBudgetMs: 2000 })).toMatchObject({ ms: 2000, source: "definition" });
    expect(failbackBudgetFor({ ...failover, failbackBudgetMs: 2000 }).warning).toMatch(/below 7s/);
    const ordered = structuredClone(failover);
    ordered.pacemaker.content += "\norder address-first Mandatory: vip httpd\n";
    expect(failbackBudgetFor(ordered)).toMatchObject({ ms: 6500, floorMs: 4500 });
  });
});

describe("recurringMonitor", () => {
  it("is the one with the shortest interval, with Pacemaker's timeout where none is given", () => {
    const ops = [
      { name: "monitor", intervalMs: 0, timeoutMs: 5000 },
      { name: "monitor", intervalMs: 30_000, timeoutMs: 5000 },
      { name: "monitor", intervalMs: 10_000, timeoutMs: null },
      { name: "start", intervalMs: 1000, timeoutMs: 5000 },
    ];
    expect(recurringMonitor({ ops } as unknown as CrmResource)).toEqual({ intervalMs: 10_000, timeoutMs: 20_000 });
    expect(recurringMonitor({ ops: ops.slice(0, 1) } as unknown as CrmResource)).toBeNull();
  });
});
