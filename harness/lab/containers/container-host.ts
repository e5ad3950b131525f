import type Docker from "dockerode";
import type { Host } from "../lab.js";
import { execInContainer } from "./exec.js";
import { interactInContainer } from "./interact.js";
import { streamAgent } from "./stream-agent.js";

/** Where our observers and their runtime lie in every container. */
export const AGENTS_AT = "/opt/hachaos";

/** A container as a machine of the lab. */
export function containerHost(docker: Docker, id: string, name: string): Host {
  return {
    name,
    exec: (argv, options) => execInContainer(docker, id, name, argv, options),
    interact: (argv, streams) => interactInContainer(docker, id, argv, streams),
    startAgent: (agent, config, onMessage) =>
      streamAgent(docker, id, ["node", `${AGENTS_AT}/probe/agents/${agent}.js`, JSON.stringify(config)], onMessage),
  };
}
