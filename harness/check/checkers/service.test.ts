import { describe, expect, test } from "vitest";
import type { CrmResource } from "../../cluster/definition.js";
import { aRun } from "../../history/testing/history-builder.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, moveTo, type Run } from "../../history/testing/scenarios.js";
import { constraint, judged, short } from "../testing/judged.js";

const httpd = (change: (resource: CrmResource) => void) =>
  sampleDefinition(({ pacemaker: { crm } }) => {
    for (const resource of crm.resources) if (resource.id === "httpd") change(resource);
  });
const noMonitor = httpd((resource) => {
  resource.ops = [{ name: "monitor", intervalMs: 0, timeoutMs: 20_000 }];
});
const noThreshold = httpd((resource) => {
  resource.meta = {};
});
const noGatewayRule = sampleDefinition(({ pacemaker: { crm } }) => {
  crm.locations = crm.locations.filter((location) => location.rule === null);
});
const dark = (at: Run) => at.dark(20_000);
const stays = (at: Run) => at.serve("vm-node1", 20_000);
const restarts = (at: Run) => at.dark(4_000).serve("vm-node1", 10_000);

describe("survives (C3, C4)", () => {
  test("another node serves in time", () => {
    expect(constraint(apacheKill(), "C3")).toMatchObject({
      verdict: "pass",
      finding: "vm-node2 serves 5.00 s after the fault (within 30.0 s)",
    });
    expect(short(gatewayBlackhole(), "C4")).toEqual(["pass", null]);
  });

  test("is about its own fault only, and about a fault on the primary", () => {
    expect(short(apacheKill(), "C4")[0]).toBe("skipped");
    const onStandby = gatewayBlackhole({ trial: { test: "gateway-blackhole", servedBy: "same" }, during: stays, after: stays });
    expect(short(onStandby, "C4")[0]).toBe("skipped");
  });

  test("too late, by the promise's own time", () => {
    const definition = sampleDefinition(({ promises }) => {
      for (const promise of promises) if (promise.kind === "survives") promise.withinMs = 4_000;
    });
    const run = apacheKill({ definition });
    expect(short(run, "C3")).toEqual(["fail", "too-late"]);
    expect(constraint(run, "C3").evidence).toEqual([{ atMs: 8_000, node: null, text: "first answer from vm-node2" }]);
  });

  test("no recurring monitor: nobody noticed", () => {
    const run = apacheKill({ definition: noMonitor, during: dark });
    expect(short(run, "C3")).toEqual(["fail", "no-recurring-monitor"]);
    expect(constraint(run, "C3").finding).toContain("httpd has no recurring monitor");
  });

  test("no migration-threshold: restarted in place", () => {
    expect(short(apacheKill({ definition: noThreshold, during: restarts }), "C3")).toEqual(["fail", "restarted-in-place"]);
    const unseen = (at: Run) => {
      const failCounts = [{ node: "vm-node1", resource: "httpd", count: "1" }];
      at.serve("vm-node1", 1_000).cluster({ vip: "vm-node1", httpd: "vm-node1" }, { failCounts }).serve("vm-node1", 5_000);
    };
    expect(short(apacheKill({ definition: noThreshold, during: unseen }), "C3")).toEqual(["fail", "restarted-in-place"]);
  });

  test("a threshold of 3: two failures are repaired in place", () => {
    const definition = httpd((resource) => {
      resource.meta = { "migration-threshold": "3" };
    });
    const run = apacheKill({ definition, during: restarts });
    expect(short(run, "C3")).toEqual(["fail", "restarted-in-place"]);
    expect(constraint(run, "C3").finding).toContain("httpd has migration-threshold=3, so 2 failures are repaired in place");
  });

  test("another address is pinged: the gateway is not looked at", () => {
    const definition = sampleDefinition(({ pacemaker: { crm } }) => {
      for (const resource of crm.resources) if (resource.id === "p-ping") resource.params["host_list"] = "127.0.0.1";
    });
    const run = gatewayBlackhole({ definition, during: stays, after: stays });
    expect(short(run, "C4")).toEqual(["fail", "pings-elsewhere"]);
    expect(constraint(run, "C4").finding).toContain("what is pinged is 127.0.0.1, not the gateway");
  });

  test("no gateway rule: nothing to react to", () => {
    expect(short(gatewayBlackhole({ definition: noGatewayRule, during: stays }), "C4")).toEqual(["fail", "no-gateway-rule"]);
  });

  test("a reason that explains nothing is not given", () => {
    expect(short(gatewayBlackhole({ definition: noMonitor, during: stays }), "C4")).toEqual(["fail", "not-moved"]);
    expect(short(apacheKill({ definition: noGatewayRule, during: restarts }), "C3")).toEqual(["fail", "not-moved"]);
    expect(short(apacheKill({ during: dark }), "C3")).toEqual(["fail", "never-recovered"]);
  });

  test("a blocked resource, as crm_mon says", () => {
    const blocked = (at: Run) =>
      at
        .dark(1_000)
        .cluster({ vip: "vm-node1", httpd: "vm-node1" }, { blocked: ["httpd"] })
        .dark(10_000);
    expect(short(apacheKill({ during: blocked }), "C3")).toEqual(["fail", "resource-blocked"]);
  });

  test("moved away and back again before healing is no survival", () => {
    const during = (at: Run) => {
      moveTo(at, "vm-node1", "vm-node2", 500);
      moveTo(at, "vm-node2", "vm-node1", 500);
    };
    expect(short(apacheKill({ during }), "C3")).toEqual(["fail", "not-moved"]);
  });

  test("unknown without proof or probes", () => {
    expect(short(apacheKill({ inject: (at) => at.injectOnly() }), "C3")).toEqual(["unknown", "fault-not-proven"]);
    expect(short(apacheKill({ during: (at) => at.silence(9_000) }), "C3")).toEqual(["unknown", "probe-load"]);
    expect(short(apacheKill({ before: (at) => at.silence(900) }), "C3")).toEqual(["unknown", "served-by-unknown"]);
  });
});

