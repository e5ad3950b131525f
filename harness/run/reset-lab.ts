import { pause } from "../kernel/wait-until.js";
import type { Lab } from "../lab/lab.js";
import { TIMEOUT_MS } from "../probe/http-times.js";
import { waitForNormal } from "./heal-gate.js";
import { waitForObservers, type Session } from "./session.js";

/**
 * Puts a lab that can be reset back to what it was when it was ready, and waits until that is proven, by the same gate as healing. Returns
 * whether it is fit for another trial. To whoever reads the history its nodes were without power meanwhile: nothing of what was known of
 * them holds any more.
 */
export async function resetLab(session: Session, reset: NonNullable<Lab["reset"]>, signal: AbortSignal): Promise<boolean> {
  const { lab, record } = session;
  const started = performance.now();
  record({ type: "lab-step", step: "reset", ms: null });
  // Requests of the trial before are answered in their time: what a reset does to them is nothing that this cluster did.
  await pause(TIMEOUT_MS);
  const tellPower = (on: boolean) => {
    for (const { name } of lab.nodes) record({ type: "power", node: name, on });
  };
  tellPower(false);
  await reset(() => {
    tellPower(true);
  });
  await waitForObservers(session, signal);
  const { passed, missing } = await waitForNormal(session, signal);
  record({
    type: "lab-step",
    step: passed ? "reset" : `reset, not normal: ${missing.join("; ")}`,
    ms: Math.round(performance.now() - started),
  });
  return passed;
}
