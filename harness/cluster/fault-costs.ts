import type { Cost, Costs } from "./cost.js";
import { always, upTo } from "./cost.js";
import * as common from "./common-costs.js";
import type { ClusterDefinition, CrmResource } from "./definition.js";
import { formatDuration } from "./duration.js";
import { fencingCosts } from "./fencing-costs.js";
import { firstPingCosts, pingBackCosts, pingCosts, type PingTool } from "./ping-time.js";
import { recurringMonitor } from "./recurring-monitor.js";
import { pingResource, serviceResource, vipResource } from "./resources.js";
import { bondOf, serviceBond } from "./topology.js";

/** The fault that costs are for; null is the quiet baseline. */
export interface CostlyFault {
  kind: string;
  params?: Record<string, unknown>;
}

const QUIET = ["none", "baseline"];

/** One entry for each fault whose time follows from the configuration. */
const COSTS: Record<string, (definition: ClusterDefinition, params: Record<string, unknown>) => Costs> = {
  "link-down": linkDown,
  "nic-down": linkDown,
  "link-silent": linkSilent,
  "private-links-cut": privateLinksCut,
  "apache-kill": (definition) => unnoticedLoss(definition, serviceResource(definition), definition.service.process, common.moveDead()),
  "address-delete": (definition) => unnoticedLoss(definition, vipResource(definition), definition.service.address, common.move(definition)),
  "gateway-blackhole": gatewayBlackhole,
  "node-isolated": nodeLost,
  "node-power-off": nodeLost,
  "node-freeze": nodeLost,
  "kernel-panic": nodeLost,
};

/** Every step from the fault to the first answer with what it costs by the configuration. Null: nothing is broken. */
export function faultCosts(definition: ClusterDefinition, fault: CostlyFault | null): Costs | null {
  if (fault === null || QUIET.includes(fault.kind)) return null;
  return COSTS[fault.kind]?.(definition, fault.params ?? {}) ?? { costs: [common.unknownFault(fault.kind)], warning: null };
}

/** Every step of the way back after healing. What comes before the stop keeps no client waiting: it is no part of the failback's budget. */
export function failbackCosts(definition: ClusterDefinition, fault: CostlyFault | null): { before: Cost[]; dark: Cost[] } {
  return { before: fault === null ? [] : beforeFailback(definition, fault.kind), dark: common.move(definition) };
}

function beforeFailback(definition: ClusterDefinition, kind: string): Cost[] {
  const { path } = definition.pacemaker;
  const ping = pingResource(definition);
  const monitor = ping === null ? null : recurringMonitor(ping);
  if (ping === null) return [];
  const tool = pingTool(definition, ping);
  if (kind === "gateway-blackhole") return monitor === null ? [] : pingBackCosts(ping, monitor, tool, path);
  const first = monitor ?? { intervalMs: 0, timeoutMs: common.DEFAULT_OP_TIMEOUT_MS };
  return kind === "node-power-off" ? firstPingCosts(ping, first, tool, path) : [];
}

function linkDown(definition: ClusterDefinition, params: Record<string, unknown>): Costs {
  const named = typeof params["nic"] === "string" ? bondOf(definition, params["nic"]) : null;
  const bond = named ?? serviceBond(definition);
  if (bond === null || bond.network !== serviceBond(definition)?.network) {
    return { costs: [common.notTheService(bond?.name ?? "the NIC"), ...common.client()], warning: null };
  }
  const from = (key: string) => `cluster.yaml: bonds.${bond.name}.${key}`;
  const costs: Cost[] = [
    { phase: "detection", name: `${bond.name} looks at the carrier`, ...upTo(bond.miimonMs), source: from("miimon") },
    {
      phase: "detection",
      name: `${bond.name} waits before it takes the other NIC`,
      ...always(bond.downdelayMs),
      source: from("downdelay"),
    },
    ...common.client(),
  ];
  const blind = bond.miimonMs === 0 ? `${bond.name} does not look at the carrier (miimon 0), so it never takes the other NIC` : null;
  const single = bond.nics.length < 2 ? `${bond.name} has no second NIC` : null;
  return { costs, warning: blind ?? single };
}

