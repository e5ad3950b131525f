import { always, upTo, type Cost } from "./cost.js";
import type { CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";

/** Defaults at the top of the agent's script (pacemaker 2.1.5, ocf:pacemaker:ping). */
const DEFAULT = { attempts: 3, dampen: "5s" };
/** The script's fallback when its arithmetic gives less than a second. */
const LEAST_TIMEOUT_S = 5;
/** The script gives ping 5 minutes when more than 1000 s are asked for. */
const MOST_TIMEOUT = { limitS: 1000, usedS: 300 };

/** What the agent asks with: fping where the node has it and `use_fping` is not off (use_fping in the agent's script), else ping. */
export type PingTool = "fping" | "ping";

/** How long one look at the gateway takes, ms. */
interface Look {
  /** It answers. */
  goodMs: number;
  /** It does not. */
  badMs: number;
  /** From the last packet of a bad look to its end. */
  lastMs: number;
  /** How the agent's script comes to it, for people. */
  source: string;
}

/** From the gateway's silence to the attribute that moves the service, as the agent's script works it out. */
export function pingCosts(ping: CrmResource, monitor: PingMonitor, tool: PingTool, path: string): Cost[] {
  const { id } = ping;
  const { goodMs, badMs, source } = lookOf(ping, monitor, tool, path);
  const underWay = {
    name: `${id} has had an answer already`,
    ...upTo(goodMs),
    source: "one answer is enough, and the rest is waited for (ping(8))",
  };
  return [
    ...(goodMs > 0 ? [{ phase: "detection" as const, ...underWay }] : []),
    { ...pingIsDue(ping, monitor, path), phase: "detection" },
    { phase: "detection", name: `${id} gets no answer`, ...always(badMs), operations: 1, source },
    { ...dampening(ping, path), phase: "detection" },
  ];
}

/** From the gateway's answer to the attribute that lets the service come back. */
export function pingBackCosts(ping: CrmResource, monitor: PingMonitor, tool: PingTool, path: string): Cost[] {
  const { goodMs, lastMs, source } = lookOf(ping, monitor, tool, path);
  return [
    { phase: "decision", name: `${ping.id} has asked in vain already`, ...upTo(lastMs), source },
    { ...pingIsDue(ping, monitor, path), phase: "decision" },
    ...answered(ping, goodMs, source),
    { ...dampening(ping, path), phase: "decision" },
  ];
}

/** On a node that has just joined, the agent's start tries the gateway for the first time, and notes the answer after the dampening. */
export function firstPingCosts(ping: CrmResource, monitor: PingMonitor, tool: PingTool, path: string): Cost[] {
  const { goodMs, source } = lookOf(ping, monitor, tool, path);
  return [...answered(ping, goodMs, source), { ...dampening(ping, path), phase: "decision" }];
}

interface PingMonitor {
  intervalMs: number;
  timeoutMs: number;
}

function lookOf({ params }: CrmResource, monitor: PingMonitor, tool: PingTool, path: string): Look {
  const hosts = (params["host_list"] ?? "").split(/\s+/).filter((host) => host !== "").length || 1;
  const attempts = Number(params["attempts"] ?? DEFAULT.attempts) || DEFAULT.attempts;
  const given = params["timeout"] !== undefined && params["timeout"] !== "";
  const timeoutS = usableTimeout(given ? readSeconds(params["timeout"] ?? "") : derivedSeconds(monitor.timeoutMs, hosts, attempts));
  const source = given
    ? `${path}: timeout=${timeoutS} s for each of ${attempts} attempts (ocf:pacemaker:ping, ${tool}_check)`
    : `${path}: timeout unset, so ${timeoutS} s = op timeout / hosts / ${attempts} attempts / 1.1 (ocf:pacemaker:ping, ${tool}_check)`;
  const limited = (ms: number) => Math.min(ms, monitor.timeoutMs);
  // fping -r attempts -t (timeout / attempts), all hosts side by side: one try and the retries; the first answer ends it.
  const triesMs = Math.floor((timeoutS * 1000) / attempts);
  if (tool === "fping") return { goodMs: 0, badMs: limited(triesMs * (attempts + 1)), lastMs: triesMs, source };
  // ping -c attempts -W timeout: a packet a second, one host after the other; without any answer the last one is waited for.
  const sendingMs = (attempts - 1) * 1000;
  return {
    goodMs: limited(hosts * sendingMs),
    badMs: limited(hosts * (sendingMs + timeoutS * 1000)),
    lastMs: limited(timeoutS * 1000),
    source,
  };
}

function answered({ id }: CrmResource, goodMs: number, source: string): Cost[] {
  return goodMs === 0 ? [] : [{ phase: "decision", name: `${id} gets its answers`, ...always(goodMs), source }];
}

function pingIsDue({ id }: CrmResource, { intervalMs }: PingMonitor, path: string): Omit<Cost, "phase"> {
  const source = `${path}: op monitor interval of ${id}, from the end of one to the beginning of the next (pacemaker-execd)`;
  return { name: `${id} is due`, ...upTo(intervalMs), source };
}

function dampening({ id, params }: CrmResource, path: string): Omit<Cost, "phase"> {
  const source = `${path}: dampen of ${id}, by default 5 s (attrd_updater -d)`;
  return { name: "the change is dampened", ...always(dampenMs(params["dampen"])), source };
}

/** The script: expr timeout / hosts / attempts, then / 1100 "to seconds and finish 10% early", in whole numbers. */
function derivedSeconds(opTimeoutMs: number, hosts: number, attempts: number): number {
  return Math.floor(Math.floor(Math.floor(opTimeoutMs / hosts) / attempts) / 1100);
}

function usableTimeout(seconds: number): number {
  if (seconds < 1) return LEAST_TIMEOUT_S;
  return seconds > MOST_TIMEOUT.limitS ? MOST_TIMEOUT.usedS : seconds;
}

const readSeconds = (text: string): number => Math.floor((parseDurationMs(text, "s") ?? 0) / 1000);

/** The agent's dampen parameter, ms. */
export const dampenMs = (text: string | undefined): number => parseDurationMs(text ?? DEFAULT.dampen, "s") ?? 5000;
