import { HachaosError } from "../../kernel/errors.js";
import { findEngine, type Engine } from "../engine.js";
import { housingOf } from "../housings.js";
import type { Lab } from "../lab.js";
import { assembleLab } from "./assemble-lab.js";
import { bondingOf } from "./bonding/bonding.js";
import { engineMachine } from "./engine-machine.js";
import { housed } from "./housed.js";
import { LABELS } from "./labels.js";
import { readLabNote } from "./lab-note.js";
import type { Machine } from "./machine.js";
import { removeLab } from "./remove-lab.js";
import { watchForLoss } from "./watch-for-loss.js";

/** Takes hold of a lab by what its containers and its note tell; a node that is off is a node that is off. */
export async function attachLab(name: string): Promise<Lab> {
  const engine = await findEngine();
  const { containers, fabric, image } = await findContainers(engine, name);
  const { provider, definition, facts, setup } = await readLabNote(fabric.host, name);
  const loss = await watchForLoss(engine.docker, name);
  const { lab } = assembleLab({
    ...{ name, provider, definition, image, bonding: bondingOf(facts.bonding), engine: facts.engine, mechanisms: facts.mechanisms },
    machines: housed(containers, housingOf(provider), definition, setup),
    lost: loss.lost,
    destroy: () => removeLab(engine, name, loss),
  });
  return Object.assign(lab, { facts });
}

async function findContainers(
  engine: Pick<Engine, "docker">,
  name: string,
): Promise<{ containers: Machine[]; fabric: Machine; image: string }> {
  const found = await engine.docker.listContainers({ all: true, filters: { label: [`${LABELS.lab}=${name}`] } });
  const containers = found.map(({ Id: id, Labels }) => engineMachine(engine.docker, id, Labels[LABELS.host] ?? ""));
  const of = (host: string) => containers.find((container) => container.host.name === host);
  const fabric = of("fabric");
  const missing = ["fabric", "gateway", "client"].filter((host) => of(host) === undefined);
  if (fabric === undefined || missing.length > 0) {
    throw new HachaosError("lab-not-ready", `the lab ${name} has no ${missing.join(", no ")}`, { hint: `hachaos down ${name}` });
  }
  return { containers, fabric, image: found[0]?.Image ?? "" };
}
