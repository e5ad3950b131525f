/**
 * What a run's history says about hachaos' own time, in ms.
 * @typedef {{ steps: { step: string, ms: number }[], first200Ms: number | null, between: { after: string, ms: number }[], removalMs: number | null }} Bench
 * @typedef {{ type: string, atUs: number, step?: string, ms?: number | null, test?: string, outcome?: string, endUs?: number }} Event
 */

/** The aim for a cold lab with the image present. */
const AIM_MS = 14_000;
/** In these steps hachaos only waits for corosync and pacemaker. */
const DAEMONS = ["membership", "service"];

/**
 * @param {string} history NDJSON of one run
 * @returns {Bench}
 */
export function measure(history) {
  const events = history.split("\n").filter(Boolean).map(parsed);
  const steps = events.flatMap(({ type, step, ms }) =>
    type === "lab-step" && step !== undefined && typeof ms === "number" ? [{ step, ms }] : [],
  );
  const began = events.find(({ type }) => type === "suite-started")?.atUs ?? 0;
  const answers = events.flatMap(({ type, outcome, endUs }) => (type === "http" && outcome === "ok" && endUs !== undefined ? [endUs] : []));
  const ended = events.findLast(({ type }) => type === "trial-ended")?.atUs;
  const removed = events.findLast(({ type }) => type === "suite-ended")?.atUs;
  return {
    steps,
    first200Ms: answers.length === 0 ? null : (Math.min(...answers) - began) / 1000,
    between: betweenTests(events),
    removalMs: ended === undefined || removed === undefined ? null : (removed - ended) / 1000,
  };
}

/**
 * The bench for people: each step with its share, then what is the daemons' own, then what lies between tests.
 * @param {Bench} bench
 * @param {number} wallMs
 * @returns {string[]}
 */
export function benchLines({ steps, first200Ms, between, removalMs }, wallMs) {
  const total = sum(steps);
  const floor = sum(steps.filter(({ step }) => DAEMONS.includes(step)));
  const longest = steps.reduce((a, b) => (b.ms > a.ms ? b : a), { step: "", ms: 0 });
  const missed = total > AIM_MS ? `, ${seconds(total - AIM_MS)} more than the aim; most of it in ${longest.step}` : "";
  return [
    ...steps.map(({ step, ms }) => `${step.padEnd(22)} ${seconds(ms).padStart(8)} ${String(Math.round((ms / total) * 100)).padStart(4)} %`),
    `${"cold lab".padEnd(22)} ${seconds(total).padStart(8)}  (aim ${seconds(AIM_MS)}${missed})`,
    `${"floor: the daemons' own".padEnd(22)} ${seconds(floor)}, waiting for ${DAEMONS.join(" and ")}`,
    `first 200 after ${first200Ms === null ? "?" : seconds(first200Ms)}, observers started`,
    ...between.map(({ after, ms }) => `between ${after} and the next test: ${seconds(ms)}`),
    `removing the lab: ${removalMs === null ? "?" : seconds(removalMs)}`,
    `the whole command: ${seconds(wallMs)}`,
  ];
}

/** From one test's healing (it serves again as before the fault) to the next test's start.
 * @param {readonly Event[]} events
 */
function betweenTests(events) {
  const found = [];
  /** @type {{ test: string, atUs: number } | null} */
  let last = null;
  let test = "";
  for (const event of events) {
    if (event.type === "trial-started") {
      if (last !== null) found.push({ after: last.test, ms: (event.atUs - last.atUs) / 1000 });
      last = null;
      test = event.test ?? "";
    }
    if (event.type === "fault-healed") last = { test, atUs: event.atUs };
  }
  return found;
}

/** @param {readonly { ms: number }[]} steps */
function sum(steps) {
  return steps.reduce((total, { ms }) => total + ms, 0);
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/**
 * @param {string} line
 * @returns {Event}
 */
function parsed(line) {
  /** @type {unknown} */
  const event = JSON.parse(line);
  return /** @type {Event} */ (event);
}
