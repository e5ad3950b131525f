import { HachaosError } from "../../kernel/errors.js";
import { findEngine, type Engine } from "../engine.js";
import type { Lab } from "../lab.js";
import { assembleLab } from "./assemble-lab.js";
import { bondingOf } from "./bonding/bonding.js";
import { engineMachine } from "./engine-machine.js";
import { LABELS } from "./labels.js";
import { readLabNote } from "./lab-note.js";
import type { Machines } from "./machine.js";
import { removeLab } from "./remove-lab.js";
import { watchForLoss } from "./watch-for-loss.js";

/** Takes hold of a lab by what its containers and its note tell; a node that is off is a node that is off. */
export async function attachLab(name: string): Promise<Lab> {
  const engine = await findEngine();
  const { machines, image } = await findMachines(engine, name);
  const { definition, facts } = await readLabNote(machines.fabric.host, name);
  const loss = await watchForLoss(engine.docker, name);
  const { lab } = assembleLab({
    ...{ name, definition, machines, image, bonding: bondingOf(facts.bonding), engine: facts.engine },
    lost: loss.lost,
    destroy: () => removeLab(engine, name, loss),
  });
  return Object.assign(lab, { facts });
}

async function findMachines(engine: Pick<Engine, "docker">, name: string): Promise<{ machines: Machines; image: string }> {
  const containers = await engine.docker.listContainers({ all: true, filters: { label: [`${LABELS.lab}=${name}`] } });
  const machines = Object.fromEntries(
    containers.map(({ Id: id, Labels }) => {
      const host = Labels[LABELS.host] ?? "";
      return [host, engineMachine(engine.docker, id, host)];
    }),
  );
  const missing = ["fabric", "gateway", "client"].filter((host) => machines[host] === undefined);
  if (missing.length > 0) {
    throw new HachaosError("lab-not-ready", `the lab ${name} has no ${missing.join(", no ")}`, { hint: `hachaos down ${name}` });
  }
  return { machines: machines as Machines, image: containers[0]?.Image ?? "" };
}
