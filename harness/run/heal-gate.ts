import { messageOf } from "../kernel/errors.js";
import { pause } from "../kernel/wait-until.js";
import { isAtRest, ON_ITS_WAY, restMs } from "../lab/at-rest.js";
import { slowDown } from "../cluster/slow-down.js";
import type { Session } from "./session.js";

/** Some seconds of clean HTTP from the right node before a lab counts as normal again. */
const CLEAN_HTTP_MS = 3_000;
/** Boot, join, ping and failback of a node together were measured at 15 to 20 s; three times that is a lab that will not heal. */
const GATE_WITHIN_MS = 60_000;
/** What is seen of a cluster is up to this old: crm_mon is asked once a second, and takes 0.1 s to answer (watch-cluster.ts). */
const SEEN_WITHIN_MS = 1_100;
/** What is looked at is known already, so a look costs little, and the next trial waits for it. */
const LOOK_EVERY_MS = 50;

export interface GateResult {
  passed: boolean;
  missing: string[];
  waitedMs: number;
}

/**
 * Waits until the lab is as it should be in the normal case: what the next trial needs to mean anything. It watches long enough for all that
 * it is told to be of the time after healing. A cluster that has come to rest in another state is waited for no longer.
 */
export async function waitForNormal(session: Session, signal?: AbortSignal): Promise<GateResult> {
  const started = performance.now();
  let [restedSince, before] = [started, ""];
  for (;;) {
    const missing = await notNormal(session);
    const now = performance.now();
    const waitedMs = Math.round(now - started);
    if (!rests(session) || missing.join() !== before) [restedSince, before] = [now, missing.join()];
    const { definition, facts } = session.lab;
    const over = waitedMs > GATE_WITHIN_MS * slowDown(facts) || now - restedSince > restMs(definition) * slowDown(facts);
    if ((missing.length === 0 && waitedMs >= SEEN_WITHIN_MS * slowDown(facts)) || over)
      return { passed: missing.length === 0, missing, waitedMs };
    await pause(LOOK_EVERY_MS, signal);
  }
}

/** Wires and membership are in order, and every node says that nothing is going on. */
function rests(session: Session): boolean {
  const { live, lab } = session;
  const views = live.clusterViews();
  const told = views.length === lab.nodes.length && views.every((view) => isAtRest(lab.definition, view));
  return told && wires(session).length === 0 && live.corosyncDown().length === 0;
}

/** Everything that differs from the normal case, in words; empty = normal. */
export async function notNormal(session: Session): Promise<string[]> {
  const seen = [...wires(session), ...cluster(session), ...placement(session), ...service(session)];
  // Cables are read from the fabric itself, which costs an exec: only once everything else is in order.
  return seen.length > 0 ? seen : cables(session).catch((error: unknown) => [messageOf(error)]);
}

/** In which one leg at a time is the active one (bonding.rst, primary); in the others all carry, and each must have its link. */
const ONE_LEG_MODES = ["active-backup", "balance-tlb", "balance-alb"];

function wires({ lab, live }: Session): string[] {
  return lab.definition.nodes.flatMap(({ name }) =>
    lab.definition.bonds.flatMap((bond) => {
      const dark = bond.nics.filter((nic) => live.carrier(name, nic) !== true).map((nic) => `${name} ${nic} has no carrier`);
      const hasLeg = !ONE_LEG_MODES.includes(bond.mode) || live.activeLeg(name, bond.name);
      return hasLeg ? dark : [...dark, `${name} ${bond.name} has no active leg`];
    }),
  );
}

function cluster({ lab, live }: Session): string[] {
  const views = live.clusterViews();
  const blind = lab.definition.nodes
    .filter(({ name }) => !views.some((view) => view.node === name))
    .map(({ name }) => `nothing from crm_mon on ${name}`);
  const told = views.flatMap((view) => [
    ...(view.quorate ? [] : ["no quorum"]),
    ...view.nodes.filter((node) => !node.online || node.unclean || node.standby).map((node) => `${node.name} is not online`),
    ...view.failCounts.map((entry) => `${entry.resource} has a fail count of ${entry.count} on ${entry.node}`),
    // What crm_resource --move and --ban leave behind is named cli-*; the definition's own rules are not.
    ...view.bans.filter((ban) => ban.id.startsWith("cli-")).map((ban) => `${ban.resource} is banned from ${ban.node}`),
    ...view.resources
      .filter(({ nodes, role, failed, blocked }) => nodes.length === 0 || ON_ITS_WAY.includes(role) || failed || blocked)
      .map((resource) => `${resource.id} is ${resource.role}${resource.failed ? ", failed" : ""}`),
  ]);
  return [...blind, ...new Set(told), ...live.corosyncDown().map((link) => `corosync ${link} is down`)];
}

function placement({ lab, live }: Session): string[] {
  const preferred = lab.definition.promises.filter((promise) => promise.kind === "prefers");
  return preferred.flatMap((promise) =>
    promise.resources.flatMap((id) => {
      const nodes = live
        .clusterViews()
        .flatMap((view) => view.resources.filter((resource) => resource.id === id).flatMap((resource) => resource.nodes));
      return nodes.every((node) => node === promise.node)
        ? []
        : [`${id} is on ${[...new Set(nodes)].join(" and ")}, not on ${promise.node}`];
    }),
  );
}

function service(session: Session): string[] {
  const { live, lab } = session;
  const owners = live.ownersOf(lab.definition.service.address);
  const single =
    owners.length === 1 ? [] : [`${lab.definition.service.address} is on ${owners.length === 0 ? "no node" : owners.join(" and ")}`];
  const server = live.steadyServer(session.nowUs(), CLEAN_HTTP_MS);
  return server === null ? [...single, `no ${CLEAN_HTTP_MS / 1000} s of clean HTTP yet`] : single;
}

async function cables({ lab }: Session): Promise<string[]> {
  return (await lab.fabric.cutCables()).map(({ node, nic }) => `the cable of ${node} ${nic} is cut`);
}
