import { z } from "zod";
import { CRM_MON_IN_UTC } from "../lab/crm-mon.js";
import type { Agent, ClusterNode, Lab } from "../lab/lab.js";
import { slowDown } from "../cluster/slow-down.js";
import { messageOf } from "../kernel/errors.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { WatchConfig } from "./agents/watchers/watcher.js";
import { loadIn } from "./agent-load.js";
import { clusterNews } from "./cluster-news.js";
import type { Observation, Probe, RunningProbe } from "./probe.js";
import { watchFromHere } from "./watch-from-here.js";

const us = z.int();
const message = z.discriminatedUnion("watch", [
  z.object({ watch: z.literal("link"), us, device: z.string(), carrier: z.boolean(), initial: z.boolean() }),
  z.object({ watch: z.literal("address"), us, device: z.string(), address: z.string(), present: z.boolean(), initial: z.boolean() }),
  z.object({
    ...{ watch: z.literal("bond"), us, bond: z.string(), active: z.string().nullable(), initial: z.boolean() },
    linkFailures: z.record(z.string(), z.int()).optional(),
  }),
  z.object({
    watch: z.literal("corosync"),
    us,
    what: z.string(),
    peer: z.string(),
    link: z.int().nullable(),
    up: z.boolean(),
    initial: z.boolean(),
  }),
  z.object({ watch: z.literal("clock"), us, wallMs: z.number(), errorMs: z.number().optional() }),
  z.object({ watch: z.literal("log"), us, source: z.string(), text: z.string() }),
  z.object({ watch: z.literal("cluster"), us, xml: z.string() }),
  z.object({ watch: z.literal("alive"), us }),
]);

/** Watches every node from inside: addresses, carriers, bonds, membership, links, crm_mon and the daemons' logs. */
export const nodesProbe: Probe = {
  name: "nodes",
  summary: "addresses, carriers, bonds, corosync, crm_mon and daemon logs, watched inside every node",
  async start(lab, emit) {
    const news = clusterNews();
    const watches = await Promise.all(lab.nodes.map((node) => watchNode(lab, node, news, emit)));
    return {
      async stop() {
        await Promise.all(watches.map((watch) => watch.stop()));
      },
    };
  },
};

const ALIVE_EVERY_MS = 1_000;
/** An observer that is silent for this long hangs: silence of it would prove nothing, so it is ended and started anew. */
const SILENT_MS = 10_000;

/** How long a node may stay without power before we stop waiting for its return. */
const RETURN_WITHIN_MS = 3_600_000;

/** A node that loses power takes its observer with it; when it comes back, it is watched again. */
async function watchNode(
  lab: Lab,
  node: ClusterNode,
  newsOf: ReturnType<typeof clusterNews>,
  emit: (observation: Observation) => void,
): Promise<RunningProbe> {
  const stopped = new AbortController();
  let agent: Agent | null = null;
  let isOn = await node.isOn();
  if (isOn) agent = await startAgent();
  else void again();

  /** Whoever switched it: we, another hachaos, or its BMC when the cluster has it fenced. The run drops what it knows already. */
  function tellPower(found: boolean): void {
    if (found !== isOn) emit({ type: "power", node: node.name, on: found });
    isOn = found;
  }

  /** null: crm_mon said nothing that makes sense, as it may while pacemaker comes or goes; it is asked again in a second. */
  function newsIn(...look: Parameters<typeof newsOf>): ReturnType<typeof newsOf> | null {
    try {
      return newsOf(...look);
    } catch {
      return null;
    }
  }

  async function startAgent(): Promise<Agent> {
    let isHeard = false;
    let isLookedAt = false;
    let heardAt = performance.now();
    const tell = (running: boolean, reason: string) => {
      emit({ type: "observer", name: "nodes", node: node.name, running, reason });
    };
    const started = await startObserver(node, configFor(lab), (raw) => {
      heardAt = performance.now();
      const load = loadIn(raw, "nodes", node.name);
      if (load !== null) {
        emit(load);
        return;
      }
      const seen = message.parse(raw);
      if (seen.watch === "alive") return;
      // From then on what it says of addresses is all there is: before, on a slow machine for seconds, an address that is not told may be there.
      if (!isHeard && (seen.watch === "link" || seen.watch === "address")) {
        isHeard = true;
        tell(true, "first look");
      }
      if (seen.watch !== "cluster") {
        const { watch, ...what } = seen;
        emit({ type: watch, ...what, node: node.name });
        return;
      }
      const news = newsIn(node.name, seen.xml, !isLookedAt);
      for (const one of news ?? []) emit({ ...one, us: seen.us, node: node.name });
      isLookedAt ||= news !== null;
    });
    // On an emulated processor its start alone takes some seconds.
    const silentMs = SILENT_MS * slowDown(lab.facts);
    const isSilent = () => performance.now() - heardAt > silentMs;
    const watchdog = setInterval(() => void (isSilent() && started.stop()), ALIVE_EVERY_MS);
    void started.ended.then((reason) => {
      clearInterval(watchdog);
      if (isHeard) tell(false, stopped.signal.aborted ? "stopped" : isSilent() ? `silent for ${silentMs / 1000} s` : reason);
      // A dying node may still count as on for a moment, and the start fails: then this comes round again.
      if (!stopped.signal.aborted) void again();
    });
    return started;
  }

  async function again(): Promise<void> {
    // A node may count as on while it dies or before it can run anything: then the next look tries again.
    const isWatched = async () => {
      tellPower(await node.isOn());
      if (!isOn) return { done: false as const, seen: "off" };
      return startAgent().then(
        (value) => ({ done: true as const, value }),
        (error: unknown) => ({ done: false as const, seen: messageOf(error) }),
      );
    };
    await waitUntil(`${node.name} is watched again`, isWatched, { timeoutMs: RETURN_WITHIN_MS, everyMs: 200, signal: stopped.signal })
      .then(async (started) => {
        agent = started;
        if (stopped.signal.aborted) await agent.stop();
      })
      // The lab is gone or the run is over: there is nothing left to watch.
      .catch(() => undefined);
  }

  return {
    async stop() {
      stopped.abort();
      await agent?.stop();
    },
  };
}

/** Beside what it observes; where nothing of ours can run, from here. */
async function startObserver(node: ClusterNode, config: WatchConfig, onMessage: (message: unknown) => void): Promise<Agent> {
  return node.openEyes ? watchFromHere(await node.openEyes(), config, onMessage) : node.startAgent("node-observer", config, onMessage);
}

function configFor(lab: Lab): WatchConfig {
  return {
    bonding: lab.facts.bonding,
    bonds: Object.fromEntries(lab.definition.bonds.map((bond) => [bond.name, bond.nics])),
    crmMon: CRM_MON_IN_UTC,
    aliveEveryMs: ALIVE_EVERY_MS,
    lookFactor: slowDown(lab.facts),
    logs: [
      { source: "pacemaker", file: "/var/log/pacemaker/pacemaker.log" },
      { source: "corosync", file: "/var/log/corosync/corosync.log" },
    ],
  };
}
