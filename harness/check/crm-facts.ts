import { isIPv4 } from "node:net";
import type { ClusterDefinition, CrmColocation, CrmLocation, CrmResource } from "../cluster/definition.js";
import { pingAttribute, pingResource } from "../cluster/resources.js";

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

/** A meta attribute as it counts for a resource: its own, that of the group or clone around it, or that of rsc_defaults. */
export function metaOf(definition: ClusterDefinition, resource: CrmResource, name: string): string | null {
  const { resources, rscDefaults } = definition.pacemaker.crm;
  const parent = resources.find((other) => other.id === resource.parent);
  return resource.meta[name] ?? parent?.meta[name] ?? rscDefaults[name] ?? null;
}

/**
 * How many failures move it to another node: its migration-threshold. The default INFINITY restarts it in place for ever, and so does 0
 * (Pacemaker Explained, "Resource Meta-Attributes").
 */
export function failuresUntilMove(definition: ClusterDefinition, resource: CrmResource): number {
  const threshold = scoreOf(metaOf(definition, resource, "migration-threshold") ?? "INFINITY");
  return threshold > 0 ? threshold : Infinity;
}

/** Pacemaker's infinity is a million (Pacemaker Explained, "Special Score Values"), which is how crm_mon's XML writes it. */
const INFINITE_SCORE = 1_000_000;

/** A score as a number; 0 for what is none. */
export function scoreOf(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const size = /^[+-]?INFINITY$/i.test(text) ? INFINITE_SCORE : Math.abs(Number(text) || 0);
  return sign * (size >= INFINITE_SCORE ? Infinity : size);
}

/** A location rule that looks at the attribute of a ping resource. */
export function hasGatewayRule(definition: ClusterDefinition): boolean {
  const ping = pingResource(definition);
  return ping !== null && definition.pacemaker.crm.locations.some(({ rule }) => (rule ?? "").split(/\s+/).includes(pingAttribute(ping)));
}

/** The addresses that the ping resource pings when the gateway is none of them; [] when it is, or when a name may stand for it. */
export function pingedInstead(definition: ClusterDefinition): string[] {
  const hosts = (pingResource(definition)?.params["host_list"] ?? "").split(/\s+/).filter(Boolean);
  const gateways = definition.networks.map((network) => network.gateway);
  return hosts.every((host) => isIPv4(host) && !gateways.includes(host)) ? hosts : [];
}

/** A location constraint draws the resource, the group or clone around it, or one it is bound to, to the node. */
export function isDrawnTo(definition: ClusterDefinition, resources: readonly string[], node: string): boolean {
  return drawingTo(definition, resources, node).length > 0;
}

function drawingTo(definition: ClusterDefinition, resources: readonly string[], node: string): CrmLocation[] {
  const parents = definition.pacemaker.crm.resources.filter(({ id }) => resources.includes(id)).map(({ parent }) => parent);
  return definition.pacemaker.crm.locations.filter(
    ({ resource, node: drawnTo, rule, score }) =>
      (resources.includes(resource) || parents.includes(resource)) &&
      scoreOf(score) > 0 &&
      (drawnTo === node || (rule ?? "").split(/\s+/).includes(node)),
  );
}

/** The highest of the scores that draw them to a node; 0 when nothing does. */
export function drawnBy(definition: ClusterDefinition, resources: readonly string[], node: string): number {
  return Math.max(0, ...drawingTo(definition, resources, node).map(({ score }) => scoreOf(score)));
}

/** A colocation that draws all of these resources together, or a group that holds them all. */
export function isColocated(definition: ClusterDefinition, resources: readonly string[]): boolean {
  const parents = new Set(resources.map((id) => definition.pacemaker.crm.resources.find((resource) => resource.id === id)?.parent ?? null));
  const grouped = parents.size === 1 && !parents.has(null);
  const links = colocationsOf(definition, resources).filter(({ score }) => scoreOf(score) > 0);
  // Colocations form chains: it is enough that each resource is bound to another one of them.
  return grouped || resources.every((id) => links.some((link) => hasId(link.resources, id)));
}

/** A colocation with a negative score that keeps two of these resources apart, or null. */
export function apartBy(definition: ClusterDefinition, resources: readonly string[]): CrmColocation | null {
  return colocationsOf(definition, resources).find(({ score }) => scoreOf(score) < 0) ?? null;
}

/** Those between two or more of these resources. */
function colocationsOf(definition: ClusterDefinition, resources: readonly string[]): CrmColocation[] {
  return definition.pacemaker.crm.colocations.filter((link) => resources.filter((id) => hasId(link.resources, id)).length > 1);
}

function hasId(resources: readonly string[], id: string): boolean {
  // A role may follow the name: vip:Started.
  return resources.some((entry) => entry.split(":")[0] === id);
}
