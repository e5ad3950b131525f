/**
 * A night of many trials, made from one that was really measured: the same events and findings, with other times and verdicts. Only for
 * how long reports take and how large they become; nothing in it says anything about a cluster.
 * @typedef {import("../../harness/check/results.js").Results} Results
 * @typedef {import("../../harness/check/results.js").TrialResult} TrialResult
 * @typedef {import("../../harness/history/event.js").HistoryEvent} HistoryEvent
 * @typedef {{ tests: number, repetitions: number, histories: number }} Size `histories`: trials that have their events, the first ten of each test
 */

const HISTORIES_PER_TEST = 10;
/** Shares of trials that go another way than the template. */
const FAILED = 0.03;
const NEVER_BACK = 0.01;
const INVALID = 0.01;

/**
 * @param {Results} results of the run that is multiplied; its last trial is the template
 * @param {readonly HistoryEvent[]} events of the same run
 * @param {Size} size
 * @returns {{ results: Results, events: HistoryEvent[] }}
 */
export function syntheticRun(results, events, { tests, repetitions, histories }) {
  const random = seeded(1);
  const test = results.tests.at(-1);
  const template = test?.trials.at(-1);
  if (test === undefined || template === undefined) throw new Error("the run to multiply has no trial");
  const [fromUs, toUs] = [template.startMs * 1000, template.endMs * 1000];
  const inTrial = events.filter((event) => event.atUs >= fromUs && event.atUs <= toUs);
  const before = events.filter((event) => event.atUs < fromUs && event.type !== "trial-started" && event.type !== "http");
  /** @type {HistoryEvent[]} */
  const all = [];
  let left = histories;
  const made = Array.from({ length: tests }, (_, index) => {
    const name = `apache-kill ${index + 1}`;
    const lab = `lab${index + 1}`;
    if (left > 0) all.push(...before.map((event) => ("lab" in event ? { ...event, lab } : event)));
    const trials = Array.from({ length: repetitions }, (_, repetition) => {
      const shiftMs = repetition * (template.endMs - template.startMs + 100);
      if (repetition < HISTORIES_PER_TEST && left-- > 0)
        all.push(...inTrial.map((event) => moved(event, { lab, name, trial: repetition + 1, shiftMs })));
      return varied(template, repetition + 1, shiftMs, random);
    });
    const verdict = /** @type {const} */ (["fail", "invalid", "pass"]).find((each) => trials.some((trial) => trial.verdict === each));
    return { suite: test.suite, name, verdict: verdict ?? "pass", trials };
  });
  return { results: { ...results, verdict: "fail", tests: made }, events: all.sort((a, b) => a.atUs - b.atUs) };
}

/**
 * @param {TrialResult} template
 * @param {number} trial
 * @param {number} shiftMs
 * @param {() => number} random
 * @returns {TrialResult}
 */
function varied(template, trial, shiftMs, random) {
  const factor = 0.6 + random() * 0.8;
  const draw = random();
  const never = draw < NEVER_BACK;
  const verdict = draw < FAILED + NEVER_BACK ? "fail" : draw < FAILED + NEVER_BACK + INVALID ? "invalid" : "pass";
  const base = template.gap ?? { minMs: 0, maxMs: 0 };
  const longer = verdict === "fail" ? template.budgetMs / Math.max(base.minMs, 1) : 1;
  const time = (/** @type {number} */ ms) => Math.round(ms * factor * longer * 1000) / 1000;
  const copy = structuredClone(template);
  return {
    ...copy,
    trial,
    verdict,
    reason: verdict === "pass" ? "" : `made for measuring: ${verdict}`,
    gap: never ? { minMs: time(base.minMs), maxMs: null } : { minMs: time(base.minMs), maxMs: time(base.maxMs ?? base.minMs) },
    constraints: copy.constraints.map((each) =>
      verdict === "fail" && each.id === "gap" ? { ...each, verdict: "fail", reason: never ? "never-recovered" : "over-budget" } : each,
    ),
    startMs: template.startMs + shiftMs,
    faultMs: template.faultMs === null ? null : template.faultMs + shiftMs,
    healMs: template.healMs === null ? null : template.healMs + shiftMs,
    endMs: template.endMs + shiftMs,
  };
}

/**
 * @param {HistoryEvent} event
 * @param {{ lab: string, name: string, trial: number, shiftMs: number }} to
 * @returns {HistoryEvent}
 */
function moved(event, { lab, name, trial, shiftMs }) {
  const shiftUs = Math.round(shiftMs * 1000);
  const at = { ...event, ...("lab" in event ? { lab } : {}), atUs: event.atUs + shiftUs };
  if (at.type === "trial-started") return { ...at, test: name, trial };
  return at.type === "http" ? { ...at, endUs: at.endUs + shiftUs, scheduledUs: at.scheduledUs + shiftUs } : at;
}

/** Park and Miller's generator: the same night every time. @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
