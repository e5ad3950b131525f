import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** What one crm_mon says: how things stand, and the results of operations that led there. */
export interface CrmMonReport {
  view: ClusterView;
  operations: Operation[];
}

/** How things stand, reduced to what is judged. */
export interface ClusterView {
  dc: string | null;
  quorate: boolean;
  nodes: { name: string; online: boolean; unclean: boolean; standby: boolean; attributes: Record<string, string> }[];
  resources: { id: string; role: string; nodes: string[]; failed: boolean; blocked: boolean; managed: boolean }[];
  failCounts: { node: string; resource: string; count: string }[];
  bans: { id: string; resource: string; node: string }[];
}

/**
 * The last result of an operation of a resource on a node (lrm_rsc_op in the CIB's status), or, as `rc` 193 with `call` -1, one that
 * is under way (PCMK_OCF_UNKNOWN and record-pending of pacemaker 2). A failed recurring monitor stands beside its last good result.
 */
export interface Operation {
  resource: string;
  on: string;
  task: string;
  /** 0: runs once. */
  intervalMs: number;
  rc: number;
  rcText: string;
  call: number;
  /** As the executor measured them; 0 while under way. */
  execMs: number | null;
  queueMs: number | null;
  /** When the operation began whose result it is, epoch seconds; a recurring monitor keeps the time of its first such result. */
  changedAtS: number | null;
}

/**
 * Inactive resources, fail counts, node attributes, bans and operations with their times are not shown unless asked for (crm_mon(8)).
 * It writes times in the zone of the node, without naming the zone: run it with TZ=UTC.
 */
export const CRM_MON_IN_UTC = [
  "crm_mon",
  "--one-shot",
  "--output-as=xml",
  "--inactive",
  "--failcounts",
  "--show-node-attributes",
  "--neg-locations",
  "--operations",
  "--timing-details",
];

export const CRM_MON = ["env", "TZ=UTC", ...CRM_MON_IN_UTC];

const LISTS = new Set(["node", "resource", "clone", "group", "attribute", "ban", "resource_history", "operation_history"]);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && LISTS.has(name),
});

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
/** An empty element is read as "", one with content as an object. */
const section = <T extends z.ZodRawShape>(shape: T) =>
  z.preprocess((value) => (value === "" || value === undefined ? {} : value), z.object(shape));

const resource = z.object({
  id: z.string(),
  role: z.string(),
  failed: flag,
  blocked: flag,
  managed: flag,
  node: z.array(z.object({ name: z.string() })).default([]),
});
interface Container {
  resource?: z.infer<typeof resource>[] | undefined;
  group?: Container[] | undefined;
  clone?: Container[] | undefined;
}
const container: z.ZodType<Container> = z.lazy(() =>
  z.object({ resource: z.array(resource).optional(), group: z.array(container).optional(), clone: z.array(container).optional() }),
);

const operation = z.object({
  call: z.coerce.number(),
  task: z.string(),
  rc: z.coerce.number(),
  rc_text: z.string(),
  interval: z.string().optional(),
  "exec-time": z.string().optional(),
  "queue-time": z.string().optional(),
  "last-rc-change": z.string().optional(),
});

const document = z.object({
  "pacemaker-result": z.object({
    summary: section({
      current_dc: z.object({ name: z.string().optional(), with_quorum: flag.optional() }).optional(),
    }),
    nodes: section({
      node: z.array(z.object({ name: z.string(), online: flag, unclean: flag, standby: flag })).default([]),
    }),
    resources: z.preprocess((value) => (value === "" || value === undefined ? {} : value), container),
    node_attributes: section({
      node: z
        .array(
          z.object({ name: z.string(), attribute: z.array(z.object({ name: z.string(), value: z.string().default("") })).default([]) }),
        )
        .default([]),
    }),
    node_history: section({
      node: z
        .array(
          z.object({
            name: z.string(),
            resource_history: z
              .array(z.object({ id: z.string(), "fail-count": z.string().optional(), operation_history: z.array(operation).default([]) }))
              .default([]),
          }),
        )
        .default([]),
    }),
    bans: section({ ban: z.array(z.object({ id: z.string(), resource: z.string(), node: z.string() })).default([]) }),
  }),
});

/** Reads crm_mon's XML; throws when it is none. Instances of one clone become one entry with all their nodes. */
export function parseCrmMon(xml: string): CrmMonReport {
  const result = document.parse(parser.parse(xml))["pacemaker-result"];
  return { view: viewOf(result), operations: operationsOf(result) };
}

type Result = z.infer<typeof document>["pacemaker-result"];

function viewOf(result: Result): ClusterView {
  return {
    dc: result.summary.current_dc?.name ?? null,
    quorate: result.summary.current_dc?.with_quorum ?? false,
    nodes: result.nodes.node.map((node) => ({ ...node, attributes: attributesOf(result.node_attributes.node, node.name) })),
    resources: merge(primitives(result.resources)),
    failCounts: result.node_history.node.flatMap((node) =>
      node.resource_history.flatMap((entry) =>
        entry["fail-count"] === undefined ? [] : [{ node: node.name, resource: entry.id, count: entry["fail-count"] }],
      ),
    ),
    bans: result.bans.ban.map(({ id, resource: banned, node }) => ({ id, resource: banned, node })),
  };
}

function attributesOf(nodes: { name: string; attribute: { name: string; value: string }[] }[], name: string): Record<string, string> {
  return Object.fromEntries(
    nodes.filter((node) => node.name === name).flatMap((node) => node.attribute.map((entry) => [entry.name, entry.value])),
  );
}

function primitives(from: Container): z.infer<typeof resource>[] {
  return [...(from.resource ?? []), ...[...(from.group ?? []), ...(from.clone ?? [])].flatMap(primitives)];
}

function merge(found: z.infer<typeof resource>[]): ClusterView["resources"] {
  const byId = new Map<string, ClusterView["resources"][number]>();
  for (const { node, ...entry } of found) {
    const nodes = node.map((on) => on.name);
    const known = byId.get(entry.id);
    if (!known) byId.set(entry.id, { ...entry, nodes });
    else {
      const role = known.role === "Started" ? known.role : entry.role;
      byId.set(entry.id, {
        ...known,
        role,
        failed: known.failed || entry.failed,
        blocked: known.blocked || entry.blocked,
        nodes: [...known.nodes, ...nodes].sort(),
      });
    }
  }
  return [...byId.values()];
}

function operationsOf(result: Result): Operation[] {
  return result.node_history.node.flatMap((node) =>
    node.resource_history.flatMap((entry) =>
      entry.operation_history.map((found) => ({
        resource: entry.id,
        on: node.name,
        task: found.task,
        intervalMs: milliseconds(found.interval) ?? 0,
        rc: found.rc,
        rcText: found.rc_text,
        call: found.call,
        execMs: milliseconds(found["exec-time"]),
        queueMs: milliseconds(found["queue-time"]),
        changedAtS: epochSeconds(found["last-rc-change"]),
      })),
    ),
  );
}

/** "2309ms". */
function milliseconds(text: string | undefined): number | null {
  return text === undefined ? null : Number.parseFloat(text);
}

/** "Sun Nov 22 21:09:52 2026", which ctime(3) writes; in UTC, because crm_mon was asked so. */
function epochSeconds(text: string | undefined): number | null {
  const atMs = Date.parse(`${text ?? ""} UTC`);
  return Number.isNaN(atMs) ? null : atMs / 1000;
}
