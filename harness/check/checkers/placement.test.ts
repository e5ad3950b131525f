import { describe, expect, test } from "vitest";
import type { EventOf } from "../../history/event.js";
import { aRun, onNode } from "../../history/testing/history-builder.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, moveTo, powerOff, type Run } from "../../history/testing/scenarios.js";
import { constraint, judged, short } from "../testing/judged.js";

const apart = { vip: "vm-node1", httpd: "vm-node2" };
const noLocation = sampleDefinition(({ pacemaker: { crm } }) => {
  crm.locations = crm.locations.filter((location) => location.node === null);
});
const noColocation = sampleDefinition(({ pacemaker: { crm } }) => {
  crm.colocations = [];
});
/** The nodes' observers never tell anything about the cluster. */
function withoutCluster(run: Run): Run {
  const kept = run.events().filter((event) => event.type !== "cluster");
  run.events().splice(0, Infinity, ...kept);
  return run;
}
function withoutAddresses(run: Run): Run {
  const kept = run.events().filter((event) => event.type !== "address" && event.type !== "observer");
  run.events().splice(0, Infinity, ...kept);
  return run;
}

test.each(Object.entries({ apacheKill, gatewayBlackhole, powerOff, linkDown, baseline }))(
  "what is as it should be passes: %s",
  (_name, scenario) => {
    const trial = judged(scenario());
    expect(trial.constraints.filter((one) => one.verdict !== "pass" && one.verdict !== "skipped")).toEqual([]);
    expect([trial.verdict, trial.reason]).toEqual(["pass", ""]);
  },
);

describe("prefers (C1)", () => {
  test("elsewhere before the fault: no location line", () => {
    const run = baseline({ definition: noLocation, during: (at) => at.cluster(onNode("vm-node2")).serve("vm-node2", 5_000) });
    expect(short(run, "C1")).toEqual(["fail", "no-location"]);
    expect(constraint(run, "C1").evidence[0]).toEqual({ atMs: 0, node: "vm-node1", text: "vip on vm-node2 (crm_mon on vm-node1)" });
  });

  test("elsewhere although a location asks for it", () => {
    const run = baseline({ during: (at) => at.cluster(onNode("vm-node2")).serve("vm-node2", 5_000) });
    expect(short(run, "C1")).toEqual(["fail", "not-on-preferred-node"]);
  });

  test("elsewhere because a location asks for that", () => {
    const definition = sampleDefinition(({ pacemaker: { crm } }) => {
      for (const location of crm.locations) if (location.node !== null) location.node = "vm-node2";
    });
    const run = baseline({ definition, during: (at) => at.cluster(onNode("vm-node2")).serve("vm-node2", 5_000) });
    expect(short(run, "C1")).toEqual(["fail", "drawn-elsewhere"]);
    expect(constraint(run, "C1").finding).toContain("draws vip or httpd to vm-node2");
  });

  test("nowhere, because the start failed on every node", () => {
    // As crm_mon's XML writes infinity.
    const failCounts = ["vm-node1", "vm-node2"].map((node) => ({ node, resource: "httpd", count: "1000000" }));
    const run = baseline({ during: (at) => at.cluster({ vip: "vm-node1", httpd: null }, { failCounts }).dark(5_000) });
    expect(short(run, "C1")).toEqual(["fail", "start-failed"]);
    expect(constraint(run, "C1").finding).toContain("the start of httpd failed on vm-node1 and vm-node2");
  });

  test("nowhere, because a rule asks for an attribute that no node has", () => {
    const definition = sampleDefinition(({ pacemaker: { crm } }) => {
      for (const location of crm.locations) if (location.rule !== null) location.rule = "not_defined ping or ping lte 0";
    });
    const run = baseline({ definition, during: (at) => at.cluster({ vip: null, httpd: null }).dark(5_000) });
    expect(short(run, "C1")).toEqual(["fail", "attribute-never-set"]);
    expect(constraint(run, "C1").finding).toContain("where ping is not defined, and no node has it (p-ping sets pingd)");
  });

  test("not back after healing, because it sticks to where it is", () => {
    const sticky = (stickiness: string) =>
      sampleDefinition(({ pacemaker: { crm } }) => {
        crm.rscDefaults = { "resource-stickiness": stickiness };
      });
    const after = (at: Run) => at.serve("vm-node2", 5_000);
    expect(short(apacheKill({ definition: sticky("INFINITY"), after }), "C1")).toEqual(["fail", "too-sticky"]);
    expect(short(apacheKill({ definition: sticky("50"), after }), "C1")).toEqual(["fail", "too-sticky"]);
    expect(short(apacheKill({ definition: sticky("10"), after }), "C1")).toEqual(["fail", "did-not-come-back"]);
  });

  test("answers from elsewhere count, whatever crm_mon says", () => {
    expect(short(baseline({ during: (at) => at.serve("vm-node1", 2_000).serve("vm-node2", 2_000) }), "C1")[0]).toBe("fail");
  });

  test("a state that stands for no more than a moment does not count", () => {
    const run = baseline({
      during: (at) =>
        at
          .serve("vm-node1", 1_000)
          .cluster({ vip: null, httpd: null })
          .serve("vm-node1", 1_000)
          .cluster(onNode("vm-node1"))
          .serve("vm-node1", 1_000),
    });
    expect(short(run, "C1")[0]).toBe("pass");
  });

  test("not back after healing", () => {
    expect(short(apacheKill({ after: (at) => at.serve("vm-node2", 5_000) }), "C1")).toEqual(["fail", "did-not-come-back"]);
  });

  test("unknown without crm_mon, and when healing was not seen", () => {
    expect(short(withoutCluster(apacheKill()), "C1")).toEqual(["unknown", "not-observed"]);
    expect(short(aRun().trial().serve("vm-node1", 1_000).inject().serve("vm-node1", 1_000).end(), "C1")).toEqual([
      "unknown",
      "not-observed",
    ]);
  });
});

