import { HachaosError, messageOf } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { CRM_MON, parseCrmMon, type ClusterView } from "../crm-mon.js";
import { isAtRest, restMs } from "../at-rest.js";
import type { Host, Lab, LabFacts } from "../lab.js";
import { lookEveryMs, slowDown } from "../../cluster/slow-down.js";

/** Measured: daemons to both nodes online takes 3 to 5 s with a short dc-deadtime, and 26 s with pacemaker's own. */
const MEMBERS_WITHIN_MS = 60_000;
/** Measured: both online to serving takes 6 to 7 s, most of it the ping agent's first attempts; 9 s where its dampening is waited out. */
const SERVING_WITHIN_MS = 40_000;

/** Waits until all nodes are members of one quorate cluster; throws `lab-not-ready` with what crm_mon last said. */
export async function waitForMembers(nodes: Host[], facts: LabFacts, signal?: AbortSignal): Promise<void> {
  const members = waitUntil(
    "all nodes are online in one quorate cluster",
    async () => {
      const views = await Promise.all(nodes.map(look));
      const missing = views.flatMap((view, index) =>
        typeof view === "string" ? [`${nodes[index]?.name ?? ""}: ${view}`] : notJoined(view, nodes),
      );
      return missing.length === 0 ? { done: true, value: undefined } : { done: false, seen: [...new Set(missing)].join("; ") };
    },
    { timeoutMs: MEMBERS_WITHIN_MS * slowDown(facts), everyMs: lookEveryMs(250, facts), signal, code: "lab-not-ready" },
  );
  await members.catch(async (error: unknown) => {
    if (signal?.aborted) throw error;
    const complaints = (await Promise.all(nodes.map(complaintsOf))).flat();
    throw new HachaosError("lab-not-ready", [messageOf(error), ...complaints].join("\n  "), { cause: error });
  });
}

/** More of a daemon's lines than these nobody reads in a message; the whole log is in the run folder. */
const COMPLAINTS = 6;

/** What the daemons of a node themselves say went wrong. */
async function complaintsOf(node: Host): Promise<string[]> {
  const state = ["systemctl", "show", "corosync", "pacemaker", "--property=Id,ActiveState,Result,ExecMainStatus"];
  const log = ["grep", "-hE", "(error|crit|alert|emerg):|\\[(TOTEM|MAIN|KNET) *\\].*(fail|error)", ...LOGS];
  const [units, lines] = await Promise.all([node.exec(state, { allow: "any" }), node.exec(log, { allow: "any" })]);
  const said = lines.stdout.trim().split("\n").filter(Boolean).slice(-COMPLAINTS);
  return [`${node.name}: ${units.stdout.trim().replaceAll("\n\n", "; ").replaceAll("\n", " ")}`, ...said];
}

const LOGS = ["/var/log/corosync/corosync.log", "/var/log/pacemaker/pacemaker.log"];

/**
 * Waits until every resource runs and the service answers. A cluster that never gets there, or comes to rest in another state, is no
 * failure of the lab but something to be judged, so what is missing is returned.
 */
export async function waitForService({ definition, nodes, client, facts }: Lab, signal?: AbortSignal): Promise<string[]> {
  const [first] = nodes;
  if (!first) throw new Error("a lab without nodes");
  let [missing, before, restedSince] = [[] as string[], "", performance.now()];
  const everything = waitUntil(
    "all resources run and the service answers",
    async () => {
      const view = await look(first);
      missing = typeof view === "string" ? [view] : notStarted(view);
      // Before that nobody could answer, and to ask takes CPU from the start.
      if (missing.length === 0) missing = await notAnswering(client, definition.service.url);
      const rests = typeof view !== "string" && isAtRest(definition, view);
      if (!rests || missing.join() !== before) [before, restedSince] = [missing.join(), performance.now()];
      const over = performance.now() - restedSince > restMs(definition) * slowDown(facts);
      return missing.length === 0 || over ? { done: true, value: undefined } : { done: false, seen: missing.join("; ") };
    },
    { timeoutMs: SERVING_WITHIN_MS * slowDown(facts), everyMs: lookEveryMs(200, facts), signal },
  );
  await everything.catch((error: unknown) => {
    if (signal?.aborted || missing.length === 0) throw error;
  });
  return missing;
}

/** What crm_mon says on this node, or why it says nothing. */
async function look(node: Host): Promise<ClusterView | string> {
  const said = await node.exec(CRM_MON, { allow: "any", timeoutMs: 5_000 });
  return said.exitCode === 0 ? parseCrmMon(said.stdout).view : "pacemaker does not answer";
}

function notJoined(view: ClusterView, nodes: Host[]): string[] {
  const offline = nodes
    .filter((node) => !view.nodes.some((known) => known.name === node.name && known.online))
    .map((node) => `${node.name} is offline`);
  return [...offline, ...(view.dc === null ? ["no DC elected"] : []), ...(view.quorate ? [] : ["no quorum"])];
}

function notStarted(view: ClusterView): string[] {
  return view.resources
    .filter(({ nodes, role }) => nodes.length === 0 || role === "Starting")
    .map((resource) => `${resource.id} is ${resource.role}`);
}

export async function notAnswering(client: Host, url: string): Promise<string[]> {
  const answer = await client.exec(["wget", "-q", "-O", "/dev/null", "--timeout=1", "--tries=1", url], { allow: "any" });
  return answer.exitCode === 0 ? [] : [`${url} does not answer`];
}
