import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scenario } from "../run/scenario.js";
import { runByVitest } from "./run-by-vitest.js";
import { suiteFiles, type SuiteFile } from "./suite-files.js";

/** One line of a plan: what a run would do. */
export interface PlannedTest {
  /** The suite's name in results. */
  suite: string;
  scenario: Scenario;
  from: SuiteFile;
}

export interface PlanRequest {
  /** Folders with a cluster.yaml. */
  suites: readonly string[];
  provider: string;
  filter?: string;
}

/** What a run would do, without a lab: the suites' own files say so. */
export async function planSuites(request: PlanRequest): Promise<PlannedTest[]> {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-plan-"));
  try {
    const planned: PlannedTest[] = [];
    for (const [index, suite] of (await suiteFiles(request)).entries()) {
      const planFile = join(folder, `${index}.ndjson`);
      const nowhere = {
        runId: "plan",
        historyFile: "",
        nodesFolder: "",
        baseUs: 0,
        labName: "plan",
        repeat: 1,
        seed: 0,
        keep: false,
        tests: null,
      };
      const { provider, filter = "" } = request;
      await runByVitest(suite.file, { ...nowhere, folder: suite.folder, provider, filter, planFile });
      planned.push(...linesOf(planFile).map((line) => ({ ...(JSON.parse(line) as Pick<PlannedTest, "suite" | "scenario">), from: suite })));
    }
    return planned;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A suite of which the filter leaves nothing writes no file. */
function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
