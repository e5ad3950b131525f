import type { Argument, Command, Option } from "commander";
import type { Fault } from "../../fault/fault.js";
import { parametersOf } from "../../fault/fault-parameters.js";

/** All of the command line that does not change until the next release: enough to complete most of it. */
export interface CompletionTree {
  command: CommandTree;
  faults: FaultTree[];
}

export interface CommandTree {
  name: string;
  description: string;
  options: { names: string[]; takesValue: boolean; choices: string[]; description: string }[];
  arguments: { name: string; required: boolean; variadic: boolean; choices: string[] }[];
  commands: CommandTree[];
}

export interface FaultTree {
  kind: string;
  summary: string;
  hasTarget: boolean;
  parameters: { name: string; choices: string[]; description: string }[];
}

/** Reads it off the program and the registry of faults. */
export function treeOf(program: Command, faults: readonly Fault[]): CompletionTree {
  return { command: commandTree(program), faults: faults.map(faultTree) };
}

function commandTree(command: Command): CommandTree {
  return {
    ...{ name: command.name(), description: command.description() },
    options: [...command.options.filter(({ hidden }) => !hidden).map(optionTree), HELP],
    arguments: command.registeredArguments.map(argumentTree),
    commands: command.commands.map(commandTree),
  };
}

/** Every command has it, though commander does not list it. */
const HELP = { names: ["--help", "-h"], takesValue: false, choices: [], description: "display help for command" };

function optionTree({ long, short, required, optional, argChoices, description }: Option): CommandTree["options"][number] {
  const names = [long, short].filter((name) => typeof name === "string");
  return { names, takesValue: required || optional, choices: argChoices ?? [], description };
}

function argumentTree(argument: Argument): CommandTree["arguments"][number] {
  return { name: argument.name(), required: argument.required, variadic: argument.variadic, choices: argument.argChoices ?? [] };
}

function faultTree(fault: Fault): FaultTree {
  return {
    ...{ kind: fault.kind, summary: fault.summary, hasTarget: fault.targets === "nodes" },
    parameters: parametersOf(fault).map(({ name, values, isChoice, description }) => ({
      ...{ name, description },
      choices: isChoice ? values : values.includes("boolean") ? ["true", "false"] : [],
    })),
  };
}
