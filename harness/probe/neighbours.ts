import { z } from "zod";
import type { NeighbourConfig } from "./agents/neighbour-observer.js";
import { startInClient } from "./client-agent.js";
import type { Probe } from "./probe.js";

const message = z.object({ us: z.int(), address: z.string(), mac: z.string().nullable(), initial: z.boolean() });

/** Watches in the client's neighbour table who answers for the service's address: packets go there, whoever holds the address. */
export const neighboursProbe: Probe = {
  name: "neighbours",
  summary: "the MAC that answers for the service's address, in the client's neighbour table",
  async start(lab, emit) {
    const config: NeighbourConfig = { addresses: [lab.definition.service.address] };
    const observe = (raw: unknown) => ({ type: "neighbour", node: lab.client.name, ...message.parse(raw) });
    return startInClient(lab, { name: "neighbours", agent: "neighbour-observer", config, observe }, emit);
  },
};
