import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faultOf } from "../fault/registry.js";
import { HachaosError } from "../kernel/errors.js";
import type { Provider } from "../lab/provider.js";
import { providerOf } from "../lab/providers.js";
import { scenariosOf, type Scenario } from "../run/scenario.js";
import { runByVitest } from "./run-by-vitest.js";
import { STANDARD_SUITE, suiteFiles, type SuiteFile, type SuitesRequest } from "./suite-files.js";
import { suiteName } from "./suite-name.js";

/** One line of a plan: what a run would do. */
export interface PlannedTest {
  /** The suite's name in results. */
  suite: string;
  scenario: Scenario;
  from: SuiteFile;
}

export interface PlanRequest extends SuitesRequest {
  /** Only tests with this in their name. */
  filter?: string;
}

/**
 * What a run would do, without a lab: the suites' own files say so. Throws `capability-missing` for a fault that this provider's nodes are not
 * made for.
 */
export async function planSuites({ filter = "", ...request }: PlanRequest): Promise<PlannedTest[]> {
  const folder = mkdtempSync(join(tmpdir(), "hachaos-plan-"));
  try {
    const planned: PlannedTest[] = [];
    const several = (request.releases?.length ?? 0) > 1;
    for (const [index, from] of (await suiteFiles(request)).entries()) {
      const scenarios =
        from.file === STANDARD_SUITE ? scenariosOf(from.definition) : await scenariosIn(from, join(folder, `${index}.ndjson`));
      const suite = several ? suiteName(from.folder, from.definition.release) : suiteName(from.folder);
      planned.push(...scenarios.filter(({ name }) => name.includes(filter)).map((scenario) => ({ suite, scenario, from })));
    }
    for (const test of planned) checkNeeds(test, providerOf(request.provider));
    return planned;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkNeeds({ suite, scenario: { name, fault } }: PlannedTest, provider: Provider): void {
  if (fault === null || faultOf(fault.kind).needs === undefined || provider.virtual) return;
  throw new HachaosError(
    "capability-missing",
    `${suite}, ${name}: the fault ${fault.kind} needs virtual machines, and nodes of the provider ${provider.name} are none`,
    { hint: "use --provider vm" },
  );
}

/** The scenarios that a suite file declares, which vitest alone can load: each writes itself down. A file without any writes nothing. */
async function scenariosIn({ folder, file }: SuiteFile, list: string): Promise<Scenario[]> {
  await runByVitest(file, { purpose: "plan", folder, list });
  if (!existsSync(list)) return [];
  const lines = readFileSync(list, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Scenario);
}
