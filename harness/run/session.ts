import { historyEvent, type HistoryEvent } from "../history/event.js";
import { slowDown } from "../cluster/slow-down.js";
import type { HistoryWriter, NewEvent } from "../history/history-writer.js";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { Host, Lab } from "../lab/lab.js";
import type { LabRequest, Provider } from "../lab/provider.js";
import { measureLoad } from "../probe/agents/measure-load.js";
import type { Observation, RunningProbe } from "../probe/probe.js";
import { PROBES } from "../probe/registry.js";
import { LiveState } from "./live-state.js";

/** A new event without its lab, which the session adds. */
export type SessionEvent = NewEvent extends infer E ? (E extends NewEvent ? Omit<E, "lab"> : never) : never;

/** A lab with its observers at work, all of which goes into the history as it happens. */
export interface Session {
  lab: Lab;
  live: LiveState;
  nowUs(): number;
  record(event: SessionEvent): void;
  /** Stops the observers, saves the nodes' logs and removes the lab (unless it is to stay). */
  close(): Promise<void>;
}

export interface SessionRequest extends Omit<LabRequest, "onStep"> {
  provider: Provider;
  history: HistoryWriter;
  logFolder: string;
}

/** Observers need a first look at everything before silence means something. */
const OBSERVERS_WITHIN_MS = 15_000;

/** Builds the lab and starts to watch it; what fails is in the history, and nothing is left behind. */
export async function openSession(request: SessionRequest): Promise<Session> {
  const { provider, history, name, logFolder, keep, signal } = request;
  const onStep = (step: string, ms: number | null) => {
    history.write({ type: "lab-step", lab: name, step, ms });
  };
  let lab: Lab;
  try {
    lab = await provider.start({ ...request, evidenceFolder: logFolder, onStep });
  } catch (error) {
    history.write({ type: "lab-failed", lab: name, ...failureOf(error) });
    throw error;
  }
  const session = await watchLab({ lab, history, logFolder, keep });
  try {
    const { lost } = session.lab;
    const stop = AbortSignal.any(signal ? [signal, lost] : [lost]);
    await waitForObservers(session, stop);
    await letProbesWarmUp(session, stop);
    return session;
  } catch (error) {
    session.record({ type: "lab-failed", ...failureOf(session.lab.lost.aborted ? session.lab.lost.reason : error) });
    await session.close();
    throw error;
  }
}

export interface WatchRequest {
  lab: Lab;
  history: HistoryWriter;
  logFolder: string;
  /** The lab outlives the session. */
  keep: boolean;
}

/** Starts to watch a lab, in whatever state it is, until the session is closed. What fails is in the history; a lab that is not to stay is removed then. */
export async function watchLab({ lab, history, logFolder, keep }: WatchRequest): Promise<Session> {
  const live = new LiveState();
  const record = (event: SessionEvent) => {
    const complete = { ...event, lab: lab.name, atUs: event.atUs ?? history.nowUs() } as HistoryEvent;
    history.write(complete);
    live.apply(complete);
  };
  const blind = new AbortController();
  const observe = (observation: Observation) => {
    try {
      const event = placed(observation, history, lab.name);
      // Of most switches the run knows: they are its own, and it told of them when it acted.
      if (event.type !== "power" || event.on !== live.hasPower(event.node)) record(event);
    } catch (error) {
      // What cannot be written down proves nothing any more; thrown here, it would end the process with the lab in its hands.
      blind.abort(error);
    }
  };
  const recordFailure = (error: unknown) => {
    record({ type: "lab-failed", ...failureOf(error) });
  };
  const probes: RunningProbe[] = [];
  const stopOwnLoad = measureLoad((load) => {
    observe({ type: "agent-load", node: "", name: "hachaos", ...load });
  });
  const close = async () => {
    stopOwnLoad();
    try {
      await Promise.all(probes.map((probe) => probe.stop()));
      await lab.collectLogs(logFolder);
    } finally {
      // Without an engine nothing can be removed now: the report says so, and how to do it later.
      if (!keep) await lab.destroy().catch(recordFailure);
    }
  };
  try {
    const { bonding, engine, image, versions, mechanisms, pace, macs, missing } = lab.facts;
    const nodes = Object.fromEntries(Object.entries(macs).map(([node, known]) => [node, { macs: known }]));
    record({ type: "lab-ready", bonding, engine, image, versions, mechanisms, pace, nodes, missing });
    for (const probe of PROBES) probes.push(await probe.start(lab, observe));
  } catch (error) {
    recordFailure(lab.lost.aborted ? lab.lost.reason : error);
    await close();
    throw error;
  }
  const watched = { ...withCommandsRecorded(lab, record), lost: AbortSignal.any([lab.lost, blind.signal]) };
  return { lab: watched, live, nowUs: () => history.nowUs(), record, close };
}

