import { messageOf } from "../kernel/errors.js";
import type { JournalEntry, Lab } from "../lab/lab.js";
import { alone, takeBack } from "../run/faults-in-force.js";

/** An undo that cannot be proven is tried again: a daemon may have been just about to start. After that, somebody must look. */
export const TRIES = 3;
/** Between two tries; pacemaker-controld and its attribute daemon need up to some seconds to agree after a start. */
const AGAIN_AFTER_S = 10;

/** How often each fault was tried, by its id. */
export type Tries = Map<string, number>;

/**
 * Takes back every fault whose lease is over, the last one first. Returns after how many seconds there will be something to do again;
 * Infinity when nothing will.
 */
export async function endLeases(lab: Lab, tries: Tries, say: (line: string) => void): Promise<number> {
  const due = (await waiting(lab, tries)).filter(({ leftS }) => leftS <= 0);
  for (const fault of due.toReversed()) {
    await alone(lab, `the end of the lease of ${fault.id}`, () => endLease(lab, fault.id, tries, say)).catch((error: unknown) => {
      // Somebody else is at work on the lab: the next round comes.
      say(`${fault.id}: ${messageOf(error)}`);
    });
  }
  const left = (await waiting(lab, tries)).map(({ id, leftS }) => (tries.has(id) ? AGAIN_AFTER_S : Math.max(0, leftS)));
  return Math.min(Infinity, ...left);
}

async function endLease(lab: Lab, id: string, tries: Tries, say: (line: string) => void): Promise<void> {
  const fault = (await lab.journal.list()).find((entry) => entry.id === id);
  // Taken back by somebody else while we waited for the lab.
  if (!fault) return;
  const tried = (tries.get(id) ?? 0) + 1;
  tries.set(id, tried);
  try {
    const evidence = await takeBack(lab, fault, () => undefined);
    say(`${id}: its lease of ${fault.leaseS} s is over, it is taken back: ${evidence.join("; ")}`);
  } catch (error) {
    say(`${id}: not taken back (${tried} of ${TRIES}): ${messageOf(error)}`);
  }
}

async function waiting(lab: Lab, tries: Tries): Promise<JournalEntry[]> {
  return (await lab.journal.list()).filter(({ id }) => (tries.get(id) ?? 0) < TRIES);
}
