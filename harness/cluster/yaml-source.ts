import { messageOf } from "../kernel/errors.js";
import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { Position, Problem } from "./problem.js";

export type YamlPath = readonly (string | number)[];

/** A YAML file that knows where each of its keys and values stands. */
export interface YamlSource {
  value: unknown;
  /** What keeps the text from being YAML. */
  problems: Problem[];
  /** Where a value stands; for one that is not there, where its nearest parent's key stands. */
  valueAt(path: YamlPath): Position;
  /** Where the key of a value stands. */
  keyAt(path: YamlPath): Position;
}

/** Reads YAML text. Never throws. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // After the first break in the syntax the rest is guesswork; a key given twice breaks nothing else.
  const syntax = document.errors.filter((error) => error.code !== "DUPLICATE_KEY").slice(0, 1);
  const errors = [...syntax, ...document.errors.filter((error) => error.code === "DUPLICATE_KEY")];
  const problems: Problem[] = errors.map((error) => ({
    ...place(error.pos[0]),
    message: `${error.message.replace(/\.?\s*$/, "")}; this is not YAML, correct it here or just above`,
  }));
  let value: unknown;
  try {
    if (problems.length === 0) value = document.toJS();
  } catch (error) {
    // An alias without its anchor, or too many of them, shows only now.
    problems.push({ ...place(document.contents?.range[0] ?? 0), message: `${messageOf(error)}; write the value out` });
  }
  return {
    value,
    problems,
    valueAt: (path) => place(offsetOf(document, path, "value")),
    keyAt: (path) => place(offsetOf(document, path, "key")),
  };
}

function offsetOf(document: Document, path: YamlPath, which: "key" | "value"): number {
  for (let length = path.length; length > 0; length--) {
    const known = path.slice(0, length);
    // A value that is missing is reported where its parent is written, which is the parent's key.
    const node =
      which === "value" && length === path.length ? nodeAt(document, known) : (keyNode(document, known) ?? nodeAt(document, known));
    const start = node?.range?.[0];
    if (start !== undefined) return start;
  }
  return document.contents?.range?.[0] ?? 0;
}

function nodeAt(document: Document, path: YamlPath): Node | null {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    node = isNode(node) && "get" in node ? (node as { get(key: unknown, keepScalar: true): unknown }).get(step, true) : null;
  }
  return isNode(node) ? node : null;
}

function keyNode(document: Document, path: YamlPath): Node | null {
  const key = path.at(-1);
  let parent: unknown = path.length === 1 ? document.contents : nodeAt(document, path.slice(0, -1));
  if (isAlias(parent)) parent = parent.resolve(document);
  if (!isMap(parent)) return null;
  const pair = parent.items.find((item) => (isScalar(item.key) ? String(item.key.value) : String(item.key)) === String(key));
  return isNode(pair?.key) ? pair.key : null;
}
