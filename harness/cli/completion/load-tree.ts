import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CompletionTree } from "./tree.js";

/** Written by the build, because to load every command takes half a second, and somebody has pressed a key and waits. */
export const TREE_FILE = fileURLToPath(new URL("tree.json", import.meta.url));
const PROGRAM_FILE = fileURLToPath(new URL("../program.js", import.meta.url));

/** The tree as the build left it, or read off the program where there is none that fits (a build by tsc alone). */
export async function loadTree(): Promise<CompletionTree> {
  const [tree, program] = [TREE_FILE, PROGRAM_FILE].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (tree !== undefined && tree > 0 && tree >= (program ?? 0)) return JSON.parse(readFileSync(TREE_FILE, "utf8")) as CompletionTree;
  return (await import("./describe.js")).describe();
}
