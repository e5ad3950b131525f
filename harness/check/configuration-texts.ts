import type { ClusterDefinition } from "../cluster/definition.js";

/**
 * Every file of a suite's configuration as text, by `<suite>/<file>`, so that two runs can be compared line by line. Of cluster.yaml the
 * history keeps what it resolved to: a line for each value, without what was read from the other files.
 */
export function configurationTexts(suite: string, definition: ClusterDefinition): Record<string, string> {
  const { corosync, pacemaker, files, ...own } = definition;
  const native = [corosync, pacemaker, ...files].map(({ path, content }) => [`${suite}/${path}`, content] as const);
  const placed = files.map(({ path, to }) => ({ path, to }));
  return Object.fromEntries([[`${suite}/cluster.yaml`, valueLines({ ...own, files: placed }).join("\n")], ...native]);
}

/** `bonds[0].miimonMs: 100`, in the order of the keys. */
function valueLines(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [`${path}: ${String(value)}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => valueLines(item, `${path}[${String(index)}]`));
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([key, item]) => valueLines(item, path === "" ? key : `${path}.${key}`));
}
