import type { EventOf } from "../../history/event.js";
import { aRun } from "../../history/testing/history-builder.js";
import { trialsOf, type Trial } from "../../history/views/trial.js";
import { PERIOD_MS, TIMEOUT_MS } from "../../probe/http-times.js";

/** What a dark service does with a new request: the node answers for it, or nobody does. */
export type Dark = "refuses" | "is silent";

export interface DarkTime {
  fromUs: number;
  lengthUs: number;
  how: Dark;
  /** So long before, one of the two processes that serve dies; 0: both die at once. Of one that refuses. */
  earlierUs: number;
  /** What was accepted is still answered. Of one that refuses. */
  finishes: boolean;
}

/** All of a trial that matters to its gaps, microseconds from its start. */
export interface Simulation {
  injectUs: number;
  healUs: number;
  endUs: number;
  /** Beginnings of dark times, each `lengthUs` long, in order and apart. */
  dark: DarkTime[];
  /** Of the probe's first request, and of the witness's. */
  phasesUs: [number, number];
  /** In turn: a packet's way, how long the service takes to answer, and how late the client is to notice. */
  waysUs: number[];
  takesUs: number[];
  latesUs: number[];
}

interface Request {
  outcome: "ok" | "refused" | "reset" | "timeout";
  sentUs: number;
  connectedUs: number | null;
  endUs: number;
  /** When the first data of its answer arrived. */
  answeredUs: number | null;
}

const PERIOD_US = PERIOD_MS * 1000;
const LIMIT_US = TIMEOUT_MS * 1000;
/** Of witness.ts. */
const WITNESS_US = 7_000;

/** A trial as the probe would have told it, and when the packets of all good answers would have been captured. */
export function simulated(given: Simulation): { trial: Trial; answersUs: number[] } {
  const { injectUs, healUs, endUs } = given;
  const run = aRun()
    .silence(10_000)
    .trial()
    .silence(injectUs / 1000)
    .inject()
    .silence((healUs - injectUs) / 1000);
  const history = run
    .heal()
    .silence((endUs - healUs) / 1000)
    .end()
    .history();
  const [trial] = trialsOf(history);
  if (trial === undefined) throw new Error("no trial");
  const zeroUs = trial.startUs;
  const requests = (periodUs: number, phaseUs: number) =>
    Array.from({ length: Math.ceil((endUs + LIMIT_US - phaseUs) / periodUs) }, (_none, index) => {
      const atUs = phaseUs + index * periodUs;
      return { atUs, ...request(given, atUs, index) };
    });
  const [probes, witness] = [requests(PERIOD_US, given.phasesUs[0]), requests(WITNESS_US, given.phasesUs[1])];
  trial.probes = probes
    .filter(({ atUs }) => atUs < endUs)
    .map(({ atUs, outcome, sentUs, connectedUs, endUs }): EventOf<"http"> => ({
      ...{ type: "http", lab: trial.lab, atUs: zeroUs + atUs, scheduledUs: zeroUs + atUs, sentUs: zeroUs + sentUs, endUs: zeroUs + endUs },
      ...{ connectedUs: connectedUs === null ? null : zeroUs + connectedUs, outcome, status: null, servedBy: null, error: null },
    }));
  const answersUs = [...probes, ...witness].flatMap(({ answeredUs }) => (answeredUs === null ? [] : [zeroUs + answeredUs]));
  return { trial, answersUs: answersUs.sort((a, b) => a - b) };
}

function request({ dark, waysUs, takesUs, latesUs }: Simulation, atUs: number, index: number): Request {
  const [wayUs, takes, lateUs] = [nth(waysUs, index), nth(takesUs, index), nth(latesUs, index)];
  const sentUs = atUs + Math.min(lateUs, 300);
  const arrivesUs = sentUs + wayUs;
  const acceptedUs = arrivesUs + wayUs + lateUs;
  const doneUs = arrivesUs + takes;
  const downAt = dark.find(({ fromUs, lengthUs }) => arrivesUs >= fromUs && arrivesUs < fromUs + lengthUs);
  const silence = { outcome: "timeout", sentUs, endUs: atUs + LIMIT_US + lateUs, answeredUs: null } as const;
  if (downAt?.how === "is silent") return { ...silence, connectedUs: null };
  if (downAt) return { outcome: "refused", sentUs, connectedUs: null, endUs: arrivesUs + wayUs + lateUs, answeredUs: null };
  for (const { fromUs, how, earlierUs, finishes } of dark) {
    // Every other request is accepted by the one that dies first.
    const diesUs = how === "refuses" && index % 2 === 0 && arrivesUs < fromUs - earlierUs ? fromUs - earlierUs : fromUs;
    if (diesUs <= arrivesUs || diesUs > doneUs) continue;
    if (how === "is silent") return { ...silence, connectedUs: acceptedUs };
    const endUs = Math.max(diesUs + wayUs, acceptedUs) + lateUs;
    if (diesUs < fromUs || !finishes) return { outcome: "reset", sentUs, connectedUs: acceptedUs, endUs, answeredUs: null };
  }
  const answeredUs = doneUs + wayUs;
  return { outcome: "ok", sentUs, connectedUs: acceptedUs, endUs: answeredUs + lateUs, answeredUs };
}

function nth(values: readonly number[], index: number): number {
  return values[index % values.length] ?? 0;
}
