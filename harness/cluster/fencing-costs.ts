import * as common from "./common-costs.js";
import { upTo, type Cost } from "./cost.js";
import type { ClusterDefinition, CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";
import { isFenced, isFencingDevice } from "./fencing.js";
import { isIpmiAgent } from "./fencing-devices.js";

/** Asks the network whether this node may fence at all; it stands before the real device, on the same level. */
const HEURISTICS = "stonith:fence_heuristics_ping";
/** fence_heuristics_ping(8): its own defaults, in pings and seconds. */
const PINGS = { count: 10, interval: 1, timeout: 2 };
/** fence_ipmilan(8), power_wait: seconds between telling the BMC and asking it what became of it. */
const POWER_WAIT_S = 2;

/**
 * From a lost member to the word that it is off, by what the agents are told; [] where nobody fences. Of agents that are not known here
 * only stonith-timeout can be said.
 */
export function fencingCosts(definition: ClusterDefinition): Cost[] {
  if (!isFenced(definition)) return [];
  const { crm, path } = definition.pacemaker;
  const agents = crm.resources.filter(isFencingDevice);
  const asks = agents.filter(({ agent }) => agent === HEURISTICS);
  const devices = agents.filter(({ agent }) => isIpmiAgent(agent));
  if (devices.length === 0 || asks.length + devices.length < agents.length) return [common.fencing(crm.properties["stonith-timeout"])];
  return [
    ...asks.map((resource) => heuristics(resource, path)),
    ...delays(devices, crm.properties["priority-fencing-delay"], path),
    {
      phase: "fencing",
      name: "the BMC is given time to switch",
      ...upTo(powerWaitMs(devices)),
      source: "power_wait of fence_ipmilan(8), by default 2 s; a node that is off already is not waited for",
    },
    {
      phase: "fencing",
      name: "the agents start, and the BMC answers",
      ...upTo(2500),
      source: "allowance: fence_ipmilan asks, switches and asks again; 1.5 s beyond its wait were measured beside three other labs",
      slack: true,
    },
  ];
}

/** Its pings go out one after the other, and the last may have to be waited for (max_pingcheck in the agent). */
function heuristics({ id, params }: CrmResource, path: string): Cost {
  const value = (name: keyof typeof PINGS) => Number(params[`ping_${name}`] ?? PINGS[name]);
  const leastMs = (value("count") - 1) * value("interval") * 1000;
  const source = `${path}: ping_count, ping_interval and ping_timeout of ${id} (fence_heuristics_ping(8))`;
  return { phase: "fencing", name: `${id} asks whether this node may fence`, leastMs, mostMs: leastMs + value("timeout") * 1000, source };
}

/** Which node is lost is not known before: the one that may be fenced at once counts as the least, the other as the most. */
function delays(devices: CrmResource[], priority: string | undefined, path: string): Cost[] {
  const base = devices.map(({ params }) => longest(params["pcmk_delay_base"]));
  const random = Math.max(...devices.map(({ params }) => longest(params["pcmk_delay_max"]) - longest(params["pcmk_delay_base"])), 0);
  const cost = (name: string, leastMs: number, mostMs: number, key: string): Cost[] =>
    mostMs === 0 ? [] : [{ phase: "fencing", name, leastMs, mostMs, source: `${path}: ${key}` }];
  return [
    ...cost("the node that shall win is fenced later", Math.min(...base), Math.max(...base), "pcmk_delay_base"),
    ...cost("chance decides who wins", 0, random, "pcmk_delay_max"),
    ...cost("the node with the more important resources is fenced later", 0, longest(priority), "priority-fencing-delay"),
  ];
}

/** One time, or one for each node as node:time;node:time (Pacemaker Explained, pcmk_delay_base). */
function longest(text: string | undefined): number {
  const times = (text ?? "").split(/[;\s]+/).map((entry) => parseDurationMs(entry.split(":").at(-1) ?? "", "s") ?? 0);
  return Math.max(...times);
}

function powerWaitMs(devices: CrmResource[]): number {
  return Math.max(...devices.map(({ params }) => Number(params["power_wait"] ?? POWER_WAIT_S))) * 1000;
}
