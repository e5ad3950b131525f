import { once } from "node:events";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { withLimit } from "../../kernel/with-limit.js";
import type { Lab } from "../lab.js";
import type { Machine } from "./machine.js";

/** A node's power-on, the longest undo, takes 5 to 8 s, and some times that on a busy machine. */
const FREE_WITHIN_S = 30;
/** What the engine may take beyond that, on a machine busy with other labs. */
const ANSWER_WITHIN_MS = (FREE_WITHIN_S + 20) * 1000;
/** Nobody has it for longer, should whoever has it be stopped (SIGSTOP) and neither go on nor die: all limits of a power-on together. */
const HELD_AT_MOST_S = 180;

/**
 * flock(1) in the fabric. Whoever has it writes down what for, for the others to read. It is let go when the standard input closes,
 * which the engine does when we die: no lock outlives its holder. $1: what for, as JSON; $2: the folder.
 */
const HOLD = `
mkdir -p "$2" && exec 9<>"$2/lock"
if ! flock --nonblock 9; then
  holder=$(cat "$2/lock")
  echo "{\\"busy\\":\${holder:-\\"somebody\\"}}"
  flock --timeout ${FREE_WITHIN_S} 9 || exit 1
fi
printf %s "$1" >"$2/lock"
echo '{"held":true}'
cat >/dev/null`;

/** Only one at a time changes the lab. */
export function labLock(holder: Pick<Machine, "stream">, { name = "fabric", folder = "/var/lib/hachaos" } = {}): Lab["lock"] {
  return async (purpose, onWait) => {
    const has = new AbortController();
    let other = "somebody";
    const hold = ["timeout", String(HELD_AT_MOST_S), "sh", "-c", HOLD, "sh", JSON.stringify(purpose), folder];
    const answer = async () => {
      const agent = await holder.stream(hold, (message) => {
        const told = message as { busy: string } | { held: true };
        if ("held" in told) {
          has.abort();
          return;
        }
        other = told.busy;
        onWait?.(other);
      });
      return { agent, refused: await Promise.race([once(has.signal, "abort").then(() => null), agent.ended]) };
    };
    const { agent, refused } = await withLimit(answer(), ANSWER_WITHIN_MS, "no answer").catch((cause: unknown) => {
      throw new HachaosError("lab-lost", `${name}: cannot lock the lab: ${messageOf(cause)}`, { cause });
    });
    if (refused === null) return { release: () => agent.stop() };
    throw new HachaosError("lab-busy", `the lab is not free for ${purpose}: another hachaos is at ${other}`);
  };
}
