import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import { DEFINITION_FILE } from "../cluster/load-definition.js";
import type { EventOf, EventType } from "../history/event.js";
import { allOf, firstOf, type History } from "../history/read-history.js";
import { HachaosError } from "../kernel/errors.js";

export interface SavedSuite {
  file: string;
  /** Names of its tests, in order. */
  tests: string[];
  /** Trials that no test can repeat, because several faults were in force at once. */
  leftOut: string[];
}

/** Of a session's events these are all that a suite is made of. */
export const SAVED_FROM: readonly EventType[] = ["suite-started", "trial-started", "fault-injecting"];

/**
 * Writes what was done in a lab as a suite: a new folder with a cluster.yaml that extends the lab's own suite and lists the tests. What was
 * done twice is one test: `--repeat` is the way to do it often. Throws `usage` when the folder is not empty or there is nothing to save.
 */
export function saveSuite({ events }: Pick<History, "events">, folder: string): SavedSuite {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new HachaosError("usage", `${folder} is there already and not empty`, { hint: "name a new folder" });
  }
  const base = firstOf(events, "suite-started")?.folder ?? "";
  if (!existsSync(join(base, DEFINITION_FILE))) {
    throw new HachaosError("usage", `the suite of this lab is not known or gone: ${base || "this was no live session"}`, {
      hint: "save what was done in a session of hachaos console, watch or play",
    });
  }
  const { tests, leftOut } = testsOf({ events });
  if (tests.length === 0) throw new HachaosError("usage", "nothing was broken that a test could repeat, so there is nothing to save");
  const text = stringify({ extends: relative(folder, base) || ".", tests }, { collectionStyle: "any", lineWidth: 140 });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, DEFINITION_FILE);
  writeFileSync(file, `# What was done by hand in a live lab, in this order. docs/suite.md says what else may stand here.\n${text}`);
  return { file, tests: tests.map(({ name }) => name), leftOut };
}

/** What was saved, what was not, and what to do with it, in lines. */
export function savedLines({ tests, leftOut }: SavedSuite, folder: string): string[] {
  return [
    ...leftOut.map((trial) => `left out: ${trial}: several faults were in force at once`),
    tests.join(", "),
    `hachaos run ${folder} does it again`,
  ];
}

interface SavedTest {
  name: string;
  fault?: string;
  target?: string;
  params?: Record<string, string | number | boolean>;
  expect?: "same" | "standby";
  watch?: string;
}

function testsOf({ events }: Pick<History, "events">): { tests: SavedTest[]; leftOut: string[] } {
  const trials = allOf(events, "trial-started");
  const injected = allOf(events, "fault-injecting");
  const isOfSeveral = (trial: EventOf<"trial-started">, index: number) => {
    const nextUs = trials[index + 1]?.atUs ?? Infinity;
    return injected.filter(({ atUs }) => atUs >= trial.atUs && atUs < nextUs).length > 1;
  };
  const single = trials.filter((trial, index) => !isOfSeveral(trial, index));
  const tests = new Map<string, SavedTest>();
  for (const trial of single) {
    const saved = testOf(trial);
    const { name, ...rest } = saved;
    // The same name with another NIC, say, is another test.
    const key = JSON.stringify(rest);
    if (!tests.has(key)) tests.set(key, { ...saved, name: uniqueName(name, tests) });
  }
  return { tests: [...tests.values()], leftOut: trials.filter(isOfSeveral).map(({ test, trial }) => `${test} ${String(trial)}`) };
}

function testOf({ test, fault, expect, watchMs }: EventOf<"trial-started">): SavedTest {
  if (fault === null) return { name: test, ...(typeof watchMs === "number" && { watch: `${String(watchMs)}ms` }) };
  const { kind, target, params } = fault;
  return {
    name: test,
    fault: kind,
    ...(target !== "" && { target }),
    ...(Object.keys(params).length > 0 && { params }),
    expect: expect.servedBy,
  };
}

function uniqueName(wanted: string, tests: ReadonlyMap<string, SavedTest>): string {
  const taken = new Set([...tests.values()].map(({ name }) => name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${String(count)}`;
  return name;
}
