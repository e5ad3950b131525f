import { FAULTS } from "../../fault/registry.js";
import { createProgram } from "../program.js";
import { processTerminal } from "../terminal/terminal.js";
import { treeOf, type CompletionTree } from "./tree.js";

/** The tree of the program as it is. */
export async function describe(): Promise<CompletionTree> {
  const program = await createProgram({ terminal: processTerminal(), args: [], exit: () => undefined });
  return treeOf(program, Object.values(FAULTS));
}
