import { HachaosError } from "../../kernel/errors.js";
import type { Host } from "../lab.js";
import { rehearsing, type Rehearsed } from "../rehearsal.js";

/** As `rehearsing`, but a command that the machine does not have is refused: `capability-missing`, before anything is done. */
export function rehearsingHere<H extends Host>(host: H, note: (command: Rehearsed) => void): H {
  const twin = rehearsing(host, note);
  const known = new Set<string>();
  return {
    ...twin,
    async exec(argv, options) {
      const [command = ""] = argv;
      if (!known.has(command)) await requireCommand(host, command);
      known.add(command);
      return twin.exec(argv, options);
    },
  };
}

async function requireCommand(host: Host, command: string): Promise<void> {
  const found = await host.exec(["sh", "-c", 'command -v "$1"', "sh", command], { allow: "any" });
  if (found.exitCode === 0) return;
  throw new HachaosError("capability-missing", `${host.name} has no ${command}, and this fault needs it`, {
    hint: `install it on ${host.name}, or leave the fault out`,
  });
}
