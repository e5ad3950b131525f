import type { ClusterDefinition, PrefersPromise } from "../cluster/definition.js";
import { pingAttribute, pingResource } from "../cluster/resources.js";
import type { EventOf } from "../history/event.js";
import { placesOf } from "../history/views/snapshots.js";
import { drawnBy, isDrawnTo, metaOf, scoreOf } from "./crm-facts.js";
import type { Explanation } from "./explanation.js";

/** Why resources are not on the node they should be on, from what crm_mon shows then and from the crm configuration. */
export function explainPlace(definition: ClusterDefinition, promise: PrefersPromise, states: EventOf<"cluster">[]): Explanation {
  return (
    startFailed(promise, states) ??
    attributeNeverSet(definition, promise, states) ??
    drawnElsewhere(definition, promise) ?? { reason: "not-on-preferred-node", why: "" }
  );
}

/** Why they did not come back to it after healing. */
export function explainAway(definition: ClusterDefinition, promise: PrefersPromise, states: EventOf<"cluster">[]): Explanation {
  const found = explainPlace(definition, promise, states);
  if (found.reason !== "not-on-preferred-node") return found;
  return tooSticky(definition, promise) ?? { reason: "did-not-come-back", why: "" };
}

/** A failed start sets the fail count to infinity, and the resource is banned from that node (Pacemaker Explained, start-failure-is-fatal). */
function startFailed({ resources }: PrefersPromise, states: EventOf<"cluster">[]): Explanation | null {
  for (const state of states) {
    for (const id of resources.filter((resource) => placesOf(state, resource).length === 0)) {
      const nodes = state.failCounts
        .filter(({ resource, count }) => resource === id && scoreOf(count) === Infinity)
        .map(({ node }) => node);
      if (nodes.length > 0) return { reason: "start-failed", why: `; the start of ${id} failed on ${[...new Set(nodes)].join(" and ")}` };
    }
  }
  return null;
}

/** A rule that bans from every node, because it asks for an attribute that no node has. */
function attributeNeverSet(definition: ClusterDefinition, promise: PrefersPromise, states: EventOf<"cluster">[]): Explanation | null {
  const known = new Set(states.flatMap(({ nodes }) => nodes.flatMap((node) => Object.keys(node.attributes))));
  for (const { id, resource, score, rule } of definition.pacemaker.crm.locations) {
    const [, attribute] = /\bnot_defined\s+(\S+)/.exec(rule ?? "") ?? [];
    if (attribute === undefined || known.has(attribute) || scoreOf(score) >= 0 || !promise.resources.includes(resource)) continue;
    const ping = pingResource(definition);
    const sets = ping === null ? "" : ` (${ping.id} sets ${pingAttribute(ping)})`;
    return {
      reason: "attribute-never-set",
      why: `; location ${id} bans ${resource} where ${attribute} is not defined, and no node has it${sets}`,
    };
  }
  return null;
}

function drawnElsewhere(definition: ClusterDefinition, { resources, node }: PrefersPromise): Explanation | null {
  if (isDrawnTo(definition, resources, node)) return null;
  const what = resources.join(" or ");
  const other = definition.nodes.find((candidate) => isDrawnTo(definition, resources, candidate.name));
  if (other === undefined) return { reason: "no-location", why: `; the crm configuration has no location of ${what} on ${node}` };
  return { reason: "drawn-elsewhere", why: `; the crm configuration draws ${what} to ${other.name}` };
}

/** What holds them where they are is the sum of their stickiness (Pacemaker Explained, resource-stickiness). */
function tooSticky(definition: ClusterDefinition, { resources, node }: PrefersPromise): Explanation | null {
  const sticky = definition.pacemaker.crm.resources
    .filter(({ id }) => resources.includes(id))
    .reduce((sum, resource) => sum + scoreOf(metaOf(definition, resource, "resource-stickiness") ?? "0"), 0);
  const drawn = drawnBy(definition, resources, node);
  if (sticky < drawn || sticky === 0) return null;
  const [held, pulled] = [sticky, drawn].map((score) => (Number.isFinite(score) ? String(score) : "INFINITY"));
  return { reason: "too-sticky", why: `; resource-stickiness holds them with ${held ?? ""}, the location draws with ${pulled ?? ""}` };
}
