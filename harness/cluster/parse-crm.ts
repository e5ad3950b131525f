import { suggestName } from "../kernel/nearest-name.js";
import { crmStatements, type CrmStatement } from "./crm-statements.js";
import { colocation, locations } from "./crm-constraints.js";
import { group, monitorStatement, nameValues, primitive, type CrmReader } from "./crm-resources.js";
import type { CrmConfig, CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";
import type { Position, Problem } from "./problem.js";

/** What `crm configure` takes (crmsh 4.4, parse.py); those mapped to `ignore` say nothing about timing or placement. */
const STATEMENTS: Record<string, (reader: CrmReader, statement: CrmStatement) => void> = {
  primitive: (reader, statement) => primitive(reader, statement),
  rsc_template: (reader, statement) => primitive(reader, statement),
  group: (reader, statement) => group(reader, statement, "group"),
  clone: (reader, statement) => group(reader, statement, "clone"),
  ms: (reader, statement) => group(reader, statement, "clone"),
  master: (reader, statement) => group(reader, statement, "clone"),
  location: locations,
  colocation,
  collocation: colocation,
  monitor: monitorStatement,
  property: (reader, statement) => nameValues(reader, statement, reader.crm.properties),
  rsc_defaults: (reader, statement) => nameValues(reader, statement, reader.crm.rscDefaults),
  op_defaults: (reader, statement) => nameValues(reader, statement, reader.opDefaults),
};
const IGNORED = [
  ...["node", "order", "rsc_ticket", "tag", "bundle", "alert", "user", "role", "acl_target", "acl_group", "xml", "commit"],
  ...["fencing_topology", "fencing-topology"],
];

/** A crm configuration with the place of each id it defines. */
export interface ParsedCrm {
  crm: CrmConfig & { containers: NonNullable<CrmConfig["containers"]> };
  positions: Map<string, Position>;
  problems: Problem[];
}

/** Reads crm text as one would type it into `crm configure`. Never throws: what is wrong is in `problems`, with its place. */
export function parseCrm(text: string): ParsedCrm {
  const { statements, problems } = crmStatements(text);
  const reader: CrmReader = {
    crm: { resources: [], locations: [], colocations: [], properties: {}, rscDefaults: {}, containers: [] },
    templates: new Map<string, CrmResource>(),
    opDefaults: {},
    positions: new Map<string, Position>(),
    references: [],
    problems,
  };
  for (const statement of statements) readStatement(reader, statement);
  applyContainers(reader);
  applyOpDefaults(reader);
  checkReferences(reader);
  return { crm: reader.crm, positions: reader.positions, problems };
}

/** Every id a promise may name: primitives, and the groups and clones around them. */
export function resourceIds(crm: CrmConfig): string[] {
  return [...crm.resources.map((resource) => resource.id), ...(crm.containers ?? []).map((container) => container.id)];
}

function readStatement(reader: CrmReader, statement: CrmStatement): void {
  const keyword = (statement.words[0]?.text ?? "").toLowerCase();
  const read = STATEMENTS[keyword];
  if (read !== undefined) read(reader, statement);
  else if (!IGNORED.includes(keyword)) {
    const suggestion = suggestName(keyword, [...Object.keys(STATEMENTS), ...IGNORED]);
    const message = `${keyword} is no statement of crm configure; ${suggestion}`;
    reader.problems.push({ line: statement.line, column: statement.column, message });
  }
}

/** A clone may hold a group: its members are cloned too, and their parent is the group. */
function applyContainers({ crm }: CrmReader): void {
  const groupOf = (id: string) => crm.containers.find((container) => container.kind === "group" && container.members.includes(id));
  const cloneOf = (id: string) => crm.containers.find((container) => container.kind === "clone" && container.members.includes(id));
  for (const resource of crm.resources) {
    const inGroup = groupOf(resource.id);
    const inClone = cloneOf(inGroup?.id ?? resource.id);
    resource.parent = inGroup?.id ?? inClone?.id ?? null;
    resource.cloned = inClone !== undefined;
  }
}

function applyOpDefaults({ crm, opDefaults }: CrmReader): void {
  const timeout = opDefaults["timeout"];
  const timeoutMs = timeout === undefined ? null : parseDurationMs(timeout, "s");
  for (const op of crm.resources.flatMap((resource) => resource.ops)) op.timeoutMs ??= timeoutMs;
}

function checkReferences({ crm, references, problems }: CrmReader): void {
  const known = resourceIds(crm);
  for (const { text, line, column } of references) {
    if (!known.includes(text)) problems.push({ line, column, message: `no resource is called ${text}; ${suggestName(text, known)}` });
  }
}
