import type DockerodeClient from "dockerode";
import { engineMachine } from "../../lab/containers/engine-machine.js";
import { faultsInForce } from "../../lab/containers/journal.js";
import { readLabNote } from "../../lab/containers/lab-note.js";
import { Dockerode } from "../../lab/dockerode.js";
import { isSpare, listLabs, type LabSummary } from "../../lab/labs.js";
import type { Sources } from "./candidates.js";

/**
 * What the engine knows of labs. It goes to the usual socket (or DOCKER_HOST) straight away: to look for engines in all the places where
 * testcontainers finds them takes a second.
 */
export function engineSources(): Pick<Sources, "labs" | "hosts" | "nics" | "faultsInForce"> {
  const docker = new Dockerode();
  const all = () => listLabs({ docker });
  const wanted = async (name: string | undefined) => (await all()).filter((lab) => name === undefined || lab.name === name);
  return {
    async labs() {
      return (await all()).map((lab) => ({ value: lab.name, description: `${isSpare(lab) ? "spare, " : ""}suite ${lab.suite}` }));
    },
    async hosts(lab) {
      const hosts = (await wanted(lab)).flatMap((found) => found.hosts.filter(({ role }) => role !== "fabric"));
      return once(hosts.map(({ name, role }) => ({ value: name, description: role, isNode: role === "node" })));
    },
    async nics(lab) {
      const bonds = (await Promise.all((await wanted(lab)).map((found) => bondsOf(docker, found)))).flat();
      return once(bonds.flatMap(({ name, nics }) => nics.map((value) => ({ value, description: name }))));
    },
    async faultsInForce(lab) {
      const faults = await Promise.all((await wanted(lab)).map((found) => faultsInForce({ docker }, found)));
      return faults.flat().map(({ id, nodes }) => ({ value: id, description: nodes.join(", ") }));
    },
  };
}

async function bondsOf(docker: DockerodeClient, { name, hosts }: LabSummary) {
  const fabric = hosts.find(({ role, state }) => role === "fabric" && state === "running");
  if (fabric === undefined) return [];
  return (await readLabNote(engineMachine(docker, fabric.id, "fabric").host, name)).definition.bonds;
}

function once<C extends { value: string }>(candidates: C[]): C[] {
  return [...new Map(candidates.map((candidate) => [candidate.value, candidate])).values()];
}
