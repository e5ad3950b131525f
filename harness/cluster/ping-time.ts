import { always, upTo, type Cost } from "./cost.js";
import type { CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";

/** Defaults at the top of the agent's script (pacemaker 2.1.5, ocf:pacemaker:ping). */
const DEFAULT = { attempts: 3, dampen: "5s" };
/** The script's fallback when its arithmetic gives less than a second. */
const LEAST_TIMEOUT_S = 5;
/** The script gives ping 5 minutes when more than 1000 s are asked for. */
const MOST_TIMEOUT = { limitS: 1000, usedS: 300 };

/** From the gateway's silence to the attribute that moves the service, as the agent's script works it out. */
export function pingCosts(ping: CrmResource, monitor: { intervalMs: number; timeoutMs: number }, path: string): Cost[] {
  const { params, id } = ping;
  const hosts = (params["host_list"] ?? "").split(/\s+/).filter((host) => host !== "").length || 1;
  const attempts = Number(params["attempts"] ?? DEFAULT.attempts) || DEFAULT.attempts;
  const given = params["timeout"] !== undefined && params["timeout"] !== "";
  const timeoutS = usableTimeout(given ? readSeconds(params["timeout"] ?? "") : derivedSeconds(monitor.timeoutMs, hosts, attempts));
  // ping_check: ping -c attempts -W timeout, once a second, one host after the other; the last packet is waited for.
  const pingMs = hosts * ((attempts - 1) * 1000 + timeoutS * 1000);
  // fping_check: fping -r attempts -t (timeout / attempts), all hosts side by side: one try and the retries.
  const fpingMs = Math.floor((timeoutS * 1000) / attempts) * (attempts + 1);
  const least = Math.min(pingMs, fpingMs, monitor.timeoutMs);
  const most = Math.min(Math.max(pingMs, fpingMs), monitor.timeoutMs);
  const origin = given
    ? `timeout=${timeoutS} s for each of ${attempts} attempts`
    : `timeout unset, so ${timeoutS} s = op timeout / hosts / ${attempts} attempts / 1.1`;
  return [
    { ...pingIsDue(ping, monitor, path), phase: "detection" },
    {
      phase: "detection",
      name: `${id} gets no answer`,
      ...always(least),
      source: `${path}: ${origin} (ocf:pacemaker:ping, the quicker of fping and ping)`,
    },
    ...(most > least
      ? [
          {
            phase: "detection" as const,
            name: `${id} with the slower of fping and ping`,
            ...upTo(most - least),
            source: "ocf:pacemaker:ping, ping_check and fping_check",
            slack: true as const,
          },
        ]
      : []),
    { ...dampening(ping, path), phase: "detection" },
  ];
}

/** From the gateway's answer to the attribute that lets the service come back. */
export function pingBackCosts(ping: CrmResource, monitor: { intervalMs: number }, path: string): Cost[] {
  return [
    { ...pingIsDue(ping, monitor, path), phase: "decision" },
    { ...dampening(ping, path), phase: "decision" },
  ];
}

/** On a node that has just joined, the agent's start tries the gateway for the first time, and notes the answer after the dampening. */
export function firstPingCosts(ping: CrmResource, path: string): Cost[] {
  return [{ ...dampening(ping, path), phase: "decision" }];
}

function pingIsDue({ id }: CrmResource, { intervalMs }: { intervalMs: number }, path: string): Omit<Cost, "phase"> {
  return { name: `${id} is due`, ...upTo(intervalMs), source: `${path}: op monitor interval of ${id}` };
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
