import { rehearsing, type Rehearsed } from "../rehearsal.js";
import type { Machines } from "./machine.js";

/** The same machines, on which commands that change something are only noted; a first process that was to be killed counts as dead. */
export function rehearsingMachines(machines: Machines, note: (command: Rehearsed) => void): Machines {
  const killed = new Set<string>();
  const noteKills = (command: Rehearsed) => {
    if (command.argv[0] === "kill") for (const pid of command.argv.slice(1)) killed.add(pid);
    note(command);
  };
  const twins = Object.entries(machines).map(([name, machine]) => {
    const pid = async () => {
      const real = await machine.pid();
      return real === null || killed.has(String(real)) ? null : real;
    };
    return [name, { ...machine, pid, host: rehearsing(machine.host, noteKills) }];
  });
  return Object.fromEntries(twins) as Machines;
}
