import { join } from "node:path";
import { trialsOf, type Trial } from "../../history/views/trial.js";
import { firstOf, readHistory } from "../../history/read-history.js";
import { containerHost } from "../../lab/containers/container-host.js";
import { LABELS } from "../../lab/containers/labels.js";
import type { Sandbox } from "../../robustness/testing/sandbox.js";
import { startCapture, type Captured } from "./capture.js";
import type { Connection } from "./connections.js";
import { startWitness } from "./witness.js";

export interface CapturedRun {
  trials: Trial[];
  /** On the run's axis. */
  connections: Connection[];
  captured: Captured;
}

const PORT = 80;

/** Runs these scenarios, each `repeat` times, in one lab whose client's packets are captured from before the first trial to the end. */
export async function capturedRun(sandbox: Sandbox, name: string, scenarios: string, repeat: number): Promise<CapturedRun> {
  const run = sandbox.run(sandbox.suite(name, scenarios), "--keep", "--repeat", String(repeat));
  await sandbox.eventOf(run, "lab-ready");
  const container = (await sandbox.containers()).find(({ Labels }) => Labels[LABELS.host] === "client");
  if (container === undefined) throw new Error("the lab has no client");
  const client = containerHost(sandbox.docker, container.Id, "client");
  const { definition } = await sandbox.eventOf(run, "suite-started");
  const stop = await startCapture(client, definition.service.address, PORT);
  startWitness(client, definition.service.address, PORT);
  const { exitCode, stdout, stderr } = await run.ended;
  const captured = await stop();
  const { events } = readHistory(join(sandbox.runFolder(), "history.ndjson"));
  const base = firstOf(events, "run-started")?.baseUs;
  if (base === undefined || exitCode === null || exitCode > 1) throw new Error(`the run measured nothing\n${stdout}\n${stderr}`);
  const onAxis = (us: number | null) => (us === null ? null : us - base);
  const connections = captured.connections.map(({ synUs, acceptedUs, answeredUs }) => ({
    ...{ synUs: synUs - base, acceptedUs: onAxis(acceptedUs), answeredUs: onAxis(answeredUs) },
  }));
  return { trials: trialsOf(readHistory(join(sandbox.runFolder(), "history.ndjson"))), connections, captured };
}
