import { messageOf } from "../../kernel/errors.js";
import { findEngine, type Engine } from "../engine.js";
import type { Lab } from "../lab.js";
import { listLabs, removeLabs, type LabSummary } from "../labs.js";
import type { Spares } from "../provider.js";
import { attachLab } from "./attach-lab.js";
import { containerHasFile, engineMachine } from "./engine-machine.js";
import { fingerprintOf } from "./fingerprint.js";
import { NOTE_AT, noteTaken } from "./lab-note.js";
import { notAnswering } from "./wait-ready.js";

/** Labs that wait in the engine. */
export const spares: Spares = {
  fingerprint: fingerprintOf,
  names: async (fingerprint) => (await waiting(await findEngine(), fingerprint)).map(({ name }) => name),
  async take(fingerprint, onUnfit) {
    const engine = await findEngine();
    for (const spare of await waiting(engine, fingerprint)) {
      if (!(await isOurs(engine, spare))) continue;
      const lab = await attachLab(spare.name).catch(messageOf);
      const unfit = typeof lab === "string" ? lab : await whyUnfit(lab, spare).catch(messageOf);
      if (typeof lab !== "string" && unfit === null) return lab;
      onUnfit(spare.name, unfit ?? "");
      await removeLabs(engine, { names: [spare.name] });
    }
    return null;
  },
};

async function waiting(engine: Pick<Engine, "docker">, fingerprint: string): Promise<LabSummary[]> {
  return (await listLabs(engine)).filter(({ state, spare }) => state === "spare" && spare === fingerprint);
}

/** Of all who want it at the same moment, one gets it; before it is finished nobody does. A dead one is only good for being removed. */
async function isOurs({ docker }: Pick<Engine, "docker">, { hosts }: LabSummary): Promise<boolean> {
  const fabric = hosts.find(({ role }) => role === "fabric");
  if (fabric?.state !== "running") return fabric !== undefined && containerHasFile(docker, fabric.id, NOTE_AT);
  return noteTaken(engineMachine(docker, fabric.id, fabric.name).host);
}

/** A lab that waited may have been broken meanwhile, or be without its service. What it never had is no news. */
async function whyUnfit({ journal, client, definition, facts }: Lab, { hosts }: LabSummary): Promise<string | null> {
  const dead = hosts.find(({ state }) => state !== "running");
  if (dead) return `${dead.name} is ${dead.state}`;
  const [faults, silent] = await Promise.all([journal.list(), notAnswering(client, definition.service.url)]);
  const [why] = [...faults.map(({ id }) => `${id} is in its journal`), ...silent.filter((what) => !facts.missing.includes(what))];
  return why ?? null;
}