/** What a `lab-failed` event says of an error. */
export function failureOf(error: unknown): { code: string; message: string; hint: string } {
  // Nobody listens where the engine was (connect(2)).
  const unreachable = (error as NodeJS.ErrnoException).syscall === "connect";
  const { code, message, hint } =
    error instanceof HachaosError ? error : new HachaosError(unreachable ? "engine-lost" : "lab-lost", messageOf(error));
  return { code, message, hint };
}

/** Puts what an observer saw on the run's axis and checks that it is what the history's schema says. */
function placed(observation: Observation, history: HistoryWriter, lab: string): SessionEvent {
  const { us, ...seen } = observation;
  const atUs = us === undefined ? history.nowUs() : history.toRunUs(us);
  const times = Object.fromEntries(
    ["endUs", "scheduledUs", "sentUs", "connectedUs"].flatMap((key) =>
      typeof seen[key] === "number" ? [[key, history.toRunUs(seen[key])]] : [],
    ),
  );
  return historyEvent.parse({ ...seen, ...times, atUs, lab });
}

/** Until every node has been looked at and a request was answered or not; throws `lab-not-ready`. */
export async function waitForObservers({ lab, live }: Session, signal: AbortSignal): Promise<void> {
  await waitUntil(
    "every observer has had a first look",
    () => {
      const names = lab.nodes.map((node) => node.name);
      const blind = names.filter((node) => !live.clusterViews().some((view) => view.node === node));
      // Addresses are told with the carriers, in one look.
      const unwired = names.filter((node) =>
        lab.definition.bonds.some(({ nics }) => nics.some((nic) => live.carrier(node, nic) === undefined)),
      );
      const missing = [
        ...blind.map((node) => `crm_mon of ${node}`),
        ...unwired.map((node) => `the NICs of ${node}`),
        ...(live.answers(0, Infinity).length === 0 ? ["http probes"] : []),
      ];
      return missing.length === 0 ? { done: true, value: undefined } : { done: false, seen: `nothing yet from ${missing.join(", ")}` };
    },
    { timeoutMs: OBSERVERS_WITHIN_MS * slowDown(lab.facts), signal, code: "lab-not-ready" },
  );
}

/** Measured: an agent that starts beside the others was held up by 0.35 s once, and keeps its schedule after two or three seconds. */
const WARM_WITHIN_MS = 10_000;

/** A probe that still compiles its code sends late, which would spoil the first trial. Should it stay late, the judge will say so. */
async function letProbesWarmUp({ live, nowUs }: Session, signal: AbortSignal): Promise<void> {
  const onTime = () => (live.probesOnTime(nowUs()) ? { done: true as const, value: undefined } : { done: false as const, seen: "late" });
  await waitUntil("the probes keep their schedule", onTime, { timeoutMs: WARM_WITHIN_MS, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
  });
}

/** The same lab, but every command that faults run on it is noted. */
function withCommandsRecorded(lab: Lab, record: (event: SessionEvent) => void): Lab {
  const noted = <T extends Host>(host: T): T => ({
    ...host,
    exec: async (argv, options) => {
      const result = await host.exec(argv, options);
      record({ type: "command", node: host.name, argv, exitCode: result.exitCode, ms: result.ms });
      return result;
    },
  });
  return { ...lab, nodes: lab.nodes.map(noted), gateway: noted(lab.gateway), client: noted(lab.client) };
}
