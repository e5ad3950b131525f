import type { Host } from "../../lab/lab.js";
import { linksIn, membersIn, namesById } from "../../probe/agents/watchers/cmap.js";
import { ask, type Answer } from "./ask.js";

/** corosync as one node sees it. */
export interface CorosyncStatus {
  /** Names of the nodes it has in its membership, itself among them. */
  members: string[];
  quorate: boolean;
  /** Its links to the others. */
  links: { link: number; peer: string; connected: boolean }[];
}

/** The exit code of corosync-quorumtool(8) for a node without quorum. */
const NOT_QUORATE = 2;

export async function askCorosync(node: Host): Promise<Answer<CorosyncStatus>> {
  const [nodes, links, quorate] = await Promise.all([
    ask(node, ["corosync-cmapctl", "nodelist.node.", "runtime.members."], (text) => text),
    ask(node, ["corosync-cmapctl", "-m", "stats", "stats.knet.node"], linksIn),
    ask(node, ["corosync-quorumtool", "-s"], (text) => /^Quorate:\s+Yes/m.test(text), [0, NOT_QUORATE]),
  ]);
  if ("silent" in nodes) return nodes;
  if ("silent" in links) return links;
  if ("silent" in quorate) return quorate;
  const names = namesById(nodes.said);
  const nameOf = (id: string) => names[id] ?? `node ${id}`;
  return {
    said: {
      members: membersIn(nodes.said)
        .filter(({ up }) => up)
        .map(({ id }) => nameOf(id))
        .sort(),
      quorate: quorate.said,
      links: links.said
        .map(({ id, link, up }) => ({ link, peer: nameOf(id), connected: up }))
        .filter(({ peer }) => peer !== node.name)
        .sort((a, b) => a.link - b.link || a.peer.localeCompare(b.peer)),
    },
  };
}
