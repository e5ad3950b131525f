import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExpectedViolation } from "../cluster/definition.js";
import type { EventOf, HistoryEvent } from "../history/event.js";
import { parseHistory, type History } from "../history/read-history.js";
import { aRun, onNode } from "../history/testing/history-builder.js";
import { sampleDefinition } from "../history/testing/sample-definition.js";
import { apacheKill, baseline, gatewayBlackhole, linkDown, powerOff, type Run } from "../history/testing/scenarios.js";
import { exitCodeOf } from "./exit-code.js";
import { judge } from "./judge.js";
import { checkerIds, checkers } from "./registry.js";
import { results } from "./results.js";
import { judged } from "./testing/judged.js";

const empty: History = { events: [], truncated: null, unknownTypes: {} };
const whole = apacheKill().events();
const dark = (at: Run) => at.dark(20_000);

/** The maquette without a recurring monitor, where a violation of C3 is declared. */
function article(expected: Partial<ExpectedViolation> | null = {}) {
  return sampleDefinition((definition) => {
    for (const resource of definition.pacemaker.crm.resources) resource.ops = [];
    const declared = { test: "apache-kill", violates: ["C3", "gap"], because: "no-recurring-monitor", why: "no interval" };
    definition.expected = expected === null ? [] : [{ ...declared, ...expected }];
  });
}
const constraintsOf = (run: Run) => Object.fromEntries(judged(run).constraints.map((one) => [one.id, one.verdict]));

