import type { MachinesDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import { sshReach } from "../ssh/ssh-reach.js";
import type { Machine } from "./machine-host.js";
import { readWayIn, type WayIn } from "./way-in.js";

/** Without these a node cannot be watched, or a fault there could not end by itself. */
const NEEDED = [
  "systemd-run",
  "systemctl",
  "ip",
  "crm_mon",
  "crm_resource",
  "cibadmin",
  "corosync-cmapctl",
  "corosync-cfgtool",
  "flock",
  "timeout",
  "stdbuf",
];

/** $1: the marker; then the commands. Tells what is missing, a word each. */
const LOOK = `
[ -e "$1" ] || echo marker
shift
for command in "$@"; do command -v "$command" >/dev/null || echo "$command"; done`;

/**
 * Whether faults are allowed on a node, and can end by themselves there; nothing is changed. Returns how we come in. Throws with a message of
 * its own for each: `sudo-missing`, `faults-not-allowed`, `capability-missing`, and what connecting throws.
 */
export async function preflight(machine: Machine, { marker }: Pick<MachinesDefinition, "marker">): Promise<WayIn | null> {
  const { target, host } = machine;
  const { name, access } = target;
  const asUser = sshReach({ get: machine.connect, drop: machine.drop });
  const way = await asUser.run(["printenv", "SSH_CONNECTION"], { timeoutMs: 10_000 });
  if (access.user !== "root") {
    const sudo = await asUser.run(["sudo", "-n", "true"], { timeoutMs: 10_000 });
    if (sudo.exitCode !== 0) {
      throw new HachaosError("sudo-missing", `${name}: ${access.user} cannot become root without a password: ${sudo.stderr.trim()}`);
    }
  }
  const missing = (await host.exec(["sh", "-c", LOOK, "sh", marker, ...NEEDED])).stdout.split("\n").filter(Boolean);
  if (missing.includes("marker")) {
    throw new HachaosError("faults-not-allowed", `${name} has no ${marker}: nothing is broken there`, {
      hint: `where faults are wanted, its owner makes the file: install -D /dev/null ${marker}`,
    });
  }
  if (missing.includes("systemd-run")) {
    throw new HachaosError("capability-missing", `${name} has no systemd-run: a fault there would not end by itself`, {
      hint: "hachaos breaks only machines that run systemd",
    });
  }
  if (missing.length > 0)
    throw new HachaosError("capability-missing", `${name} has no ${missing.join(", no ")}`, { hint: `install it on ${name}` });
  return readWayIn(way.stdout);
}
