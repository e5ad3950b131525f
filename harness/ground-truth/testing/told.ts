import type { Trial } from "../../history/views/trial.js";
import type { Spell } from "../../timing/gap.js";
import { capturedGaps, lengthUs } from "./captured-gap.js";
import type { ReportedOf } from "./captured-interval.js";

/** Longer than any two answers of a healthy service are apart in a capture. */
const WORTH_TELLING_US = 50_000;
/** Probes at the two ends of a spell that explain it. */
const AROUND_US = 40_000;

/** In words, microseconds of the run: a trial's window, its reported spells with the probes at both ends, and the captured gaps. */
export function told(trial: Trial, answersUs: readonly number[], { name, gapOf, windowOf }: ReportedOf): string[] {
  const window = windowOf(trial);
  if (window === null) return [];
  const { fromUs, toUs } = window;
  const gaps = capturedGaps(answersUs).filter(
    (gap) => lengthUs(gap) >= WORTH_TELLING_US && gap.firstAnswerUs >= trial.startUs && gap.lastAnswerUs < trial.endUs,
  );
  return [
    `window of the ${name}: ${fromUs} to ${toUs}`,
    ...(gapOf(trial)?.spells ?? []).flatMap((spell) => [spellLine(spell), ...probesAround(trial, spell)]),
    ...gaps.map(({ lastAnswerUs, firstAnswerUs }) => `captured: no answer from ${lastAnswerUs} to ${firstAnswerUs}`),
  ];
}

function spellLine({ okBefore, darkByUs, firstFailure, lastFailure, okAfter, failed, minMs, maxMs }: Spell): string {
  const since = `answered ${okBefore?.atUs ?? "never"}, dark by ${darkByUs}`;
  const until = `last failure ${lastFailure.atUs}, answered ${okAfter?.endUs ?? "never"}`;
  return `reported: ${minMs} to ${maxMs ?? "..."} ms; ${since}; ${failed} failed from ${firstFailure.atUs}; ${until}`;
}

function probesAround({ probes }: Trial, { darkByUs, lastFailure }: Spell): string[] {
  return [darkByUs, lastFailure.atUs].flatMap((us) =>
    probes
      .filter(({ atUs, endUs }) => endUs >= us - AROUND_US && atUs <= us + AROUND_US)
      .map(({ outcome, atUs, sentUs, connectedUs, endUs }) => {
        return `  ${outcome}: at ${atUs}, sent ${sentUs ?? "-"}, accepted ${connectedUs ?? "-"}, end ${endUs}`;
      }),
  );
}
