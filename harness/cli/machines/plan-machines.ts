import { faultOf } from "../../fault/registry.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import type { Lab } from "../../lab/lab.js";
import { refuseMany } from "../../lab/machines/machines-journal.js";
import { inventoryOf } from "../../lab/machines/ssh-provider.js";
import type { Provider } from "../../lab/provider.js";
import { activeNow } from "../../run/active-now.js";
import { rehearseFault } from "../../run/rehearse-fault.js";
import { resolveTarget } from "../../run/targets.js";
import type { PlannedTest } from "../../suite/plan-suites.js";
import { machineLines, rehearsedLines } from "./machine-lines.js";

/**
 * Looks at the machines of every suite and shows what would be done to them, command by command, as things are now; nothing is changed. Throws
 * what connecting throws, and the first refusal once all was shown.
 */
export async function planMachines(planned: readonly PlannedTest[], provider: Provider, say: (line: string) => void): Promise<void> {
  const folders = [...new Set(planned.map(({ from }) => from.folder))];
  const refusals: Error[] = [];
  for (const folder of folders) {
    const tests = planned.filter(({ from }) => from.folder === folder);
    const [first] = tests;
    if (first === undefined) continue;
    const { definition } = first.from;
    const lab = await provider.start({ name: definition.name, definition, folder, keep: false, onStep: () => undefined });
    try {
      say(`the machines of ${definition.name}, which are there already:`);
      for (const line of machineLines(inventoryOf(definition))) say(line);
      for (const missing of lab.facts.missing) say(`not as the suite says: ${missing}`);
      for (const { scenario } of tests) refusals.push(...(await showTest(lab, scenario, say)));
    } finally {
      await lab.destroy();
    }
  }
  const [first] = refusals;
  if (first !== undefined) throw first;
}

/** Shows one test; returns why it is refused. */
async function showTest(lab: Lab, { name, fault }: PlannedTest["scenario"], say: (line: string) => void): Promise<Error[]> {
  if (fault === null) {
    say(`${name}: nothing is broken`);
    return [];
  }
  try {
    const { kind, params } = fault;
    const nodes = resolveTarget(lab, faultOf(kind), fault.target, await activeNow(lab, fault.target)).map((node) => node.name);
    refuseMany({ nodes }, [], inventoryOf(lab.definition).allowMany);
    const rehearsed = await rehearseFault(lab, { kind, nodes, params });
    say(`${name}: ${[kind, ...nodes].join(" ")}`);
    for (const line of rehearsedLines(rehearsed)) say(line);
    return [];
  } catch (error) {
    say(`${name}: ${messageOf(error)}`);
    if (!(error instanceof HachaosError)) throw error;
    return [new HachaosError(error.code, `${name}: ${error.message}`, { hint: error.hint, cause: error })];
  }
}
