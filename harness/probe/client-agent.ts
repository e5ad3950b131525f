import type { Lab } from "../lab/lab.js";
import { loadIn } from "./agent-load.js";
import type { Observation, RunningProbe } from "./probe.js";

export interface ClientAgent {
  /** The observer's name in the history. */
  name: string;
  /** The program under probe/agents/. */
  agent: string;
  config: unknown;
  /** What a message of it says. */
  observe(message: unknown): Observation;
}

/** Runs one of our agents in the lab's client; when it began and ended is told too, because without it silence proves nothing. */
export async function startInClient(lab: Lab, wanted: ClientAgent, emit: (observation: Observation) => void): Promise<RunningProbe> {
  const node = lab.client.name;
  const agent = await lab.client.startAgent(wanted.agent, wanted.config, (message) => {
    emit(loadIn(message, wanted.name, node) ?? wanted.observe(message));
  });
  emit({ type: "observer", name: wanted.name, node, running: true, reason: "started" });
  let stopping = false;
  void agent.ended.then((reason) => {
    emit({ type: "observer", name: wanted.name, node, running: false, reason: stopping ? "stopped" : reason });
  });
  return {
    async stop() {
      stopping = true;
      await agent.stop();
    },
  };
}
