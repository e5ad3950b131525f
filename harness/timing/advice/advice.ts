import type { Trial } from "../../history/views/trial.js";
import { failbackGapOf, faultGapOf } from "../gap.js";
import type { Phase } from "../phases.js";
import { ADVICE_RULES } from "./registry.js";
import type { Advice, AdviceRule, Observed } from "./rule.js";

/** Less is within what two runs of the same configuration differ by. */
const NOTICEABLE_MS = 100;

/** How the configuration could be faster, what saves most first. Empty: nothing was injected, or clients noticed nothing. */
export function adviceFor(trial: Trial, phases: readonly Phase[]): Advice[] {
  const { definition, started, marks } = trial;
  if (definition === null || started.fault === null || marks.proven === null) return [];
  const gap = faultGapOf(trial);
  if ((gap?.spells.length ?? 0) === 0) return [];
  return adviceOn({ definition, fault: started.fault, phases, gap, failbackGap: failbackGapOf(trial) });
}

/** What the rules say, sorted by what it saves; advice without a number comes first: it is about a gap without an end. */
export function adviceOn(observed: Observed, rules: readonly AdviceRule[] = ADVICE_RULES): Advice[] {
  const given = rules.flatMap((rule) => {
    const advice = rule.advise(observed);
    return advice === null || (advice.savesMs !== null && advice.savesMs < NOTICEABLE_MS) ? [] : [{ id: rule.id, ...advice }];
  });
  return given.sort((a, b) => (b.savesMs ?? Infinity) - (a.savesMs ?? Infinity));
}
