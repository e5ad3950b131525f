import type { Gap, Spell } from "../timing/gap.js";
import { cite, duration } from "./constraint.js";
import type { Evidence } from "./results.js";

/** The probes that show a dark time. */
export function spellEvidence(spell: Spell): Evidence[] {
  const { firstFailure, lastFailure, okAfter } = spell;
  const evidence = [cite(firstFailure, `first failure: ${firstFailure.outcome}`)];
  if (spell.failed > 1) evidence.push(cite(lastFailure, `last of ${String(spell.failed)} failures: ${lastFailure.outcome}`));
  if (okAfter !== null) evidence.push(cite(okAfter, `first answer, from ${okAfter.servedBy ?? "the service"}`));
  return evidence;
}

/** For example "the service was dark for 4.10 s to 4.20 s (160 failed requests; budget 15.0 s)" or "... 3 times, together up to 9.80 s". */
export function spellsText(gap: Gap, budgetMs?: number): string {
  const failed = gap.spells.reduce((sum, spell) => sum + spell.failed, 0);
  const longest = gap.maxMs === null ? `for ${duration(gap.minMs)} at least` : `for ${duration(gap.minMs)} to ${duration(gap.maxMs)}`;
  const requests = `${String(failed)} failed ${failed === 1 ? "request" : "requests"}${budgetMs === undefined ? "" : `; budget ${duration(budgetMs)}`}`;
  if (gap.spells.length < 2) return `the service was dark ${longest} (${requests})`;
  const all = gap.totalMaxMs === null ? "" : `, together up to ${duration(gap.totalMaxMs)}`;
  return `the service was dark ${String(gap.spells.length)} times, the longest ${longest}${all} (${requests})`;
}
