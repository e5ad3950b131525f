import { linksIn, membersIn, namesById } from "../../probe/agents/watchers/cmap.js";
import { read, type Answer, type Replies } from "./ask.js";

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

export const COROSYNC_QUESTIONS = {
  members: ["corosync-cmapctl", "nodelist.node.", "runtime.members."],
  links: ["corosync-cmapctl", "-m", "stats", "stats.knet.node"],
  quorum: ["corosync-quorumtool", "-s"],
};

export function corosyncSaid(node: string, replies: Replies<keyof typeof COROSYNC_QUESTIONS>): Answer<CorosyncStatus> {
  const nodes = read(replies.members, (text) => text);
  const links = read(replies.links, linksIn);
  const quorate = read(replies.quorum, (text) => /^Quorate:\s+Yes/m.test(text), [0, NOT_QUORATE]);
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
        .filter(({ peer }) => peer !== node)
        .sort((a, b) => a.link - b.link || a.peer.localeCompare(b.peer)),
    },
  };
}
