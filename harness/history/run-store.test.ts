import { mkdtempSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createRun, findRun, listRuns, type RunFolder } from "./run-store.js";

let reports: string;
beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), "hachaos-run-store-"));
});
afterEach(() => {
  rmSync(reports, { recursive: true });
});

function stored(at: string): RunFolder {
  const run = createRun(reports, new Date(at));
  writeFileSync(run.history, "");
  return run;
}

describe("run store", () => {
  test("ids tell the time and sort by it", () => {
    const runs = ["2026-11-22T17:55:03Z", "2026-01-02T03:04:05Z"].map(stored);
    expect(runs[0]?.id).toMatch(/^2026-11-22T17-55-03-[a-z2-9]{4}$/);
    expect(listRuns(reports)).toEqual([runs[1]?.id, runs[0]?.id]);
  });

  test("latest points to the newest, by a relative link", () => {
    stored("2026-11-22T17:55:03Z");
    const second = stored("2026-11-22T17:55:04Z");
    expect(readlinkSync(join(reports, "latest"))).toBe(`runs/${second.id}`);
    expect(findRun(reports).id).toBe(second.id);
  });

  test("found by id, by the beginning of it, by folder and by file", () => {
    const run = stored("2026-11-22T17:55:03Z");
    stored("2026-11-23T17:55:03Z");
    for (const name of [run.id, "2026-11-22", run.dir, run.history]) expect(findRun(reports, name).dir).toBe(run.dir);
  });

  test("no run, and more than one that fits, are refused", () => {
    expect(() => findRun(reports)).toThrow(/no run latest/);
    stored("2026-11-22T17:55:03Z");
    stored("2026-11-22T17:55:04Z");
    expect(() => findRun(reports, "2026-11")).toThrow(/fits 2 runs/);
    expect(() => findRun(reports, "x")).toThrow(/no run x/);
  });

  test("a folder named latest is left alone", () => {
    mkdirSync(join(reports, "latest"));
    expect(() => createRun(reports)).toThrow(/is a folder/);
  });
});
