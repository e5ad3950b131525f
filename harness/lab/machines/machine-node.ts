import { HachaosError, messageOf } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import type { ClusterNode, Host } from "../lab.js";
import { openEyes } from "../ssh/eyes.js";
import { connectionTo } from "./connect.js";
import type { Machine } from "./machine-host.js";

/** From the reset to its silence: reboot(2) with the file systems left as they are takes no time. */
const GONE_WITHIN_MS = 10_000;
/** How a command ends whose machine is gone (ssh-reach.ts, run). */
const KILLED = 137;
/** Firmware of a large server tests its memory for minutes before anything boots. */
const BACK_WITHIN_MS = 900_000;
/** corosync and pacemaker start within 5 s; a machine that has just booted may be busy with other services. */
const DAEMONS_WITHIN_MS = 60_000;

/**
 * A machine without a switch of its own at hand. It is never off for longer than it takes to boot: `powerOff` is a reset without any
 * farewell (reboot(2), nothing is written back), after which it boots by itself.
 */
export function machineNode({ target, isOn, drop }: Pick<Machine, "target" | "isOn" | "drop">, host: Host): ClusterNode {
  const { name } = target;
  return {
    ...host,
    openEyes: () => openEyes(connectionTo(target), target.access.user),
    isOn,
    async powerOff() {
      // It says no more than that it was not allowed to: from a reset nothing comes back.
      const reset = host.exec(["reboot", "--force", "--force", "--no-sync"], { timeoutMs: GONE_WITHIN_MS, allow: [0, KILLED] });
      const refused = await reset.then(
        () => null,
        (error: unknown) => (error instanceof HachaosError && error.code === "command-failed" ? error : null),
      );
      if (refused !== null)
        throw new HachaosError("fault-not-proven", `${name} cannot be reset: ${messageOf(refused)}`, { cause: refused });
      drop();
    },
    async powerOn() {
      await waitUntil(
        `${name} has booted and answers over ssh`,
        async () => ((await isOn()) ? { done: true, value: undefined } : { done: false, seen: "no answer" }),
        { timeoutMs: BACK_WITHIN_MS, everyMs: 500, code: "undo-not-proven" },
      );
      // Where they start at boot this waits for them; elsewhere whoever administers it would do the same.
      await host.exec(["systemctl", "start", "corosync", "pacemaker"], { timeoutMs: DAEMONS_WITHIN_MS });
    },
  };
}
