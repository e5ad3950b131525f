import type { Command } from "commander";
import { HachaosError } from "../../kernel/errors.js";
import { suggestName } from "../../kernel/nearest-name.js";
import type { Host, Lab } from "../../lab/lab.js";
import type { CliContext } from "../cli-context.js";
import { openLab } from "../pick-lab.js";

const LOGIN_SHELL = ["bash", "--login"];

export function addShell(program: Command, { terminal, exit }: CliContext): void {
  program
    .command("shell")
    .description("open a login shell in a node, or run a command there: hachaos shell vm-node1 -- crm_mon -1")
    .argument("[host]", "a node, gateway or client; the first node unless told")
    .argument("[command...]", "what to run instead of a shell")
    .option("--lab <name>", "the lab, or the folder of a suite that names machines; may be left out when there is only one lab")
    .action(async (host: string | undefined, command: string[], options: { lab?: string }) => {
      const lab = await openLab(options.lab, { toChange: false, ask: terminal.ask, machines: "to heal" });
      const argv = command.length > 0 ? command : LOGIN_SHELL;
      exit(await hostOf(lab, host).interact(argv, process));
    });
}

/** A machine of the lab by its name. */
export function hostOf(lab: Lab, name: string | undefined): Host {
  const hosts: Host[] = [...lab.nodes, lab.gateway, lab.client];
  const found = name === undefined ? hosts[0] : hosts.find((host) => host.name === name);
  if (found) return found;
  const known = hosts.map((host) => host.name);
  throw new HachaosError("unknown-name", `there is no host ${name ?? ""} in the lab ${lab.name}`, { hint: suggestName(name ?? "", known) });
}
