import { complain, define, type CrmReader } from "./crm-resources.js";
import type { CrmStatement, CrmWord } from "./crm-statements.js";

/** crmsh constants.score_types and parse.py, validate_score: other spellings of the two scores that matter most. */
const SCORE_WORDS: Record<string, string> = { mandatory: "INFINITY", advisory: "0" };
const ROLES = /:(Started|Stopped|Master|Slave|Promoted|Unpromoted)$/i;

/** `location id rsc score: node` or `location id rsc rule [$role=...] score: expression`, with one entry for each resource and rule. */
export function locations(reader: CrmReader, statement: CrmStatement): void {
  const [, id, ...rest] = statement.words;
  const { resources, after } = resourcesAtStart(rest);
  if (id === undefined || resources.length === 0) {
    complain(reader, statement, "an id and a resource are needed; for example: location vip-on-node1 vip 100: vm-node1");
    return;
  }
  if (!define(reader, id)) return;
  const body = after.filter((word) => !/^\$?(resource-discovery|role)=/.test(word.text));
  // A /pattern/ stands for any resource it matches: it names none that could be checked here.
  reader.references.push(...resources.filter((word) => !word.text.startsWith("/")));
  const entries = body[0]?.text.toLowerCase() === "rule" ? rules(reader, body) : [shortForm(reader, id, body)];
  for (const resource of resources) {
    for (const entry of entries) {
      if (entry !== null) reader.crm.locations.push({ id: id.text, resource: withoutRole(resource.text), ...entry });
    }
  }
}

/** `colocation id score: dependent with ...`; brackets of resource sets are passed over. */
export function colocation(reader: CrmReader, statement: CrmStatement): void {
  const [, id, scoreWord, ...rest] = statement.words;
  const resources = rest.filter((word) => !/^[[\]()]+$/.test(word.text) && !word.text.includes("="));
  if (id === undefined || scoreWord === undefined || resources.length < 2) {
    complain(reader, statement, "an id, a score and two resources are needed; for example: colocation web-with-vip inf: httpd vip");
    return;
  }
  if (!define(reader, id)) return;
  const names = resources.map((word) => ({ ...word, text: withoutRole(word.text) }));
  reader.references.push(...names);
  const score = readScore(reader, scoreWord);
  reader.crm.colocations.push({ id: id.text, score, resources: names.map((word) => word.text) });
}

interface Entry {
  node: string | null;
  score: string;
  rule: string | null;
}

function shortForm(reader: CrmReader, id: CrmWord, body: CrmWord[]): Entry | null {
  const [scoreWord, node] = body;
  if (scoreWord === undefined || node === undefined) {
    complain(reader, scoreWord ?? id, `location ${id.text} needs a score and a node; for example: 100: vm-node1`);
    return null;
  }
  reader.positions.set(locationNodeKey(id.text), { line: node.line, column: node.column });
  return { node: node.text, score: readScore(reader, scoreWord), rule: null };
}

/** Where the place of a location's node is kept among the positions. */
export function locationNodeKey(id: string): string {
  return `${id} node`;
}

function rules(reader: CrmReader, body: CrmWord[]): Entry[] {
  const entries: Entry[] = [];
  for (const word of body) {
    const current = entries.at(-1);
    if (word.text.toLowerCase() === "rule") entries.push({ node: null, score: "", rule: null });
    else if (current === undefined || word.text.startsWith("$")) continue;
    else if (current.rule === null && current.score === "" && word.text.endsWith(":")) current.score = readScore(reader, word);
    else current.rule = current.rule === null ? word.text : `${current.rule} ${word.text}`;
  }
  // A rule without a score counts as infinity (crmsh parse.py, match_rules).
  return entries.map((entry) => (entry.score === "" ? { ...entry, score: "INFINITY" } : entry));
}

function resourcesAtStart(words: CrmWord[]): { resources: CrmWord[]; after: CrmWord[] } {
  if (words[0]?.text !== "{") return { resources: words.slice(0, 1), after: words.slice(1) };
  const end = words.findIndex((word) => word.text === "}");
  return end === -1 ? { resources: [], after: [] } : { resources: words.slice(1, end), after: words.slice(end + 1) };
}

function readScore(reader: CrmReader, word: CrmWord): string {
  const text = word.text.endsWith(":") ? word.text.slice(0, -1) : null;
  if (text === null || text === "") {
    complain(reader, word, `${word.text} is no score; a score ends in a colon and a blank, for example 100: or inf:`);
    return word.text;
  }
  return (
    SCORE_WORDS[text.toLowerCase()] ?? text.replace(/^([+-]?)inf(inity)?$/i, (_, sign: string) => `${sign === "-" ? "-" : ""}INFINITY`)
  );
}

function withoutRole(text: string): string {
  return text.replace(ROLES, "");
}
