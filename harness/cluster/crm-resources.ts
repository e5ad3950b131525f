import { suggestName } from "../kernel/nearest-name.js";
import type { CrmStatement, CrmWord } from "./crm-statements.js";
import type { CrmConfig, CrmContainer, CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";
import type { Position, Problem } from "./problem.js";

/** What is being collected while the statements are read. */
export interface CrmReader {
  crm: CrmConfig & { containers: CrmContainer[] };
  templates: Map<string, CrmResource>;
  opDefaults: Record<string, string>;
  /** Where each id is defined. */
  positions: Map<string, Position>;
  /** Resources named by other statements: checked at the end, because crm takes the statements in any order. */
  references: CrmWord[];
  problems: Problem[];
}

/** Words that begin the next list of name=value pairs (crmsh parse.py, TERMINATORS). */
const LISTS = ["params", "meta", "utilization", "operations", "op", "op_params", "op_meta"];

/** `primitive id class:provider:type [params] k=v ... [meta k=v ...] [op name k=v ...] ...`, and rsc_template alike. */
export function primitive(reader: CrmReader, statement: CrmStatement): void {
  const [keyword, id, agent, ...rest] = statement.words;
  if (keyword === undefined || id === undefined || agent === undefined) {
    complain(reader, statement, "an id and an agent are needed; for example: primitive vip ocf:heartbeat:IPaddr2 params ip=192.168.1.60");
    return;
  }
  const resource = newResource(reader, id, agent);
  readLists(reader, resource, rest);
  if (keyword.text.toLowerCase() === "rsc_template") reader.templates.set(id.text, resource);
  else if (define(reader, id)) reader.crm.resources.push(resource);
}

/** `group id member ... [meta k=v ...]`; `clone id member` holds one. */
export function group(reader: CrmReader, statement: CrmStatement, kind: CrmContainer["kind"]): void {
  const [keyword, id, ...rest] = statement.words;
  const end = rest.findIndex((word) => LISTS.includes(word.text.toLowerCase()) || word.text.includes("="));
  const members = end === -1 ? rest : rest.slice(0, end);
  if (keyword === undefined || id === undefined || members.length === 0) {
    complain(
      reader,
      statement,
      `an id and what it holds are needed; for example: ${kind} web${kind === "group" ? " vip httpd" : "-clone web"}`,
    );
    return;
  }
  reader.references.push(...members);
  if (define(reader, id)) reader.crm.containers.push({ id: id.text, kind, members: members.map((word) => word.text) });
}

/** `monitor rsc[:role] interval[:timeout]`: one more recurring monitor of a primitive named before. */
export function monitorStatement(reader: CrmReader, statement: CrmStatement): void {
  const [, resourceWord, times] = statement.words;
  const [interval, timeout] = times?.text.split(":") ?? [];
  const resource = reader.crm.resources.find((candidate) => candidate.id === resourceWord?.text.split(":")[0]);
  if (resource === undefined || times === undefined || interval === undefined) {
    complain(reader, statement, "a primitive defined above and an interval are needed; for example: monitor httpd 10s:20s");
    return;
  }
  const intervalMs = duration(reader, times, "interval", interval) ?? 0;
  resource.ops.push({ name: "monitor", intervalMs, timeoutMs: timeout === undefined ? null : duration(reader, times, "timeout", timeout) });
}

/** `property k=v ...`, rsc_defaults and op_defaults: an id (`$id=` or `id:`) may come first. */
export function nameValues(reader: CrmReader, statement: CrmStatement, into: Record<string, string>): void {
  const words = statement.words.slice(1).filter((word) => !word.text.startsWith("$id=") && !word.text.endsWith(":"));
  if (words.length === 0) complain(reader, statement, "a name=value is needed; for example: property stonith-enabled=false");
  for (const word of words) {
    const [name, value] = pair(word);
    if (value === null) complain(reader, word, `${word.text} has no value; write ${word.text}=<value>`);
    else into[name] = value;
  }
}

/** Notes where an id is defined; false when it is taken. */
export function define(reader: CrmReader, id: CrmWord): boolean {
  const before = reader.positions.get(id.text);
  if (before === undefined) {
    reader.positions.set(id.text, { line: id.line, column: id.column });
    return true;
  }
  complain(reader, id, `${id.text} is already defined on line ${before.line}; give one of them another id`);
  return false;
}

/** Notes a problem at a place. */
export function complain(reader: CrmReader, place: Position, message: string): void {
  reader.problems.push({ line: place.line, column: place.column, message });
}

function newResource(reader: CrmReader, id: CrmWord, agent: CrmWord): CrmResource {
  const fresh = { id: id.text, agent: agent.text, parent: null, cloned: false, params: {}, meta: {}, ops: [] };
  if (!agent.text.startsWith("@")) return fresh;
  const name = agent.text.slice(1);
  const template = reader.templates.get(name);
  if (template !== undefined) return { ...structuredClone(template), id: id.text };
  complain(reader, agent, `no rsc_template ${name} is defined above; ${suggestName(name, reader.templates.keys())}`);
  return fresh;
}

function readLists(reader: CrmReader, resource: CrmResource, words: CrmWord[]): void {
  const ops: CrmResource["ops"] = [];
  let list = "params";
  for (const [at, word] of words.entries()) {
    const lower = word.text.toLowerCase();
    if (LISTS.includes(lower)) list = lower;
    else if (words[at - 1]?.text.toLowerCase() === "op") ops.push({ name: word.text, intervalMs: 0, timeoutMs: null });
    else if (word.text.includes("=")) setValue(reader, resource, list === "op" ? (ops.at(-1) ?? null) : null, list, word);
    const next = words[at + 1]?.text;
    if (lower === "op" && (next === undefined || next.includes("="))) {
      complain(reader, word, "op needs the operation's name; for example: op monitor interval=10s timeout=20s");
    }
  }
  // The primitive's own operation replaces its template's of the same name (Pacemaker Explained, "Reusing Resource Definitions").
  resource.ops = [...resource.ops.filter((inherited) => !ops.some((own) => own.name === inherited.name)), ...ops];
}

function setValue(reader: CrmReader, resource: CrmResource, op: CrmResource["ops"][number] | null, list: string, word: CrmWord): void {
  const [name, value] = pair(word);
  if (list === "params") resource.params[name] = value ?? "";
  else if (list === "meta") resource.meta[name] = value ?? "";
  else if (op !== null && name === "interval") op.intervalMs = duration(reader, word, name, value ?? "") ?? 0;
  else if (op !== null && name === "timeout") op.timeoutMs = duration(reader, word, name, value ?? "");
}

function pair(word: CrmWord): [name: string, value: string | null] {
  const equals = word.text.indexOf("=");
  return equals === -1 ? [word.text, null] : [word.text.slice(0, equals), word.text.slice(equals + 1)];
}

function duration(reader: CrmReader, place: Position, name: string, text: string): number | null {
  const ms = parseDurationMs(text, "s");
  if (ms === null) complain(reader, place, `${name} ${text} is no duration; write for example ${name}=10s`);
  return ms;
}