describe("judge", () => {
  test("gives results of the public schema, the same each time, also from the stored text", () => {
    for (const run of [apacheKill(), gatewayBlackhole(), powerOff(), linkDown(), baseline()]) {
      const found = judge(run.history());
      expect(results.parse(found)).toEqual(found);
      expect(judge(parseHistory(run.ndjson(), "built"))).toEqual(found);
      expect([found.verdict, exitCodeOf(found)]).toEqual(["pass", 0]);
    }
  });

  test("tells tests as they were planned, whichever lab was the first to begin one, and what no plan names last", () => {
    const inLab = (lab: string, run: Run) => run.events().flatMap((event) => ("lab" in event ? [{ ...event, lab }] : []));
    const [began, ended] = [whole.find(({ type }) => type === "run-started")!, whole.find(({ type }) => type === "run-ended")!];
    const plan = ["baseline", "apache-kill"].map((test) => ({ suite: "failover", test, trials: 1 }));
    const names = (...head: HistoryEvent[]) => {
      const later = inLab("two", baseline()).map((event) => ({ ...event, atUs: event.atUs + 1 }));
      const events = [...head, ...inLab("one", apacheKill()), ...later, ...inLab("three", linkDown()), ended].sort(
        (a, b) => a.atUs - b.atUs,
      );
      return judge({ ...empty, events }).tests.map(({ name }) => name);
    };
    expect(names(began)).toEqual(["apache-kill", "link-down", "baseline"]);
    expect(names({ ...began, plan } as HistoryEvent)).toEqual(["baseline", "apache-kill", "link-down"]);
    const run = { ...(began as EventOf<"run-started">), plan };
    const part: HistoryEvent = { type: "part", atUs: 0, run, endedUs: 1, interrupted: false, labs: ["one", "two", "three"] };
    expect(names(began, part), "merged").toEqual(["baseline", "apache-kill", "link-down"]);
  });

  test("tells which Debian release a test ran on; with several, of each fact which release it is of", () => {
    const of = (lab: string, release: string, debian: string) => {
      const definition = sampleDefinition((made) => (made.release = release));
      const run = baseline()
        .events()
        .flatMap((event): HistoryEvent[] => {
          if (!("lab" in event)) return [];
          const own = { ...event, lab } as HistoryEvent;
          if (own.type === "suite-started") return [{ ...own, suite: `failover (${release})`, definition }];
          if (own.type === "trial-started") return [{ ...own, suite: `failover (${release})` }];
          return [own.type === "lab-ready" ? { ...own, versions: { debian, kernel: "6.18" } } : own];
        });
      return run;
    };
    const [began, ended] = [whole.find(({ type }) => type === "run-started")!, whole.find(({ type }) => type === "run-ended")!];
    const events = [began, ...of("one", "bookworm", "12.12"), ...of("two", "trixie", "13.2"), ended].sort((a, b) => a.atUs - b.atUs);
    const found = judge({ ...empty, events });
    expect(found.tests.map(({ suite, release }) => [suite, release])).toEqual([
      ["failover (bookworm)", "bookworm"],
      ["failover (trixie)", "trixie"],
    ]);
    expect(found.run.versions).toMatchObject({ debian: "12.12 (bookworm); 13.2 (trixie)", kernel: "6.18" });
  });

  test("heads them with what ran", () => {
    const { run } = judge(baseline().history());
    expect(run).toMatchObject({
      id: "2026-01-02T03-04-05-abcd",
      endedAt: "2026-01-02T03:04:35.000Z",
      bonding: "kernel",
      image: "sha256:0",
    });
    expect(run.versions).toMatchObject({ corosync: "3.1.7", hachaos: "0.1.0", kernel: "6.1.0" });
  });

  test("an unexpected violation fails the run", () => {
    const found = judge(apacheKill({ definition: article(null), during: dark, after: (at) => at.serve("vm-node1", 3_000) }).history());
    expect([found.verdict, exitCodeOf(found)]).toEqual(["fail", 1]);
    expect(found.tests[0]?.trials[0]?.reason).toMatch(/^C3: nobody served/);
  });

  test("trials of one test stand together, and the worst decides", () => {
    const run = aRun().trial({ test: "baseline", fault: null, servedBy: "same", trial: 2 }).serve("vm-node1", 1_000).gate().end();
    run.trial({ test: "baseline", fault: null, servedBy: "same", trial: 1 }).dark(1_000).gate().end().close();
    const found = judge(run.history());
    expect(found.tests.map((one) => [one.name, one.verdict, one.trials.map((trial) => [trial.trial, trial.verdict])])).toEqual([
      [
        "baseline",
        "fail",
        [
          [1, "fail"],
          [2, "pass"],
        ],
      ],
    ]);
  });

  test("a trial refused because the one before left the lab dirty is invalid; the run fails for what made it dirty", () => {
    const run = aRun().trial({ test: "one" }).serve("vm-node1", 1_000).inject().serve("vm-node1", 1_000).heal().gate(["bond0"]).end();
    run.trial({ test: "two" }).end("not-started", "the lab is dirty").close();
    const found = judge(run.history());
    expect(found.tests.map((one) => one.verdict)).toEqual(["fail", "invalid"]);
    expect(found.tests[1]?.trials[0]).toMatchObject({ reason: "not started: the lab is dirty", constraints: [] });
    expect([found.verdict, exitCodeOf(found)]).toEqual(["fail", 1]);
  });

  test("a lab that could not be built, or was lost, is an error", () => {
    const failure = { type: "lab-failed", lab: "lab-1", code: "lab-not-ready", message: "no quorum", hint: "look" } as const;
    const unbuilt = judge(aRun().add(failure).close().history());
    expect([unbuilt.verdict, exitCodeOf(unbuilt)]).toEqual(["error", 3]);
    expect(unbuilt.errors).toEqual([{ suite: "failover", code: "lab-not-ready", message: "no quorum", hint: "look" }]);
    const lost = aRun().trial().serve("vm-node1", 1_000).end("lost", "the engine is gone").close();
    expect(judged(lost)).toMatchObject({ verdict: "error", reason: "the engine is gone" });
  });

  test("stopped by the user is interrupted: in a trial, while the lab is built, between two trials", () => {
    const inTrial = judge(aRun().trial().serve("vm-node1", 1_000).end("interrupted", "Ctrl-C").close().history());
    const inLab = judge(
      aRun().add({ type: "lab-failed", lab: "lab-1", code: "interrupted", message: "Ctrl-C", hint: "" }).close().history(),
    );
    const between = judge({
      ...empty,
      events: [...whole.slice(0, -1), { type: "run-ended", atUs: 99_000_000, load1: 0, interrupted: true }],
    });
    for (const found of [inTrial, inLab, between]) expect([found.verdict, exitCodeOf(found)]).toEqual(["interrupted", 130]);
  });

  test("without probe load nothing is proven, whatever the checkers say", () => {
    const run = apacheKill({ during: (at) => at.silence(5_000).vip("vm-node2", true).silence(5_000).cluster(onNode("vm-node2")) });
    expect(judged(run).constraints.find((one) => one.id === "S")?.verdict).toBe("fail");
    expect(judged(run)).toMatchObject({ verdict: "invalid", reason: "probe load not proven: no HTTP probes were sent", gap: null });
    expect(exitCodeOf(judge(run.history()))).toBe(4);
  });

  test("what could not be judged makes the trial invalid, unless something else was violated", () => {
    const blind = (at: Run) => at.serve("vm-node1", 500).observer("vm-node2", false, "crashed").serve("vm-node1", 500);
    expect(judged(linkDown({ during: blind })).verdict).toBe("invalid");
    expect(judged(linkDown({ during: (at) => blind(at).dark(500).serve("vm-node1", 500) })).verdict).toBe("fail");
  });

  test("a checker that throws is unknown, and the others still judge", () => {
    const broken = {
      id: "broken",
      title: "Broken",
      summary: "",
      promises: [],
      check: () => {
        throw new Error("oops");
      },
    };
    const trial = judge(baseline().history(), [...checkers, broken]).tests[0]?.trials[0];
    expect(trial?.constraints.at(-1)).toMatchObject({ id: "broken", verdict: "unknown", finding: "the checker failed: oops" });
    expect(trial?.constraints.some((one) => one.verdict === "pass")).toBe(true);
    expect(trial?.verdict).toBe("invalid");
  });
});

