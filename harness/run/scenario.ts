import { z } from "zod";
import type { ClusterDefinition } from "../cluster/definition.js";
import type { Params } from "../fault/fault.js";
import { faultOf } from "../fault/registry.js";
import type { FaultSpec } from "../history/event.js";
import { HachaosError } from "../kernel/errors.js";

/** One test of a suite: what is broken, and who must serve in the end. */
export interface Scenario {
  name: string;
  /** null: nothing is broken, the lab is only watched. */
  fault: FaultSpec | null;
  expect: "same" | "standby";
  /** How long to watch at least, ms; null: as long as corosync may take to notice something. */
  watchMs: number | null;
}

export interface FaultOptions {
  /** A node's name or a role: active (the default), standby, all. */
  target?: string;
  /** Parameters of the fault: `hachaos faults` lists them. */
  params?: Params;
  /** Who must serve in the end; by default what the fault does to the active node. */
  expect?: Scenario["expect"];
}

/** Thirty seconds hold three rounds of ten-second monitors. */
const QUIET_MS = 30_000;

/** A test in which nothing is broken: any failed request is a finding. */
export function quiet(name: string, watchMs: number = QUIET_MS): Scenario {
  return { name, fault: null, expect: "same", watchMs };
}

/** A test with one fault. Throws `unknown-name` or `usage` for a kind or parameters that the registry does not know. */
export function fault(name: string, kind: string, options: FaultOptions = {}): Scenario {
  const known = faultOf(kind);
  const params = known.params.safeParse(options.params ?? {});
  if (!params.success)
    throw new HachaosError("usage", `${name}: fault ${kind}: ${z.prettifyError(params.error)}`, {
      hint: "hachaos faults lists the parameters",
    });
  const target = known.targets === "network" ? "" : (options.target ?? "active");
  const expect = options.expect ?? (target === "standby" ? "same" : known.expects);
  return { name, fault: { kind, target, params: params.data as Params }, expect, watchMs: null };
}

/** The tests of a suite without suite files: those that cluster.yaml lists, else the standard ones. Throws as `fault` does. */
export function scenariosOf(definition: ClusterDefinition): Scenario[] {
  if (definition.tests === undefined) return standardScenarios(definition);
  return definition.tests.map(({ name, fault: kind, watchMs, ...options }) =>
    kind === null ? quiet(name, watchMs) : fault(name, kind, options),
  );
}

/** What every cluster should be asked, for suites that say nothing of their own. */
export function standardScenarios(definition: ClusterDefinition): Scenario[] {
  const nic = definition.bonds[0]?.nics[0] ?? "eth0";
  const hasCables = definition.networks.some((network) => network.wiring === "cables");
  return [
    quiet("baseline"),
    fault("link-down-active", "link-down", { target: "active", params: { nic } }),
    fault("link-down-standby", "link-down", { target: "standby", params: { nic } }),
    ...(hasCables ? [fault("private-links-cut", "private-links-cut")] : []),
    fault("apache-kill", "apache-kill"),
    fault("gateway-blackhole", "gateway-blackhole"),
    fault("node-power-off", "node-power-off"),
  ];
}