describe("together (C2)", () => {
  test("kept apart by a negative colocation", () => {
    const definition = sampleDefinition(({ pacemaker: { crm } }) => {
      for (const link of crm.colocations) link.score = "-INFINITY";
    });
    const run = baseline({ definition, during: (at) => at.cluster(apart).serve("vm-node1", 5_000) });
    expect(short(run, "C2")).toEqual(["fail", "kept-apart"]);
  });

  test("apart for longer than a moment: no colocation", () => {
    const run = baseline({ definition: noColocation, during: (at) => at.cluster(apart).serve("vm-node1", 5_000) });
    expect(short(run, "C2")).toEqual(["fail", "no-colocation"]);
    expect(constraint(run, "C2").finding).toContain("vip on vm-node1, httpd on vm-node2 for 5.00 s");
  });

  test("apart although colocated", () => {
    expect(short(baseline({ during: (at) => at.cluster(apart).serve("vm-node1", 5_000) }), "C2")).toEqual(["fail", "apart"]);
  });

  test("one state of a move does not count, two in a row do", () => {
    const during = (states: number) => (at: Run) => {
      for (let count = 0; count < states; count += 1)
        at.cluster(apart, { failCounts: [{ node: "vm-node1", resource: "httpd", count: String(count) }] }).serve("vm-node1", 1_000);
      at.cluster(onNode("vm-node1")).serve("vm-node1", 1_000);
    };
    expect(short(baseline({ during: during(1) }), "C2")[0]).toBe("pass");
    expect(short(baseline({ during: during(2) }), "C2")[0]).toBe("fail");
  });

  test("a move of what is bound may take its time, one of what is not may not", () => {
    const during = (ms: number) => (at: Run) => {
      at.vip("vm-node1", false).vip("vm-node2", true).cluster({ vip: "vm-node2", httpd: "vm-node1" }).dark(ms).cluster(onNode("vm-node2"));
      at.serve("vm-node2", 5_000);
    };
    const slow = constraint(apacheKill({ during: during(3_000) }), "C2");
    expect([slow.verdict, slow.finding]).toEqual([
      "pass",
      expect.stringContaining("only on their way: vip on vm-node2, httpd on vm-node1 for 3.00 s"),
    ]);
    // Each node's own crm_mon saw it.
    expect(slow.evidence).toHaveLength(2);
    expect(short(apacheKill({ during: during(11_000) }), "C2")).toEqual(["fail", "apart"]);
    expect(short(apacheKill({ definition: noColocation, during: during(3_000) }), "C2")).toEqual(["fail", "no-colocation"]);
  });

  test("an answer from a node that does not hold the address", () => {
    const run = baseline({ during: (at) => at.serve("vm-node1", 1_000).serve("vm-node2", 25).serve("vm-node1", 1_000) });
    expect(short(run, "C2")).toEqual(["fail", "answered-by-other"]);
    expect(constraint(run, "C2").evidence).toEqual([{ atMs: 1_000, node: null, text: "answer from vm-node2" }]);
  });

  test("the observer may be a little late, but not more", () => {
    const late = (ms: number) => (at: Run) => {
      at.vip("vm-node1", false).serve("vm-node2", ms).vip("vm-node2", true).cluster(onNode("vm-node2")).serve("vm-node2", 5_000);
    };
    expect(short(apacheKill({ during: late(50) }), "C2")[0]).toBe("pass");
    expect(short(apacheKill({ during: late(150) }), "C2")).toEqual(["fail", "answered-by-other"]);
  });

  test("a node answers until its power is really cut, a moment after that was noted", () => {
    const during = (at: Run) => {
      at.serve("vm-node1", 400).dark(6_000, "timeout").vip("vm-node2", true).cluster(onNode("vm-node2")).serve("vm-node2", 6_000);
    };
    expect(short(powerOff({ during }), "C2")[0]).toBe("pass");
  });

  test("unknown without crm_mon, and without knowing the holder", () => {
    expect(short(withoutCluster(apacheKill()), "C2")).toEqual(["unknown", "not-observed"]);
    expect(short(withoutAddresses(apacheKill()), "C2")).toEqual(["unknown", "holder-not-observed"]);
  });
});

