import { expect, describe, test } from "vitest";
import { randomFor } from "../kernel/random.js";
import { compareRuns, FALSE_ALARMS } from "./compare-runs.js";
import { comparison } from "./comparison.js";
import type { Results } from "./results.js";
import { around, runWith } from "./testing/run-with.js";

const row = (baseline: Results, current: Results, what: string) =>
  compareRuns([baseline], current).rows.find((found) => (found.phase ?? found.what) === what);

describe("two runs", () => {
  test("two seconds more in ten trials each are slower, in the gap and in the phase that took them; the same turned round is faster", () => {
    const [before, after] = [runWith(around(5_000, 10)), runWith(around(7_000, 10))];
    const found = compareRuns([before], after);
    expect(comparison.parse(found)).toEqual(found);
    expect(found.rows.map((one) => [one.phase ?? one.what, one.verdict, one.shiftMs])).toEqual([
      ["gap", "slower", 2_000],
      ["fault", "within noise", 0],
      ["detection", "slower", 2_000],
      ["first answer", "within noise", 0],
    ]);
    expect(row(after, before, "gap")).toMatchObject({ verdict: "faster", shiftMs: -2_000 });
  });

  test("a shift that is sure but small is noise: 5 % of the median", () => {
    const found = row(runWith(around(50_000, 10)), runWith(around(52_000, 10)), "gap");
    expect(found).toMatchObject({ verdict: "within noise", shiftMs: 2_000 });
    expect(found?.adjustedP).toBeLessThan(0.05);
  });

  test("no closer than twice the probes' period can be told", () => {
    expect(row(runWith(around(100, 5)), runWith(around(100, 5)), "gap")?.noiseFloorMs).toBe(20);
  });

  test("three trials each are too few for any outcome, four are not", () => {
    expect(row(runWith(around(1_000, 3)), runWith(around(9_000, 3)), "gap")).toMatchObject({ verdict: "too few runs", p: null });
    expect(row(runWith(around(1_000, 4)), runWith(around(9_000, 4)), "gap")?.verdict).not.toBe("too few runs");
  });

  test("services that do not come back any more are slower, though nobody knows by how much", () => {
    const found = row(runWith(around(5_000, 10)), runWith(new Array<null>(10).fill(null)), "gap");
    expect(found).toMatchObject({ verdict: "slower", shiftMs: null, current: { censored: 10 } });
    // Half of them: the middle has hardly moved, and yet it is no noise.
    // Half of them, spread over all: the others take what they took.
    const half = around(5_000, 20).map((ms, index) => (index % 2 === 0 ? ms : null));
    expect(row(runWith(around(5_000, 20)), runWith(half), "gap")).toMatchObject({ verdict: "slower", current: { censored: 10 } });
  });

  test("a trial hangs in the first phase it did not finish; the later ones never began", () => {
    const after = runWith([...around(5_000, 9), null]);
    expect(row(runWith(around(5_000, 10)), after, "detection")?.current).toMatchObject({ count: 10, censored: 1 });
    expect(row(runWith(around(5_000, 10)), after, "first answer")?.current).toMatchObject({ count: 9, censored: 0 });
  });

  test("invalid trials are no samples, and are named", () => {
    const found = compareRuns([runWith(around(1_000, 5))], runWith(around(1_000, 5), {}, "invalid"));
    expect(found.rows[0]).toMatchObject({ verdict: "too few runs", currentMs: [] });
    const nothing = runWith([1], {}, "invalid");
    expect(compareRuns([nothing], nothing).rows.map((one) => [one.what, one.verdict])).toEqual([["gap", "too few runs"]]);
    expect(found.leftOut.current.map((left) => [left.trial, left.verdict])).toEqual([1, 2, 3, 4, 5].map((trial) => [trial, "invalid"]));
  });

  test("what changed is told: versions, provider, host, and configuration by its lines", () => {
    const [from, to] = ["token: 3000\njoin: 60", "token: 5000\njoin: 60"].map((text) => ({ "suites/failover/corosync.conf": text }));
    const before = runWith([1], { versions: { corosync: "3.1.7" }, configuration: from ?? {} });
    const after = runWith([1], {
      versions: { corosync: "3.1.9" },
      bonding: "ovs",
      host: { ...runWith([1]).run.host, cpus: 64 },
      configuration: to ?? {},
    });
    expect(compareRuns([before], after).changed).toEqual([
      { what: "bonding", from: "kernel", to: "ovs" },
      { what: "corosync", from: "3.1.7", to: "3.1.9" },
      { what: "host cpus", from: String(runWith([1]).run.host["cpus"]), to: "64" },
      { what: "suites/failover/corosync.conf", from: "token: 3000", to: "token: 5000" },
    ]);
    expect(compareRuns([before], before).changed).toEqual([]);
  });

  test("several baselines are pooled, and how far they lie apart is noise; unlike ones are refused", () => {
    const [one, two] = [runWith(around(5_000, 5)), runWith(around(6_500, 5))];
    const found = compareRuns([one, two], runWith(around(7_000, 10)));
    expect(found.rows[0]).toMatchObject({ noiseFloorMs: 1_500, baseline: { count: 10 } });
    expect(found.baseline.runs).toHaveLength(2);
    expect(() => compareRuns([one, runWith([1], { provider: "vm" })], two)).toThrow("cannot be pooled: provider differs");
  });
});

describe("false alarms and power, on skewed samples as failovers give them", () => {
  /** A wait for a monitor, evenly 0 to 10 s, and an exponential rest of 1 s in the middle. */
  const gaps = (name: string, count: number, moreMs = 0) =>
    Array.from({ length: count }, (_, index) => {
      const rest = -Math.log(1 - randomFor(1, name, index, "rest")) * 1_000;
      return 2_000 + randomFor(1, name, index, "wait") * 10_000 + rest + moreMs;
    });

  test.each([5, 10])(
    "of 400 pairs of equal runs with %i trials each, at most the level is called slower or faster",
    (count) => {
      const alarms = Array.from({ length: 400 }, (_, pair) =>
        compareRuns([runWith(gaps(`a${String(pair)}`, count))], runWith(gaps(`b${String(pair)}`, count))),
      ).filter(({ rows }) => rows.some(({ verdict }) => verdict === "slower" || verdict === "faster"));
      // Seen: 2.3 % with five, 4.5 % with ten trials each. Above 400 x 5 % by more than two deviations (4.4 each) in one of forty runs of this test; the seed is fixed.
      expect(alarms.length / 400).toBeLessThanOrEqual(FALSE_ALARMS + 0.022);
    },
    120_000,
  );

  test("two seconds more on failovers of 5 s with 1 s of spread are found in ten against ten", () => {
    const token = (name: string, more: number) => gaps(name, 10).map((ms) => 5_000 + ((ms - 2_000) / 10_000) * 1_000 + more);
    const found = Array.from({ length: 100 }, (_, pair) =>
      row(runWith(token(`c${String(pair)}`, 0)), runWith(token(`d${String(pair)}`, 2_000)), "gap"),
    ).filter((one) => one?.verdict === "slower");
    expect(found.length).toBeGreaterThanOrEqual(99);
  }, 120_000);
});
