import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** What crm_mon says, reduced to what is judged. */
export interface ClusterView {
  dc: string | null;
  quorate: boolean;
  nodes: { name: string; online: boolean; unclean: boolean; standby: boolean; attributes: Record<string, string> }[];
  resources: { id: string; role: string; nodes: string[]; failed: boolean; blocked: boolean; managed: boolean }[];
  failCounts: { node: string; resource: string; count: string }[];
  bans: { id: string; resource: string; node: string }[];
}

/** Inactive resources, fail counts, node attributes and bans are not shown unless asked for (crm_mon(8)). */
export const CRM_MON = [
  "crm_mon",
  "--one-shot",
  "--output-as=xml",
  "--inactive",
  "--failcounts",
  "--show-node-attributes",
  "--neg-locations",
];

const LISTS = new Set(["node", "resource", "clone", "group", "attribute", "ban", "resource_history"]);
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
            resource_history: z.array(z.object({ id: z.string(), "fail-count": z.string().optional() })).default([]),
          }),
        )
        .default([]),
    }),
    bans: section({ ban: z.array(z.object({ id: z.string(), resource: z.string(), node: z.string() })).default([]) }),
  }),
});

/** Reads crm_mon's XML; throws when it is none. Instances of one clone become one entry with all their nodes. */
export function parseCrmMon(xml: string): ClusterView {
  const result = document.parse(parser.parse(xml))["pacemaker-result"];
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
