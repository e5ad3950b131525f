import { join } from "node:path";
import { firstOf, readHistory } from "../../history/read-history.js";
import { trialsOf, type Trial } from "../../history/views/trial.js";
import { engineMachine } from "../../lab/containers/engine-machine.js";
import { LABELS } from "../../lab/containers/labels.js";
import type { Sandbox } from "../../robustness/testing/sandbox.js";
import { startCapture, type Captured } from "./capture.js";
import { startWitness } from "./witness.js";

export interface CapturedRun {
  trials: Trial[];
  /** Its answers on the run's axis. */
  captured: Captured;
}

const PORT = 80;

/** Runs these scenarios, each `repeat` times, in one lab whose client's packets are captured from before the first trial to the end. */
export async function capturedRun(sandbox: Sandbox, name: string, scenarios: string, repeat: number): Promise<CapturedRun> {
  const run = sandbox.run(sandbox.suite(name, scenarios), "--keep", "--repeat", String(repeat));
  await sandbox.eventOf(run, "lab-ready");
  const container = (await sandbox.containers()).find(({ Labels }) => Labels[LABELS.host] === "client");
  if (container === undefined) throw new Error("the lab has no client");
  const { host: client } = engineMachine(sandbox.docker, container.Id, "client");
  const { definition } = await sandbox.eventOf(run, "suite-started");
  const stop = await startCapture(client, definition.service.address, PORT);
  startWitness(client, definition.service.address, PORT);
  const { exitCode, stdout, stderr } = await run.ended;
  const captured = await stop();
  const history = readHistory(join(sandbox.runFolder(), "history.ndjson"));
  const baseUs = firstOf(history.events, "run-started")?.baseUs;
  // A trial that failed or is invalid still says when the service was dark, and must be right.
  if (baseUs === undefined || ![0, 1, 4].includes(exitCode ?? -1)) throw new Error(`the run measured nothing\n${stdout}\n${stderr}`);
  return { trials: trialsOf(history), captured: { ...captured, answersUs: captured.answersUs.map((us) => us - baseUs) } };
}
