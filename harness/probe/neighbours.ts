import { z } from "zod";
import type { NeighbourConfig } from "./agents/neighbour-observer.js";
import type { Probe } from "./probe.js";

const message = z.object({ us: z.int(), address: z.string(), mac: z.string().nullable(), initial: z.boolean() });

/** Watches in the client's neighbour table who answers for the service's address: packets go there, whoever holds the address. */
export const neighboursProbe: Probe = {
  name: "neighbours",
  summary: "the MAC that answers for the service's address, in the client's neighbour table",
  async start(lab, emit) {
    const node = lab.client.name;
    const config: NeighbourConfig = { addresses: [lab.definition.service.address] };
    const agent = await lab.client.startAgent("neighbour-observer", config, (raw) => {
      emit({ type: "neighbour", node, ...message.parse(raw) });
    });
    emit({ type: "observer", name: "neighbours", node, running: true, reason: "started" });
    let stopping = false;
    void agent.ended.then((reason) => {
      emit({ type: "observer", name: "neighbours", node, running: false, reason: stopping ? "stopped" : reason });
    });
    return {
      async stop() {
        stopping = true;
        await agent.stop();
      },
    };
  },
};
