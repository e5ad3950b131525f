import type { ClusterDefinition, CrmResource } from "../cluster/definition.js";
import { pingResource } from "../cluster/resources.js";

/**
 * What the crm configuration says about the service, for findings that explain themselves. All of it is read from the text as typed.
 */

/** The resource that holds an address: the one with `params ip=<address>`. */
export function addressResource(definition: ClusterDefinition, address: string): CrmResource | null {
  return definition.pacemaker.crm.resources.find((resource) => resource.params["ip"] === address) ?? null;
}

/** `op monitor` with an interval above 0: only then does Pacemaker look again after the start (crm ra: interval 0 is the one-time probe). */
export function isMonitored(resource: CrmResource): boolean {
  return resource.ops.some((op) => op.name === "monitor" && op.intervalMs > 0);
}

/**
 * Does a failure move it to another node? Only with a migration-threshold, its own or that of rsc_defaults; the default INFINITY
 * restarts it in place for ever, and so does 0 (Pacemaker Explained, "Resource Meta-Attributes").
 */
export function movesOnFailure(definition: ClusterDefinition, resource: CrmResource): boolean {
  const { resources, rscDefaults } = definition.pacemaker.crm;
  const parent = resources.find((other) => other.id === resource.parent);
  const threshold = resource.meta["migration-threshold"] ?? parent?.meta["migration-threshold"] ?? rscDefaults["migration-threshold"];
  return threshold !== undefined && !/^\+?(INFINITY|0)$/i.test(threshold);
}

/** A location rule that looks at the attribute of a ping resource (`name`, by default pingd: ocf:pacemaker:ping). */
export function hasGatewayRule(definition: ClusterDefinition): boolean {
  const ping = pingResource(definition);
  const attribute = ping?.params["name"] ?? "pingd";
  return ping !== null && definition.pacemaker.crm.locations.some(({ rule }) => (rule ?? "").split(/\s+/).includes(attribute));
}

/** A location constraint that draws the resource, the group or clone around it, or one it is bound to, to the node. */
export function isDrawnTo(definition: ClusterDefinition, resources: readonly string[], node: string): boolean {
  const parents = definition.pacemaker.crm.resources.filter(({ id }) => resources.includes(id)).map(({ parent }) => parent);
  return definition.pacemaker.crm.locations.some(
    ({ resource, node: drawnTo, rule, score }) =>
      (resources.includes(resource) || parents.includes(resource)) &&
      !score.startsWith("-") &&
      (drawnTo === node || (rule ?? "").split(/\s+/).includes(node)),
  );
}

/** A colocation that names all of these resources, or a group that holds them all. */
export function isColocated(definition: ClusterDefinition, resources: readonly string[]): boolean {
  const { colocations } = definition.pacemaker.crm;
  const parents = new Set(resources.map((id) => definition.pacemaker.crm.resources.find((resource) => resource.id === id)?.parent ?? null));
  const grouped = parents.size === 1 && !parents.has(null);
  // Colocations form chains: it is enough that each resource is bound to another one of them.
  const bound = (id: string) =>
    colocations.some((link) => hasId(link.resources, id) && resources.some((other) => other !== id && hasId(link.resources, other)));
  return grouped || resources.every(bound);
}

function hasId(resources: readonly string[], id: string): boolean {
  // A role may follow the name: vip:Started.
  return resources.some((entry) => entry.split(":")[0] === id);
}