describe("fault proven", () => {
  test("passes with what was read, is skipped without a fault", () => {
    expect(constraint(apacheKill(), "fault")).toMatchObject({ verdict: "pass", finding: "read back from the node" });
    expect(short(baseline(), "fault")[0]).toBe("skipped");
  });

  test("not proven makes the trial invalid, whatever else it shows", () => {
    const refuted = (at: Run) => at.injectOnly().add({ type: "fault-not-proven", lab: "lab-1", message: "still running" });
    const run = apacheKill({ inject: refuted, during: dark });
    expect(short(run, "fault")).toEqual(["unknown", "fault-not-proven"]);
    expect(judged(run)).toMatchObject({ verdict: "invalid", reason: "the fault is not proven: still running", proven: false });
    expect(short(apacheKill({ inject: () => undefined }), "fault")).toEqual(["unknown", "not-injected"]);
    expect(short(apacheKill({ inject: (at) => at.injectOnly() }), "fault")).toEqual(["unknown", "fault-not-proven"]);
  });
});

describe("gap", () => {
  test("within the budget, with the probes that show it", () => {
    expect(constraint(apacheKill(), "gap")).toMatchObject({
      verdict: "pass",
      finding: "the service was dark for 4.97 s to 5.03 s (200 failed requests; budget 30.0 s)",
      evidence: [
        { atMs: 3_000, node: null, text: "first failure: refused" },
        { atMs: 7_975, node: null, text: "last of 200 failures: refused" },
        { atMs: 8_000, node: null, text: "first answer, from vm-node2" },
      ],
    });
  });

  test("over the budget, in one piece or in all, and never back", () => {
    expect(short(apacheKill({ trial: { budgetMs: 5_000 } }), "gap")).toEqual(["fail", "over-budget"]);
    const pieces = (at: Run) => at.dark(3_000).serve("vm-node1", 500).dark(3_000).serve("vm-node2", 1_000);
    expect(short(apacheKill({ trial: { budgetMs: 5_000 }, during: pieces }), "gap")).toEqual(["fail", "over-budget-in-all"]);
    expect(short(apacheKill({ during: dark }), "gap")).toEqual(["fail", "never-recovered"]);
  });

  test("says why the address did not come back, where no promise does", () => {
    const lost = (change: (resource: CrmResource) => void) => {
      const definition = sampleDefinition(({ pacemaker: { crm } }) => {
        for (const resource of crm.resources) if (resource.id === "vip") change(resource);
      });
      const during = (at: Run) => at.vip("vm-node1", false).dark(20_000);
      return apacheKill({ definition, trial: { test: "address-delete", servedBy: "same" }, inject: (run) => run.inject(), during });
    };
    const unmonitored = lost((resource) => (resource.ops = []));
    expect(short(unmonitored, "gap")).toEqual(["fail", "no-recurring-monitor"]);
    expect(constraint(unmonitored, "gap").finding).toContain(
      "192.168.1.60 is on no node, though crm_mon shows vip on vm-node1: vip has no recurring",
    );
    expect(
      short(
        lost(() => undefined),
        "gap",
      ),
    ).toEqual(["fail", "address-lost"]);
  });

  test("without a fault not one request may fail", () => {
    expect(short(baseline(), "gap")[0]).toBe("pass");
    const once = (at: Run) => at.serve("vm-node1", 1_000).dark(25).serve("vm-node1", 1_000);
    expect(short(baseline({ during: once }), "gap")).toEqual(["fail", "dark-without-fault"]);
    expect(short(apacheKill({ before: once }), "gap")).toEqual(["fail", "dark-without-fault"]);
  });

  test("where nothing should happen, every failure counts against the budget", () => {
    const brief = (at: Run) => at.dark(50).serve("vm-node1", 5_000);
    expect(short(linkDown({ during: brief }), "gap")).toEqual(["fail", "over-budget"]);
  });

  test("unknown without probes", () => {
    expect(short(apacheKill({ during: (at) => at.silence(9_000) }), "gap")).toEqual(["unknown", "probe-load"]);
    expect(short(aRun().trial().serve("vm-node1", 100).end(), "gap")).toEqual(["unknown", "not-injected"]);
  });
});

