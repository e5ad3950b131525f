import type { Position, Problem } from "./problem.js";

/** One word of a statement, with its quotes taken off. */
export interface CrmWord extends Position {
  text: string;
}

/** One statement of `crm configure`: a line with its continuations joined, split into words. */
export interface CrmStatement extends Position {
  words: CrmWord[];
}

/** Pacemaker Explained, "Built-in Node Attributes". */
const NODE_ATTRIBUTES = ["#uname", "#id", "#kind", "#is_dc", "#cluster-name", "#site-name", "#role"];

interface Letter extends Position {
  char: string;
}

/**
 * Splits crm text as crmsh does: a trailing backslash joins the next line (crmsh utils.lines2cli), a statement that begins with # is a
 * comment, and the words are those of a POSIX shell (shlex.split), so quotes and backslashes count.
 */
export function crmStatements(text: string): { statements: CrmStatement[]; problems: Problem[] } {
  const statements: CrmStatement[] = [];
  const problems: Problem[] = [];
  for (const letters of joinLines(text)) {
    const first = letters.find((letter) => letter.char.trim() !== "");
    if (first === undefined || first.char === "#") continue;
    const words = splitWords(letters, problems);
    statements.push({ words, line: first.line, column: first.column });
  }
  return { statements, problems };
}

function joinLines(text: string): Letter[][] {
  const joined: Letter[][] = [];
  let current: Letter[] = [];
  text.split("\n").forEach((raw, index) => {
    const trimmed = raw.trimEnd();
    const continued = trimmed.endsWith("\\");
    const kept = continued ? trimmed.replace(/\\+$/, "") : trimmed;
    // crmsh strips the left of a continued line too: only the blank before the backslash parts two words.
    const indent = kept.length - kept.trimStart().length;
    for (let at = indent; at < kept.length; at++) current.push({ char: kept.charAt(at), line: index + 1, column: at + 1 });
    if (continued) return;
    joined.push(current);
    current = [];
  });
  joined.push(current);
  return joined;
}

function splitWords(letters: Letter[], problems: Problem[]): CrmWord[] {
  const words: CrmWord[] = [];
  let word: CrmWord | null = null;
  let quote: Letter | null = null;
  let escaped = false;
  for (const letter of letters) {
    const { char, line, column } = letter;
    if (!escaped && quote === null && char.trim() === "") {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word ??= { text: "", line, column };
    if (escaped) {
      // Inside double quotes a backslash escapes only the quote and itself; elsewhere it stays (POSIX shell, shlex).
      if (quote !== null && char !== '"' && char !== "\\") word.text += "\\";
      word.text += char;
      escaped = false;
    } else if (char === "\\" && quote?.char !== "'") escaped = true;
    else if (quote !== null) {
      if (char === quote.char) quote = null;
      else word.text += char;
    } else if (char === "'" || char === '"') quote = letter;
    else word.text += char;
  }
  if (word !== null) words.push(word);
  if (quote !== null)
    problems.push({ line: quote.line, column: quote.column, message: `quote ${quote.char} has no end; close it on the same statement` });
  const comment = words.find((candidate, at) => at > 0 && isComment(candidate, words[at - 1]));
  if (comment !== undefined) {
    const message = "a comment inside a statement is read as words by crm; move it to a line of its own before the statement";
    problems.push({ line: comment.line, column: comment.column, message });
  }
  return words;
}

/** Rules name built-in node attributes such as #uname, so only a lone # or one that begins a continued line can be meant as a comment. */
function isComment(word: CrmWord, before: CrmWord | undefined): boolean {
  return /^#+$/.test(word.text) || (word.text.startsWith("#") && before?.line !== word.line && !NODE_ATTRIBUTES.includes(word.text));
}
