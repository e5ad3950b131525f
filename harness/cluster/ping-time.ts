import type { BudgetTerm } from "./budget.js";
import type { CrmResource } from "./definition.js";
import { parseDurationMs } from "./duration.js";

/** Defaults at the top of the agent's script (pacemaker 2.1.5, ocf:pacemaker:ping). */
const DEFAULT = { attempts: 3, dampen: "5s" };
/** The script's fallback when its arithmetic gives less than a second. */
const LEAST_TIMEOUT_S = 5;
/** The script gives ping 5 minutes when more than 1000 s are asked for. */
const MOST_TIMEOUT = { limitS: 1000, usedS: 300 };

/** From the gateway's silence to the attribute that moves the service, as the agent's script works it out. */
export function pingTerms(ping: CrmResource, monitor: { intervalMs: number; timeoutMs: number }, path: string): BudgetTerm[] {
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
    { name: `${id} is due`, ms: monitor.intervalMs, source: `${path}: op monitor interval of ${id}` },
    { name: `${id} gets no answer`, ms: least, source: `${path}: ${origin} (ocf:pacemaker:ping, the quicker of fping and ping)` },
    ...(most > least
      ? [
          {
            name: `${id} with the slower of fping and ping`,
            ms: most - least,
            source: "ocf:pacemaker:ping, ping_check and fping_check",
            slack: true as const,
          },
        ]
      : []),
    {
      name: "the change is dampened",
      ms: dampenMs(params["dampen"]),
      source: `${path}: dampen of ${id}, by default 5 s (attrd_updater -d)`,
    },
  ];
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

const dampenMs = (text: string | undefined): number => parseDurationMs(text ?? DEFAULT.dampen, "s") ?? 5000;
