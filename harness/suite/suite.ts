import { appendFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { judge } from "../check/judge.js";
import type { TestResult } from "../check/results.js";
import { loadDefinition } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import { openHistory, type HistoryWriter } from "../history/history-writer.js";
import { HachaosError } from "../kernel/errors.js";
import { providerOf } from "../lab/providers.js";
import { runTrial, skipTrial } from "../run/conductor.js";
import { drawPhaseMs } from "../run/draw-phase.js";
import type { Scenario } from "../run/scenario.js";
import { openSession, type Session } from "../run/session.js";
import { heedParent, stopAsked } from "./heed-parent.js";
import type { RunLink } from "./run-link.js";

/**
 * Declares a suite: one lab, and one vitest test per scenario, in order. `place` is the suite file's own
 * `import.meta.url`; cluster.yaml lies beside it. A test fails with what the judge found.
 */
export function suite(place: string, scenarios: Scenario[]): void {
  const link = linkFor(dirname(fileURLToPath(place)));
  const chosen = scenarios.filter(({ name }) => name.includes(link.filter) && (link.tests?.includes(name) ?? true));
  describe(suiteName(link), () => {
    if (link.planFile === null) runAll(link, chosen);
    else planAll(link.planFile, link, chosen);
  });
}

function runAll(link: RunLink, scenarios: Scenario[]): void {
  const name = suiteName(link);
  let history: HistoryWriter | undefined;
  let session: Session | undefined;
  let dirtyAfter: string | null = null;
  /** What is going on with the lab; it heals what it broke before it settles. */
  let busy: Promise<unknown> = Promise.resolve();
  let torn: Promise<void> | undefined;
  let release = () => undefined;

  async function closeAll(): Promise<void> {
    await busy.catch(() => undefined);
    await session?.close();
    history?.write({ type: "suite-ended", lab: link.labName, suite: name });
    history?.close();
  }
  const tearDown = () => (torn ??= closeAll());

  beforeAll(async () => {
    release = heedParent(tearDown);
    const definition = await loadDefinition(link.folder, { faultKinds: Object.keys(FAULTS) });
    history = openHistory(link.historyFile, { baseUs: link.baseUs });
    const started = { type: "suite-started", atUs: history.nowUs(), lab: link.labName, suite: name, definition, pid: process.pid } as const;
    history.write(started);
    const { keep, labName, folder, nodesFolder: logFolder } = link;
    const request = { provider: providerOf(link.provider), history, name: labName, definition, folder, keep, logFolder, signal: stopAsked };
    busy = openSession(request).then((opened) => (session = opened));
    await busy;
    session?.recent.note(started);
  });

  for (const scenario of scenarios) {
    test(scenario.name, async (context) => {
      if (stopAsked.aborted) context.skip("interrupted");
      if (!session) throw new HachaosError("lab-lost", "there is no lab");
      session.recent.begin();
      for (let trial = 1; trial <= link.repeat; trial += 1) {
        const phaseMs = drawPhaseMs(session.lab.definition, scenario, { seed: link.seed, suite: name, trial });
        const request = { suite: name, scenario, trial, phaseMs, signal: stopAsked };
        if (dirtyAfter !== null) {
          skipTrial(session, request, `the lab did not get back to normal after ${dirtyAfter}`);
          continue;
        }
        const going = runTrial(session, request);
        busy = going;
        if (!(await going)) dirtyAfter = scenario.name;
      }
      const [result] = judge(session.recent.history()).tests;
      failUnlessPassed(result);
    });
  }

  afterAll(async () => {
    await tearDown();
    release();
  });
}

/** A dry run registers the same tests, and each only notes itself. */
function planAll(planFile: string, link: RunLink, scenarios: Scenario[]): void {
  test.each(scenarios)("$name", (scenario) => {
    appendFileSync(planFile, `${JSON.stringify({ suite: suiteName(link), scenario })}\n`);
  });
}

/** The suite's name in results: its folder as one would type it. */
function suiteName(link: RunLink): string {
  return relative(process.cwd(), link.folder) || basename(link.folder);
}

function linkFor(folder: string): RunLink {
  // Undefined when vitest alone was asked to run the file: then there is no run to write the history of.
  const given = inject("hachaos") as RunLink | undefined;
  if (given === undefined) throw new HachaosError("usage", `${folder} is a suite of hachaos`, { hint: `npx hachaos run ${folder}` });
  return given;
}

function failUnlessPassed(result: TestResult | undefined): void {
  if (!result) throw new Error("the history has no such test");
  if (result.verdict === "pass") return;
  const findings = result.trials.flatMap((trial) => trial.constraints.filter(({ verdict }) => verdict === "fail" || verdict === "unknown"));
  const lines = findings.map(({ id, verdict, finding }) => `  ${id} ${verdict}: ${finding}`);
  throw new Error(
    [`${result.name}: ${result.verdict}`, ...lines, ...result.trials.map((trial) => trial.reason).filter(Boolean)].join("\n"),
  );
}
