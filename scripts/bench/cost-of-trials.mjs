import { ACCOUNTS } from "./lab-accounts.mjs";

/**
 * CPU time used by account since some beginning, at a time of CLOCK_MONOTONIC.
 * @typedef {{ us: number, ms: Record<string, number> }} Sample
 * `wallMs`: the trial's length; `ms`: CPU time by part of the trial and account; `afterFailbackMs`: from the failback's end to the next trial's
 * start and to its fault (without the wait that is drawn), null for the last.
 * @typedef {{ wallMs: number, ms: Record<string, Record<string, number>>, afterFailbackMs: { start: number, fault: number } | null }} TrialCost
 * @typedef {{ type: string, atUs: number, baseUs?: number, endUs?: number, phaseMs?: number, outcome?: string }} Event
 */

const PARTS = [
  { part: "before", from: "trial-started", to: "fault-injecting" },
  { part: "dark, watched", from: "fault-injecting", to: "fault-healing" },
  { part: "boot", from: "fault-healing", to: "fault-healed" },
  { part: "back, gate", from: "fault-healed", to: "trial-ended" },
];

/**
 * @param {string} history NDJSON of a run with trials that all have a fault
 * @param {readonly Sample[]} samples
 * @returns {TrialCost[]}
 */
export function costOf(history, samples) {
  const events = history.split("\n").filter(Boolean).map(parsed);
  const baseUs = events[0]?.baseUs ?? 0;
  const probes = events.filter(({ type }) => type === "http");
  const inTrial = (/** @type {number} */ fromUs, /** @type {number} */ toUs) => probes.filter(({ atUs }) => atUs >= fromUs && atUs < toUs);
  const starts = events.filter(({ type }) => type === "trial-started");
  const at = (/** @type {string} */ type, /** @type {number} */ fromUs) =>
    events.find((event) => event.type === type && event.atUs >= fromUs)?.atUs ?? NaN;
  return starts.map(({ atUs: startUs }, index) => {
    const endUs = at("trial-ended", startUs);
    const next = starts[index + 1];
    /** @type {TrialCost["ms"]} */
    const ms = {};
    for (const { part, from, to } of PARTS) ms[part] = between(samples, baseUs + at(from, startUs), baseUs + at(to, startUs));
    const backUs = backAt(inTrial(startUs, endUs));
    const afterFailbackMs =
      next === undefined
        ? null
        : { start: (next.atUs - backUs) / 1000, fault: (at("fault-injecting", next.atUs) - backUs) / 1000 - (next.phaseMs ?? 0) };
    return { wallMs: (endUs - startUs) / 1000, ms, afterFailbackMs };
  });
}

/** When the service was back for good: the first good answer to what was asked after the last question in vain. @param {readonly Event[]} probes */
function backAt(probes) {
  const lastInVainUs = Math.max(...probes.filter(({ outcome }) => outcome !== "ok").map(({ atUs }) => atUs));
  return Math.min(...probes.filter(({ atUs }) => atUs > lastInVainUs).map(({ endUs = NaN }) => endUs));
}

/**
 * CPU time by account between two times.
 * @param {readonly Sample[]} samples @param {number} fromUs @param {number} toUs
 */
function between(samples, fromUs, toUs) {
  const [before, after] = [usedAt(samples, fromUs), usedAt(samples, toUs)];
  return Object.fromEntries(Object.entries(after).map(([account, ms]) => [account, ms - (before[account] ?? 0)]));
}

/** Evenly between two looks. @param {readonly Sample[]} samples @param {number} us @returns {Record<string, number>} */
function usedAt(samples, us) {
  const next = samples.findIndex((sample) => sample.us >= us);
  const [a, b] = [samples[next - 1] ?? samples.at(-1), samples[next] ?? samples.at(-1)];
  if (a === undefined || b === undefined) return {};
  const share = b.us === a.us ? 0 : (us - a.us) / (b.us - a.us);
  return Object.fromEntries(
    Object.entries(b.ms).map(([account, ms]) => [account, (a.ms[account] ?? 0) + share * (ms - (a.ms[account] ?? 0))]),
  );
}

/** For people. @param {readonly TrialCost[]} trials @returns {string[]} */
export function costLines(trials) {
  const mean = (/** @type {string} */ part, /** @type {string} */ account) =>
    trials.reduce((sum, { ms }) => sum + (ms[part]?.[account] ?? 0), 0) / trials.length / 1000;
  const parts = PARTS.map(({ part }) => part);
  const sumOf = (/** @type {readonly string[]} */ accounts) =>
    parts.map((part) => accounts.reduce((sum, account) => sum + mean(part, account), 0));
  const row = (/** @type {string} */ name, /** @type {number[]} */ values) =>
    `${name.padEnd(28)} ${[...values, values.reduce((a, b) => a + b, 0)].map((value) => value.toFixed(2).padStart(14)).join("")}`;
  const names = Object.keys(ACCOUNTS);
  const of = (/** @type {string} */ who) => names.filter((name) => ACCOUNTS[/** @type {keyof typeof ACCOUNTS} */ (name)] === who);
  const walls = trials.map(({ wallMs }) => wallMs / 1000);
  return [
    `one power-off trial in core-seconds, mean of ${trials.length}; each took ${walls.map((s) => s.toFixed(1)).join(", ")} s`,
    `${"".padEnd(28)} ${[...parts, "together"].map((part) => part.padStart(14)).join("")}`,
    ...names.map((name) => row(name, sumOf([name]))),
    row("the cluster's own", sumOf(of("cluster"))),
    row("ours", sumOf(of("ours"))),
    row("all of these", sumOf(names)),
    row("the whole machine", sumOf(["the whole machine"])),
    ...trials.flatMap(({ afterFailbackMs: after }, index) =>
      after === null
        ? []
        : [
            `after the failback of trial ${index + 1}: next trial ${(after.start / 1000).toFixed(2)} s, its fault ${(after.fault / 1000).toFixed(2)} s and the wait drawn`,
          ],
    ),
  ];
}

/** @param {string} line @returns {Event} */
function parsed(line) {
  /** @type {unknown} */
  const event = JSON.parse(line);
  return /** @type {Event} */ (event);
}
