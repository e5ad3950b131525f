import { describe, expect, test } from "vitest";
import { HOSTILE } from "../testing/hostile-run.js";
import { level, night } from "../testing/nights.js";
import { sampleRun } from "../testing/sample-run.js";
import { trendPage } from "./trend-page.js";
import { trendOf } from "./trend.js";

const sample = sampleRun().results;

describe("the trend of stored runs", () => {
  test("has every trial, the medians, and the run from which the level is another", () => {
    const runs = [...level(1, 13, 5_000), ...level(13, 21, 7_100)];
    const [trend] = trendOf(runs).tests;
    expect(trend?.runs.map(({ trials }) => trials.length)).toEqual(runs.map(() => 3));
    expect(trend?.runs[1]?.medianMs).toBe(5_010);
    expect(trend?.changes).toMatchObject([{ run: "2026-09-13T02-00-00-abcd", beforeMs: 5_010, afterMs: 7_110 }]);
  });

  test("keeps trials that never came back, and leaves out those that measured nothing", () => {
    const runs = [
      night(1, [5_000, null, null]),
      night(2, [5_000, 6_000], ({ tests: [test] }) => {
        if (test?.trials[1]) test.trials[1].verdict = "invalid";
      }),
      night(3, []),
    ];
    const [trend] = trendOf(runs).tests;
    expect(trend?.runs.map(({ count, medianMs }) => [count, medianMs])).toEqual([
      [3, null],
      [1, 5_000],
      [0, null],
    ]);
  });

  test("says what a run was made with other than the one before", () => {
    const runs = [
      night(1, [5_000]),
      night(2, [5_000], ({ run }) => {
        run.versions["pacemaker"] = "2.1.6";
      }),
    ];
    expect(trendOf(runs).tests[0]?.runs.map(({ changed }) => changed)).toEqual([[], [{ what: "pacemaker", from: "2.1.5", to: "2.1.6" }]]);
  });

  test("takes only tests with the given text in their name", () => {
    expect(
      trendOf([sample], [], "apache-kill")
        .tests.map(({ name }) => name)
        .sort(),
    ).toEqual(["apache-kill", "apache-kill without recurring monitor"]);
  });
});

describe("the history page", () => {
  const runs = [...level(1, 13, 5_000), ...level(13, 20, 7_100), night(20, [7_000, null])];
  const page = trendPage(trendOf(runs));

  test("draws a mark for every trial, the change of level, and a row with a link for every run", () => {
    expect(page.match(/class="dot"/g)).toHaveLength(58);
    expect(page.match(/class="endless"/g)).toHaveLength(1);
    expect(page).toContain(">+2.10 s</text>");
    expect(page.match(/href="runs\/2026-09-\d\dT02-00-00-abcd\/index\.html"/g)).toHaveLength(20);
    expect(page).toMatch(/\+2\.10 s since 2026-09-13, from 5\.01 s to 7\.11 s/);
  });

  test("holds no script, loads nothing, and its policy says so", () => {
    expect(page).toMatch(/default-src 'none'; style-src 'sha256-[^']+' 'sha256-[^']+'; img-src data:/);
    expect(page).not.toMatch(/<script|<img|<link (?!rel="icon")|@import|url\((?!#)|https?:/);
  });

  test("keeps hostile text inert", () => {
    const hostile = night(20, [5_000], ({ run, tests: [test] }) => {
      run.versions["corosync"] = HOSTILE;
      run.id = `../../${HOSTILE}`;
      if (test) test.name = HOSTILE;
    });
    const other = night(21, [5_000], ({ tests: [test] }) => {
      if (test) test.name = HOSTILE;
    });
    const text = trendPage(trendOf([hostile, other], [{ id: HOSTILE, why: HOSTILE }]));
    expect(text).not.toMatch(/<(script|img|\/script)|[\u0000\u001b\u202e]/);
    expect(text).not.toContain('href="runs/../');
  });

  test("says that nothing is stored, and which runs could not be read", () => {
    const empty = trendPage(trendOf([], [{ id: "2026-09-01T02-00-00-kill", why: "no results" }]));
    expect(empty).toContain("No run is stored");
    expect(empty).toContain("1 stored run could not be read: 2026-09-01T02-00-00-kill");
  });

  test("10,000 trials are a page of at most 5 MB", () => {
    const many = Array.from({ length: 1_000 }, (_, at) =>
      night(
        1 + (at % 28),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((ms) => 5_000 + ms + at),
      ),
    );
    expect(Buffer.byteLength(trendPage(trendOf(many)))).toBeLessThan(5_000_000);
  }, 60_000);
});