describe("failback", () => {
  test("within and over its own budget", () => {
    expect(short(apacheKill(), "failback")[0]).toBe("pass");
    expect(short(apacheKill({ trial: { failbackBudgetMs: 2_000 } }), "failback")).toEqual(["fail", "over-budget"]);
    expect(short(apacheKill({ after: dark }), "failback")).toEqual(["fail", "never-recovered"]);
  });

  test("skipped without a fault, unknown without healing or probes", () => {
    expect(short(baseline(), "failback")[0]).toBe("skipped");
    expect(short(aRun().trial().serve("vm-node1", 100).inject().dark(100).end("interrupted"), "failback")).toEqual([
      "unknown",
      "not-observed",
    ]);
    expect(short(apacheKill({ after: (at) => at.silence(5_000) }), "failback")).toEqual(["unknown", "probe-load"]);
  });
});

describe("healed-clean", () => {
  const id = "healed-clean";
  const until = () => aRun().trial().serve("vm-node1", 1_000).inject().serve("vm-node1", 1_000).heal().serve("vm-node1", 1_000);

  test("healed and through the gate", () => {
    expect(short(apacheKill(), id)).toEqual(["pass", null]);
  });

  test("what the gate misses is named", () => {
    const run = until().healed().gate(["httpd has a fail count on vm-node1"]).end();
    expect(short(run, id)).toEqual(["fail", "gate-not-passed"]);
    expect(constraint(run, id).finding).toContain("httpd has a fail count on vm-node1");
  });

  test("an undo that is refuted", () => {
    expect(short(until().add({ type: "fault-not-healed", lab: "lab-1", message: "eth0 has no carrier" }).end(), id)).toEqual([
      "fail",
      "not-healed",
    ]);
  });

  test("unknown without proof of the undo, or without the gate", () => {
    expect(short(until().gate().end(), id)).toEqual(["unknown", "not-observed"]);
    expect(short(until().healed().end(), id)).toEqual(["unknown", "not-observed"]);
  });
});
