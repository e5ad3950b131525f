import { createInterface } from "node:readline";
import type Docker from "dockerode";
import { z } from "zod";
import { HachaosError } from "../../kernel/errors.js";
import { containerHasFile } from "./engine-machine.js";
import { LABELS } from "./labels.js";
import { POWER_OFF } from "./power.js";

export interface LossWatch {
  /** Aborts with a HachaosError when a container ended that nobody switched off, or when the engine went away. */
  lost: AbortSignal;
  stop(): void;
}

/** As `docker events` tells it (engine API, /events). */
const message = z.object({ Action: z.string(), Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }) });

/** Watches the lab's containers through the engine's events: without one of them, nothing that a trial shows is the cluster's doing. */
export async function watchForLoss(docker: Docker, lab: string): Promise<LossWatch> {
  const lost = new AbortController();
  let stopped = false;
  const stream = (await docker.getEvents({
    filters: { label: [`${LABELS.lab}=${lab}`], event: ["die", "destroy"] },
  })) as NodeJS.ReadableStream & { destroy(): void };
  const lose = (code: "lab-lost" | "engine-lost", text: string) => {
    if (!stopped) lost.abort(new HachaosError(code, text));
  };
  const gone = () => {
    lose("engine-lost", "the container engine does not tell events any more");
  };
  createInterface({ input: stream })
    // It hands the stream's errors on, and one that nobody hears would be thrown before the stream can tell anybody else.
    .on("error", gone)
    .on("line", (line) => {
      const { Action, Actor } = message.parse(JSON.parse(line));
      void switchedOff(docker, Action, Actor.ID).then((wanted) => {
        if (!wanted) lose("lab-lost", `the container of ${Actor.Attributes[LABELS.host] ?? Actor.ID} ended, and not by this run`);
      });
    });
  stream.once("close", gone);
  return {
    lost: lost.signal,
    stop() {
      stopped = true;
      stream.destroy();
    },
  };
}

/** Whoever switches a node off marks it before: this process, another one or the keeper. */
async function switchedOff(docker: Docker, action: string, id: string): Promise<boolean> {
  if (action !== "die") return false;
  // An engine that cannot say so is lost itself.
  return containerHasFile(docker, id, POWER_OFF).catch(() => false);
}
