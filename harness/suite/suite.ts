import { appendFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { HachaosError } from "../kernel/errors.js";
import { providerOf } from "../lab/providers.js";
import type { Scenario } from "../run/scenario.js";
import { labWorker } from "./cells/lab-worker.js";
import { heedParent, stopAsked } from "./heed-parent.js";
import { suiteName } from "./suite-name.js";
import type { LabLink, PlanLink, RunLink } from "./run-link.js";

/** The run hands out the trials of all suites of a file, so the first one has them done. */
let isAtWork = false;

/**
 * Declares a suite's tests. `place` is the suite file's own `import.meta.url`; cluster.yaml lies beside it. A file is loaded once to plan
 * the run, and once for each lab that does trials of it.
 */
export function suite(place: string, scenarios: Scenario[]): void {
  const link = linkFor(dirname(fileURLToPath(place)));
  if (link.purpose === "plan") plan(link, scenarios);
  else if (!isAtWork) work(link);
  isAtWork = true;
}

/** Each test only notes itself. */
function plan({ folder, list }: PlanLink, scenarios: Scenario[]): void {
  describe(suiteName(folder), () => {
    test.each(scenarios)("$name", (scenario) => {
      appendFileSync(list, `${JSON.stringify(scenario)}\n`);
    });
  });
}

function work(link: LabLink): void {
  const worker = labWorker(link, providerOf(link.provider), stopAsked);
  let release = () => undefined;
  describe(link.suite, () => {
    beforeAll(async () => {
      release = heedParent(worker.close);
      await worker.open();
    });
    test("the trials that this lab is given", worker.work);
    afterAll(async () => {
      await worker.close();
      release();
    });
  });
}

function linkFor(folder: string): RunLink {
  // Undefined when vitest alone was asked to run the file: then there is no run to write the history of.
  const given = inject("hachaos") as RunLink | undefined;
  if (given === undefined) throw new HachaosError("usage", `${folder} is a suite of hachaos`, { hint: `npx hachaos run ${folder}` });
  return given;
}
