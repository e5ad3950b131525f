import { corosyncSections } from "./corosync-sections.js";
import type { DefinitionFile } from "./definition-schema.js";

/**
 * The text of a corosync.conf with a nodelist: its own as it stands, else one made from cluster.yaml is added at the end. Nodes get their
 * ids in the order of `nodes`, and link N is the Nth of `bonds`.
 */
export function withNodelist(text: string, { nodes, bonds }: Pick<DefinitionFile, "nodes" | "bonds">): string {
  const { root, problems } = corosyncSections(text);
  // In a file whose sections do not end, the end is inside one of them.
  if (problems.length > 0 || root.sections.some((section) => section.name === "nodelist")) return text;
  const links = Object.keys(bonds);
  const entries = Object.entries(nodes).map(([name, addresses], index) => {
    const rings = links.flatMap((bond, link) => (addresses[bond] === undefined ? [] : [`        ring${link}_addr: ${addresses[bond]}\n`]));
    return `    node {\n        nodeid: ${index + 1}\n        name: ${name}\n${rings.join("")}    }\n`;
  });
  return `${text.trimEnd()}\n\n# Made by hachaos from cluster.yaml.\nnodelist {\n${entries.join("")}}\n`;
}
