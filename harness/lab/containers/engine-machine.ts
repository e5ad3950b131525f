import type Docker from "dockerode";
import { execByEngine } from "./engine-exec.js";
import { interactInContainer } from "./interact.js";
import { machineOf, type Machine } from "./machine.js";
import { pipeByEngine } from "./pipe-by-engine.js";
import { streamAgent } from "./stream-agent.js";

/** A container as the engine lets us reach it. */
export function engineMachine(docker: Docker, id: string, name: string): Machine {
  const container = docker.getContainer(id);
  return machineOf(name, id, {
    run: execByEngine(docker, id),
    stream: (argv, onMessage) => streamAgent(docker, id, argv, onMessage),
    pipe: (argv) => pipeByEngine(docker, id, argv),
    interact: (argv, streams) => interactInContainer(docker, id, argv, streams),
    async pid() {
      const { State } = await container.inspect();
      // Between its end and its next start a container counts as running, without a process.
      return State.Pid === 0 ? null : State.Pid;
    },
    hasFile: (path) => containerHasFile(docker, id, path),
  });
}

/** Also of a container that does not run, and in a few milliseconds, where a command in it takes 50 to 100. */
export async function containerHasFile(docker: Docker, id: string, path: string): Promise<boolean> {
  try {
    await docker.getContainer(id).infoArchive({ path });
    return true;
  } catch (error) {
    // Neither the file nor, perhaps, the container is there.
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
