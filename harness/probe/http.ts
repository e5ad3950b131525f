import { z } from "zod";
import type { HttpProbeConfig } from "./agents/http-probe.js";
import { startInClient } from "./client-agent.js";
import { PERIOD_MS, periodsMs, TIMEOUT_MS } from "./http-times.js";
import type { Probe } from "./probe.js";

const message = z.object({
  us: z.int(),
  endUs: z.int(),
  scheduledUs: z.int(),
  sentUs: z.int().optional(),
  connectedUs: z.int().nullable(),
  outcome: z.string(),
  status: z.int().nullable(),
  servedBy: z.string().nullable(),
  error: z.string().nullable(),
});

/** Asks the service for its page from the client's namespace, as its users do. */
export const httpProbe: Probe = {
  name: "http",
  summary: `one HTTP request every ${PERIOD_MS} ms from the client, each over a new connection`,
  async start(lab, emit) {
    const nodes = lab.nodes.map((node) => node.name);
    const { periodMs, keptPeriodMs } = periodsMs(lab.facts);
    const config: HttpProbeConfig = { url: lab.definition.service.url, periodMs, timeoutMs: TIMEOUT_MS, nodes };
    emit({ type: "http-probe", url: config.url, periodMs, timeoutMs: TIMEOUT_MS, keptPeriodMs });
    const observe = (raw: unknown) => ({ type: "http", ...message.parse(raw) });
    return startInClient(lab, { name: "http", agent: "http-probe", config, observe }, emit);
  },
};
