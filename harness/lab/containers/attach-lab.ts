import { HachaosError } from "../../kernel/errors.js";
import { connectEngine, type Engine } from "../engine.js";
import type { Lab } from "../lab.js";
import { assembleLab } from "./assemble-lab.js";
import { containerHost } from "./container-host.js";
import { LABELS } from "./labels.js";
import { readLabNote } from "./lab-note.js";
import type { Hosts, StartedHost } from "./start-hosts.js";
import { watchForLoss } from "./watch-for-loss.js";

/** Takes hold of a lab by what its containers and its note tell; a node that is off is a node that is off. */
export async function attachLab(name: string): Promise<Lab> {
  const engine = await connectEngine();
  const { hosts, image } = await findHosts(engine, name);
  const { definition, facts } = await readLabNote(hosts.fabric.host, name);
  const loss = await watchForLoss(engine.docker, name);
  const { lab } = await assembleLab(engine, { name, definition, hosts, image, loss });
  Object.assign(lab.facts, facts);
  return lab;
}

async function findHosts(engine: Engine, name: string): Promise<{ hosts: Hosts; image: string }> {
  const containers = await engine.docker.listContainers({ all: true, filters: { label: [`${LABELS.lab}=${name}`] } });
  const found = await Promise.all(
    containers.map(async ({ Id: id, Labels }): Promise<[string, StartedHost]> => {
      const host = Labels[LABELS.host] ?? "";
      const { State } = await engine.docker.getContainer(id).inspect();
      return [host, { id, pid: State.Pid, host: containerHost(engine.docker, id, host) }];
    }),
  );
  const hosts = Object.fromEntries(found);
  const missing = ["fabric", "gateway", "client"].filter((host) => hosts[host] === undefined);
  if (missing.length > 0) {
    throw new HachaosError("lab-not-ready", `the lab ${name} has no ${missing.join(", no ")}`, { hint: `hachaos down ${name}` });
  }
  return { hosts: hosts as Hosts, image: containers[0]?.Image ?? "" };
}
