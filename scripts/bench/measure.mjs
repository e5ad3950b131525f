/**
 * What a run's history says about hachaos' own time, in ms.
 * @typedef {{ steps: { step: string, ms: number }[], first200Ms: number | null, between: { after: string, ms: number }[], removalMs: number | null, probes: Probes | null, loads: Load[] }} Bench
 * @typedef {{ perSecond: number, lateP50Ms: number, lateP99Ms: number, latestMs: number }} Probes
 * @typedef {{ name: string, percent: number, lagMs: number }} Load
 * @typedef {{ type: string, atUs: number, step?: string, ms?: number | null, test?: string, outcome?: string, endUs?: number, scheduledUs?: number, name?: string, node?: string, overMs?: number, cpuMs?: number, lagMs?: number }} Event
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
    probes: probesIn(events),
    loads: loadsIn(events),
  };
}

/**
 * How many probes were sent a second, and how late.
 * @param {readonly Event[]} events
 * @returns {Probes | null}
 */
function probesIn(events) {
  const sent = events.filter(({ type }) => type === "http").sort((a, b) => a.atUs - b.atUs);
  const [first, last] = [sent[0], sent.at(-1)];
  if (first === undefined || last === undefined || last.atUs === first.atUs) return null;
  const late = sent.map(({ atUs, scheduledUs }) => (atUs - (scheduledUs ?? atUs)) / 1000).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => late[Math.max(0, Math.ceil(late.length * share) - 1)] ?? 0;
  return { perSecond: (sent.length - 1) / ((last.atUs - first.atUs) / 1e6), lateP50Ms: at(0.5), lateP99Ms: at(0.99), latestMs: at(1) };
}

/**
 * CPU of every agent of ours in % of a core, over all it told, and the longest delay of its event loop.
 * @param {readonly Event[]} events
 * @returns {Load[]}
 */
function loadsIn(events) {
  /** @type {Map<string, { cpuMs: number, overMs: number, lagMs: number }>} */
  const sums = new Map();
  for (const { type, name = "", node = "", cpuMs = 0, overMs = 0, lagMs = 0 } of events) {
    if (type !== "agent-load") continue;
    const key = node === "" ? name : `${name} on ${node}`;
    const sum = sums.get(key) ?? { cpuMs: 0, overMs: 0, lagMs: 0 };
    sums.set(key, { cpuMs: sum.cpuMs + cpuMs, overMs: sum.overMs + overMs, lagMs: Math.max(sum.lagMs, lagMs) });
  }
  return [...sums].map(([name, sum]) => ({ name, percent: (sum.cpuMs / sum.overMs) * 100, lagMs: sum.lagMs }));
}

/**
 * The bench for people: each step with its share, then what is the daemons' own, then what lies between tests.
 * @param {Bench} bench
 * @param {number} wallMs
 * @returns {string[]}
 */
export function benchLines({ steps, first200Ms, between, removalMs, probes, loads }, wallMs) {
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
    ...(probes === null ? [] : [probeLine(probes)]),
    ...loads.map(
      ({ name, percent, lagMs }) =>
        `${name.padEnd(22)} ${percent.toFixed(1)} % of a core, event loop held up ${lagMs.toFixed(0)} ms at most`,
    ),
    `the whole command: ${seconds(wallMs)}`,
  ];
}

/** @param {Probes} probes */
function probeLine({ perSecond, lateP50Ms, lateP99Ms, latestMs }) {
  const late = `p50 ${lateP50Ms.toFixed(1)} ms, p99 ${lateP99Ms.toFixed(1)} ms, latest ${latestMs.toFixed(1)} ms`;
  return `HTTP probes: ${perSecond.toFixed(1)} a second, sent late by ${late}`;
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