describe("single-owner (S)", () => {
  const overlap = (ms: number) => (at: Run) => {
    at.dark(3_000).vip("vm-node2", true).dark(ms).vip("vm-node1", false).dark(500).cluster(onNode("vm-node2")).serve("vm-node2", 6_000);
  };

  test("two owners, however briefly, with both events as evidence", () => {
    const run = apacheKill({ during: overlap(30) });
    expect(short(run, "S")).toEqual(["fail", "two-owners"]);
    expect(constraint(run, "S").evidence.map((one) => [one.atMs, one.node])).toEqual([
      [0, "vm-node1"],
      [6_000, "vm-node2"],
    ]);
  });

  test("an overlap below the resolution cannot be told from none", () => {
    expect(short(apacheKill({ during: overlap(4) }), "S")[0]).toBe("pass");
  });

  test("unknown where the observer may just have told late that the address was gone", () => {
    expect(short(apacheKill({ during: overlap(19) }), "S")).toEqual(["unknown", "observer-late"]);
    const lateOn = (node: string) => {
      const during = (at: Run) => {
        overlap(200)(at);
        const { lab } = at.events().find(({ type }) => type === "trial-started") as EventOf<"trial-started">;
        at.add({ type: "agent-load", lab, node, name: "nodes", overMs: 20_000, cpuMs: 0, lagMs: 320 });
      };
      return constraint(apacheKill({ during }), "S");
    };
    expect(lateOn("vm-node2").verdict).toBe("fail");
    expect(lateOn("vm-node1")).toMatchObject({
      verdict: "unknown",
      finding: expect.stringContaining("for 200 ms, but the observer may have been late 340 ms") as string,
    });
  });

  test("two owners for good: both links cut, no fencing", () => {
    const during = (at: Run) => {
      at.serve("vm-node1", 4_000)
        .vip("vm-node2", true)
        .cluster(onNode("vm-node2"), { from: ["vm-node2"] })
        .serve("vm-node1", 5_000);
    };
    expect(short(linkDown({ during }), "S")).toEqual(["fail", "two-owners"]);
  });

  test("crm_mon shows it on two nodes", () => {
    const run = baseline({
      during: (at) =>
        at
          .cluster({ vip: ["vm-node1", "vm-node2"], httpd: "vm-node1" })
          .serve("vm-node1", 500)
          .cluster(onNode("vm-node1"))
          .serve("vm-node1", 500),
    });
    expect(short(run, "S")).toEqual(["fail", "two-owners"]);
  });

  test("a node without power owns nothing", () => {
    expect(short(powerOff(), "S")[0]).toBe("pass");
  });

  test("unknown when nobody watched, even for a while", () => {
    expect(short(withoutAddresses(apacheKill()), "S")).toEqual(["unknown", "not-observed"]);
    const blind = (at: Run) => {
      at.serve("vm-node1", 500)
        .observer("vm-node2", false, "crashed")
        .serve("vm-node1", 500)
        .observer("vm-node2", true)
        .serve("vm-node1", 500);
    };
    expect(short(linkDown({ during: blind }), "S")).toEqual(["unknown", "not-observed"]);
  });
});

describe("unexpected-move", () => {
  const id = "unexpected-move";

  test("a move where none is needed", () => {
    const run = linkDown({
      during: (at) => {
        moveTo(at, "vm-node1", "vm-node2", 500);
      },
    });
    expect(short(run, id)).toEqual(["fail", "moved"]);
    expect(constraint(run, id).finding).toContain("192.168.1.60: vm-node1 → vm-node2");
  });

  test("there and back and there again", () => {
    const during = (at: Run) => {
      moveTo(at, "vm-node1", "vm-node2", 500);
      moveTo(at, "vm-node2", "vm-node1", 500);
      moveTo(at, "vm-node1", "vm-node2", 500);
    };
    expect(short(apacheKill({ during }), id)).toEqual(["fail", "flapping"]);
  });

  test("not moved at all, where no promise says why", () => {
    const run = powerOff({
      inject: (at) => at.inject(),
      during: (at) => at.serve("vm-node1", 5_000),
      after: (at) => at.serve("vm-node1", 5_000),
    });
    expect(short(run, id)).toEqual(["fail", "not-moved"]);
  });

  test("unknown without probes or without crm_mon", () => {
    expect(short(linkDown({ during: (at) => at.silence(5_000) }), id)).toEqual(["unknown", "probe-load"]);
    expect(short(withoutCluster(linkDown()), id)).toEqual(["unknown", "not-observed"]);
  });
});
