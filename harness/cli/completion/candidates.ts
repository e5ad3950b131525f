import type { CommandTree, CompletionTree, FaultTree } from "./tree.js";

export interface Candidate {
  value: string;
  description?: string;
}

/** "files": names of files and folders, which shells complete by themselves. */
export type Candidates = Candidate[] | "files";

/** What may be asked of this machine, its engine and its labs; each gives [] rather than fail. `lab`: the one told by --lab, if any. */
export interface Sources {
  suites(typed: string): Candidate[];
  /** Suites, and folders of suites. */
  suiteFolders(typed: string): Candidate[];
  runs(reportDir: string): Candidate[];
  labs(): Promise<Candidate[]>;
  hosts(lab: string | undefined): Promise<(Candidate & { isNode: boolean })[]>;
  nics(lab: string | undefined): Promise<Candidate[]>;
  faultsInForce(lab: string | undefined): Promise<Candidate[]>;
}

/** What is typed so far, taken apart. */
interface Typed {
  command: CommandTree;
  /** Words that are neither options nor their values nor the command itself. */
  words: string[];
  /** Values of options by every name of theirs. */
  options: Record<string, string>;
  /** The option whose value comes next. */
  pending: CommandTree["options"][number] | null;
  /** After `--` there are no options. */
  isPlain: boolean;
}

/** What may stand in place of the last word; words are without the command's own name. */
export async function candidatesFor(tree: CompletionTree, words: readonly string[], sources: Sources): Promise<Candidates> {
  const last = words.at(-1) ?? "";
  const typed = takeApart(tree.command, words.slice(0, -1));
  const found = await possible(tree, typed, last, sources);
  return found === "files" ? found : found.filter(({ value }) => value.startsWith(last));
}

function takeApart(root: CommandTree, words: readonly string[]): Typed {
  const typed: Typed = { command: root, words: [], options: {}, pending: null, isPlain: false };
  for (const word of words) {
    const inner = typed.words.length === 0 ? typed.command.commands.find(({ name }) => name === word) : undefined;
    if (typed.pending !== null) {
      for (const name of typed.pending.names) typed.options[name] = word;
      typed.pending = null;
    } else if (!typed.isPlain && word === "--") typed.isPlain = true;
    else if (!typed.isPlain && word.startsWith("-")) typed.pending = typed.command.options.find(takesNext(word)) ?? null;
    else if (inner !== undefined) typed.command = inner;
    else typed.words.push(word);
  }
  return typed;
}

function takesNext(word: string): (option: CommandTree["options"][number]) => boolean {
  return ({ names, takesValue }) => takesValue && names.includes(word);
}

async function possible(tree: CompletionTree, typed: Typed, last: string, sources: Sources): Promise<Candidates> {
  const { command, words, pending } = typed;
  if (pending !== null) return ofOption(pending, typed, sources);
  if (!typed.isPlain && last.startsWith("-")) return optionsOf(command);
  if (command.commands.length > 0)
    return words.length > 0 ? [] : command.commands.map(({ name, description }) => ({ value: name, description }));
  const argument = command.arguments[words.length] ?? command.arguments.findLast(({ variadic }) => variadic);
  if (argument === undefined) return [];
  if (argument.choices.length > 0) return plain(argument.choices);
  const rule = ARGUMENTS[`${command.name} ${argument.name}`] ?? ARGUMENTS[argument.name];
  return rule === undefined ? [] : rule({ tree, typed, last, sources, lab: typed.options["--lab"] });
}

function optionsOf({ options }: CommandTree): Candidate[] {
  return options.flatMap(({ names, description }) =>
    names.filter((name) => name.startsWith("--")).map((value) => ({ value, description })),
  );
}

function ofOption(option: NonNullable<Typed["pending"]>, { options }: Typed, sources: Sources): Promise<Candidates> | Candidates {
  const { names, choices } = option;
  if (choices.length > 0) return plain(choices);
  if (names.includes("--lab")) return sources.labs();
  if (names.includes("--baseline") || names.includes("--durations")) return sources.runs(reportDir(options));
  return names.includes("--report-dir") ? "files" : [];
}

interface Place {
  tree: CompletionTree;
  typed: Typed;
  last: string;
  sources: Sources;
  lab: string | undefined;
}

/** What an argument may be, by its name in the help; where a command means something of its own by it, by command and name. */
const ARGUMENTS: Record<string, (place: Place) => Promise<Candidates> | Candidates> = {
  suite: ({ last, sources }) => sources.suites(last),
  "run suite": ({ last, sources }) => sources.suiteFolders(last),
  lab: ({ sources }) => sources.labs(),
  "down name": ({ sources }) => sources.labs(),
  host: ({ sources, lab }) => sources.hosts(lab),
  node: ({ sources, lab }) => nodesOf(sources, lab),
  run: ({ sources, typed }) => sources.runs(reportDir(typed.options)),
  folder: () => "files",
  "heal fault": ({ sources, lab }) => sources.faultsInForce(lab),
  "inject fault": ({ tree }) => tree.faults.map(({ kind, summary }) => ({ value: kind, description: summary })),
  "inject words": targetsAndParameters,
  "shell command": () => "files",
};

/** A target if there is none yet, and the parameters that are not told. */
async function targetsAndParameters({ tree, typed, last, sources, lab }: Place): Promise<Candidate[]> {
  const [kind, ...told] = typed.words;
  const fault = tree.faults.find((candidate) => candidate.kind === kind);
  if (fault === undefined) return [];
  if (last.includes("=")) return valuesOf(fault, last, sources, lab);
  const left = fault.parameters.filter(({ name }) => !told.some((word) => word.startsWith(`${name}=`)));
  const parameters = left.map(({ name, description }) => ({ value: `${name}=`, description }));
  const needsTarget = fault.hasTarget && told.every((word) => word.includes("="));
  return [...(needsTarget ? [...(await nodesOf(sources, lab)), ...ROLES] : []), ...parameters];
}

/** As run/targets.ts has them; that file is not loaded here, as its layer takes a while. */
const ROLES: Candidate[] = [
  { value: "active", description: "the node that holds the service's address" },
  { value: "standby", description: "the nodes that do not" },
  { value: "all", description: "every node" },
];

async function valuesOf({ parameters }: FaultTree, last: string, sources: Sources, lab: string | undefined): Promise<Candidate[]> {
  const name = last.slice(0, last.indexOf("="));
  const parameter = parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) return [];
  // By convention (docs/fault.md) a parameter called nic is a NIC of the definition.
  const values = name === "nic" ? await sources.nics(lab) : plain(parameter.choices);
  return values.map(({ value, ...rest }) => ({ value: `${name}=${value}`, ...rest }));
}

async function nodesOf(sources: Sources, lab: string | undefined): Promise<Candidate[]> {
  const hosts = await sources.hosts(lab);
  return hosts.filter(({ isNode }) => isNode);
}

/** Where runs are stored unless told (the default of --report-dir). */
function reportDir(options: Record<string, string>): string {
  return options["--report-dir"] ?? "reports";
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value }));
}
