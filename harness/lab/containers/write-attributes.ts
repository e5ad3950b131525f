import { pingAttribute, pingResource } from "../../cluster/resources.js";
import { waitUntil } from "../../kernel/wait-until.js";
import type { Lab } from "../lab.js";
import { lookEveryMs, slowDown } from "../../cluster/slow-down.js";

/** The agents' first look ends 2 s after the nodes are members; on a busy machine this follows the wait for the service (wait-ready.ts). */
const NOTED_WITHIN_MS = 40_000;

/**
 * A value that the ping agent notes for the first time waits out its dampening (`dampen`, 5 s by default) before pacemaker-attrd writes it to
 * the CIB, and a rule that needs it keeps the service down as long. While a lab is built nothing is gained by that: as soon as the agents of
 * all nodes have noted what they saw, attrd is told to write its values now, attrd_updater(8) --refresh. It ends the pending wait
 * (attrd_write_attribute, ignore_delay), as the end of the dampening would have, and changes neither the value nor the dampening of
 * later ones.
 */
export async function writeAttributesOnceNoted({ definition, nodes, facts }: Lab, signal: AbortSignal): Promise<void> {
  const ping = pingResource(definition);
  const [first] = nodes;
  if (ping === null || first === undefined) return;
  const query = ["attrd_updater", "--query", "--all", "--name", pingAttribute(ping)];
  await waitUntil(
    "the ping agents have noted what they saw",
    async () => {
      const noted = await first.exec(query, { allow: "any" });
      const known = nodesIn(noted.stdout);
      const missing = nodes.map(({ name }) => name).filter((name) => !known.includes(name));
      return missing.length === 0 ? { done: true, value: undefined } : { done: false, seen: `nothing of ${missing.join(", ")}` };
    },
    { timeoutMs: NOTED_WITHIN_MS * slowDown(facts), everyMs: lookEveryMs(150, facts), signal },
  );
  // Each attrd has a wait of its own for the same value; the one that may write to the CIB is any of them.
  await Promise.all(nodes.map((node) => node.exec(["attrd_updater", "--refresh"])));
}

/** Those that have a value, in what attrd_updater says: name="pingd" host="vm-node1" value="1000". */
export function nodesIn(said: string): string[] {
  return [...said.matchAll(/ host="([^"]*)" value="[^"]+"/g)].map(([, host = ""]) => host);
}