/** The carrier stays, so no bond notices: on the service's network only the ping of the gateway does. */
function linkSilent(definition: ClusterDefinition, params: Record<string, unknown>): Costs {
  const bond = typeof params["nic"] === "string" ? bondOf(definition, params["nic"]) : null;
  if (bond !== null && bond.network === serviceBond(definition)?.network) return gatewayBlackhole(definition);
  return { costs: [common.notTheService(bond?.name ?? "the NIC"), ...common.client()], warning: null };
}

function privateLinksCut(definition: ClusterDefinition): Costs {
  const { tokenMs, links, knetPingTimeoutMs = tokenMs / 2 } = definition.corosync.totem;
  const spare = Object.values(links).every((addresses) => addresses.length > 1);
  const slow = knetPingTimeoutMs >= tokenMs;
  const lost = spare
    ? `knet waits ${formatDuration(knetPingTimeoutMs)} for a link, not less than the token`
    : "corosync has no second link";
  return {
    costs: [common.notTheService("the private network"), ...common.client()],
    warning:
      spare && !slow
        ? null
        : `${lost}: without the private network the nodes lose each other, and each takes the service unless one is fenced`,
  };
}

/** What a resource holds is gone and nobody tells the cluster: its next monitor must find out. */
function unnoticedLoss(definition: ClusterDefinition, resource: CrmResource | null, what: string, move: Cost[]): Costs {
  const { path } = definition.pacemaker;
  const id = resource?.id ?? what;
  const monitor = resource === null ? null : recurringMonitor(resource);
  if (monitor === null) {
    return {
      costs: [...common.watchedAnyway(), ...move],
      warning: `no recurring monitor of ${id} in ${path}: nothing notices that it is gone, so no time can be promised; the limit is only how long is watched`,
    };
  }
  const { intervalMs, timeoutMs } = monitor;
  return {
    costs: [
      {
        phase: "detection",
        name: `${id} is looked at`,
        ...upTo(intervalMs),
        operations: 1,
        source: `${path}: op monitor interval of ${id}`,
      },
      {
        phase: "detection",
        name: `the monitor of ${id} may hang`,
        ...upTo(timeoutMs),
        source: `${path}: op monitor timeout of ${id}, or Pacemaker's 20 s`,
        slack: true,
      },
      ...move,
    ],
    warning: null,
  };
}

function gatewayBlackhole(definition: ClusterDefinition): Costs {
  const ping = pingResource(definition);
  const { path } = definition.pacemaker;
  const monitor = ping === null ? null : recurringMonitor(ping);
  if (ping === null || monitor === null) {
    const missing = ping === null ? "no ocf:pacemaker:ping" : `no recurring monitor of ${ping.id}`;
    return {
      costs: [...common.watchedAnyway(), ...common.move(definition)],
      warning: `${missing} in ${path}: nothing notices that the gateway is gone, so no time can be promised; the limit is only how long is watched`,
    };
  }
  return { costs: [...pingCosts(ping, monitor, pingTool(definition, ping), path), ...common.move(definition)], warning: null };
}

/** The image has no fping (images/node/recipe.yaml); a definition may ask for it. */
function pingTool({ packages }: ClusterDefinition, { params }: CrmResource): PingTool {
  const isOff = /^(no|false|0|off|n)$/i.test(params["use_fping"] ?? "");
  return packages.includes("fping") && !isOff ? "fping" : "ping";
}

/** The others hear nothing of it any more, for whatever reason. */
function nodeLost(definition: ClusterDefinition): Costs {
  const { path, totem } = definition.corosync;
  return {
    costs: [
      {
        phase: "detection",
        name: "the node is missed",
        leastMs: totem.tokenMs - tokenHoldMs(totem),
        mostMs: totem.tokenMs,
        source: `${path}: token (with token_coefficient from 3 nodes on); the last token may have come hold ms before, corosync.conf(5)`,
      },
      { phase: "membership", name: "the others agree without it", ...always(totem.consensusMs), source: `${path}: consensus` },
      ...fencingCosts(definition),
      ...common.start(),
      common.election(),
    ],
    warning: null,
  };
}

/**
 * How long an idle cluster keeps the token before it passes it on: corosync.conf(5), hold; totemconfig.c works it out of token and
 * token_retransmits_before_loss_const: 0.8 x token / (retransmits + 0.2).
 */
function tokenHoldMs({ tokenMs, retransmits }: ClusterDefinition["corosync"]["totem"]): number {
  return Math.round((0.8 * tokenMs) / (retransmits + 0.2));
}
