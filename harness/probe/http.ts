import { z } from "zod";
import type { HttpProbeConfig } from "./agents/http-probe.js";
import type { Probe } from "./probe.js";

/** 40 requests a second resolve a gap to 25 ms and cost the client some 3 % of a core. */
const PERIOD_MS = 25;
/**
 * A healthy page takes 2 to 5 ms in the lab. After one second TCP sends its connection request again (RFC 6298, 2.1): a limit of that
 * length or more would turn a short silence into slow answers.
 */
const TIMEOUT_MS = 900;

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
    const config: HttpProbeConfig = { url: lab.definition.service.url, periodMs: PERIOD_MS, timeoutMs: TIMEOUT_MS, nodes };
    emit({ type: "http-probe", url: config.url, periodMs: PERIOD_MS, timeoutMs: TIMEOUT_MS });
    const agent = await lab.client.startAgent("http-probe", config, (raw) => {
      emit({ type: "http", ...message.parse(raw) });
    });
    emit({ type: "observer", name: "http", node: lab.client.name, running: true, reason: "started" });
    let stopping = false;
    void agent.ended.then((reason) => {
      emit({ type: "observer", name: "http", node: lab.client.name, running: false, reason: stopping ? "stopped" : reason });
    });
    return {
      async stop() {
        stopping = true;
        await agent.stop();
      },
    };
  },
};