describe("expected violations", () => {
  test("found for their reason: kept", () => {
    const run = apacheKill({ definition: article(), during: dark, after: (at) => at.serve("vm-node1", 3_000) });
    expect(constraintsOf(run)).toMatchObject({ C3: "expected", gap: "expected", C1: "pass", S: "pass" });
    expect(judge(run.history()).verdict).toBe("pass");
  });

  test("not found: a violation of its own", () => {
    const run = apacheKill({ definition: article() });
    const c3 = judged(run).constraints.filter((one) => one.id === "C3");
    expect(c3).toMatchObject([{ verdict: "fail", reason: "expected-violation-not-found" }]);
    expect(c3[0]?.finding).toContain("vm-node2 serves");
    expect(exitCodeOf(judge(run.history()))).toBe(1);
  });

  test("found for another reason: still a violation", () => {
    const run = apacheKill({ definition: article({ because: "restarted-in-place" }), during: dark });
    expect(constraintsOf(run)).toMatchObject({ C3: "fail", gap: "fail" });
    const any = apacheKill({ definition: article({ because: null }), during: dark });
    expect(constraintsOf(any)).toMatchObject({ C3: "expected", gap: "expected" });
  });

  test("the catcher itself must carry the reason", () => {
    const caught = (caughtBy: string) =>
      apacheKill({ definition: article({ caughtBy }), during: dark, after: (at) => at.serve("vm-node1", 3_000) });
    expect(constraintsOf(caught("C3"))).toMatchObject({ C3: "expected", gap: "expected" });
    expect(constraintsOf(caught("gap"))).toMatchObject({ C3: "fail", gap: "fail" });
  });

  test("a silent catcher fails, whatever else is violated", () => {
    const expected = { violates: ["C4", "gap"], caughtBy: "C4", because: "no-gateway-rule", mayViolate: ["C3"] };
    const run = apacheKill({ definition: article(expected), during: dark, after: (at) => at.serve("vm-node1", 3_000) });
    expect(constraintsOf(run)).toMatchObject({ C4: "fail", gap: "fail", C3: "fail" });
  });

  test("what may be violated is kept either way", () => {
    const expected = { violates: ["gap"], because: null, mayViolate: ["C3", "S"] };
    const run = apacheKill({ definition: article(expected), during: dark, after: (at) => at.serve("vm-node1", 3_000) });
    expect(constraintsOf(run)).toMatchObject({ gap: "expected", C3: "expected", S: "pass" });
    expect(judge(run.history()).verdict).toBe("pass");
  });

  test("where nothing is broken, a dark time is what was expected", () => {
    const definition = article({ test: "baseline", violates: ["gap"], because: "dark-without-fault" });
    expect(constraintsOf(baseline({ definition, during: dark }))).toMatchObject({ gap: "expected" });
    const other = article({ test: "baseline", violates: ["gap", "C1"], caughtBy: "C1", because: "not-on-preferred-node" });
    const run = baseline({ definition: other, during: (at) => at.cluster({ vip: "vm-node1", httpd: null }).dark(20_000) });
    expect(constraintsOf(run)).toMatchObject({ gap: "expected", C1: "expected" });
  });

  test("in another test they do not count, and what nobody judges is not found", () => {
    expect(constraintsOf(apacheKill({ definition: article({ test: "link-down" }), during: dark }))).toMatchObject({ C3: "fail" });
    expect(constraintsOf(apacheKill({ definition: article({ violates: ["C9"], because: null }) }))).toMatchObject({ C9: "fail" });
  });

  test("what could not be judged is neither found nor missed", () => {
    const run = apacheKill({ definition: article(), during: (at) => at.silence(9_000) });
    expect(constraintsOf(run)).toMatchObject({ C3: "unknown", gap: "unknown" });
    expect(judged(run).verdict).toBe("invalid");
  });
});

describe("whatever is left of a history", () => {
  test("an empty one proves nothing", () => {
    expect(judge(empty)).toMatchObject({ verdict: "invalid", tests: [], run: { id: "", endedAt: null } });
  });

  test("cut anywhere, it is judged and never passes", () => {
    for (let length = 0; length < whole.length; length += length < 20 || length > whole.length - 20 ? 1 : 17) {
      expect(judge({ ...empty, events: whole.slice(0, length) }).verdict).not.toBe("pass");
    }
  });

  test("with any events missing, it is judged without throwing, by the public schema", () => {
    const run = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(run, (keep) => {
        const events = whole.filter(() => keep.next().value === true);
        expect(results.safeParse(judge({ ...empty, events })).success).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("cut in the middle of a line, or killed between two suites, it is interrupted", () => {
    const text = apacheKill().ndjson();
    expect(judge(parseHistory(text.slice(0, -10), "cut")).verdict).toBe("interrupted");
    expect(judge({ ...empty, events: whole.slice(0, -1) }).verdict).toBe("interrupted");
  });
});

test("checkers have names of their own, and those without promises use them in results", () => {
  const ids = checkers.map((checker) => checker.id);
  expect(new Set(ids).size).toBe(ids.length);
  const own = judged(apacheKill())
    .constraints.map((one) => one.id)
    .filter((id) => ids.includes(id));
  expect(own.sort()).toEqual([...checkerIds].sort());
});
