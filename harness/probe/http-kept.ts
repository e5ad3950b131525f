import { z } from "zod";
import type { HttpProbeConfig } from "./agents/http-probe.js";
import { startInClient } from "./client-agent.js";
import { KEPT_PERIOD_MS, periodsMs, TIMEOUT_MS } from "./http-times.js";
import type { Probe } from "./probe.js";

const message = z.object({
  us: z.int(),
  endUs: z.int(),
  scheduledUs: z.int(),
  outcome: z.string(),
  servedBy: z.string().nullable(),
  error: z.string().nullable(),
  connection: z.int(),
});

/** The same page, asked for by a client that keeps its connection: what browsers and proxies feel. */
export const httpKeptProbe: Probe = {
  name: "http-kept",
  summary: `one HTTP request every ${KEPT_PERIOD_MS} ms from the client over one connection that is kept, and made anew when it breaks`,
  async start(lab, emit) {
    const nodes = lab.nodes.map((node) => node.name);
    const config: HttpProbeConfig = {
      url: lab.definition.service.url,
      periodMs: periodsMs(lab.facts).keptPeriodMs,
      timeoutMs: TIMEOUT_MS,
      nodes,
    };
    const observe = (raw: unknown) => ({ type: "http-kept", ...message.parse(raw) });
    return startInClient(lab, { name: "http-kept", agent: "http-kept-probe", config, observe }, emit);
  },
};
