import type { ContainerInfo } from "dockerode";
import { containerHasFile } from "./containers/engine-machine.js";
import { LABELS, livingOwner } from "./containers/labels.js";
import { POWER_OFF } from "./containers/power.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { Engine } from "./engine.js";

export interface LabSummary {
  name: string;
  suite: string;
  /** ISO 8601. */
  createdAt: string;
  /** `stays`: made by `hachaos up`; `running`: belongs to a live run; `orphaned`: its run is dead. */
  state: "stays" | "running" | "orphaned";
  ownerPid: number | null;
  /** State: as the engine tells it (running, exited, ...), or `off`: a node without power. */
  hosts: { name: string; role: string; state: string; id: string }[];
}

/** All labs on the engine, found by the marks on their containers. */
export async function listLabs(engine: Pick<Engine, "docker">): Promise<LabSummary[]> {
  const byLab = new Map<string, ContainerInfo[]>();
  for (const container of await ours(engine, LABELS.lab)) {
    const lab = container.Labels[LABELS.lab] ?? "";
    byLab.set(lab, [...(byLab.get(lab) ?? []), container]);
  }
  const labs = [...byLab].map(([name, containers]) => summarise(name, containers)).sort((a, b) => a.name.localeCompare(b.name));
  const hosts = labs.flatMap((lab) => lab.hosts);
  await Promise.all(hosts.map(async (host) => (await isDark(engine, host)) && (host.state = "off")));
  return labs;
}

/** The container of a node without power runs, and waits (power.ts). */
async function isDark({ docker }: Pick<Engine, "docker">, { role, state, id }: LabSummary["hosts"][number]): Promise<boolean> {
  return role === "node" && state === "running" && containerHasFile(docker, id, POWER_OFF);
}

/**
 * Removes labs with everything in them and returns their names. A process of ours that still runs one of them
 * is ended first, or it would go on building.
 */
export async function removeLabs(engine: Pick<Engine, "docker">, which: { name?: string }): Promise<string[]> {
  const labs = (await listLabs(engine)).filter((lab) => which.name === undefined || lab.name === which.name);
  for (const { ownerPid } of labs) if (ownerPid !== null && ownerPid !== process.pid) endOwner(ownerPid);
  await Promise.all(labs.map((lab) => removeContainers(engine, `${LABELS.lab}=${lab.name}`)));
  return labs.map((lab) => lab.name);
}

/** Removes the containers that carry this label (`key=value`), however they are, and returns when none is left. */
export async function removeContainers(engine: Pick<Engine, "docker">, label: string): Promise<void> {
  // Again until a look finds nothing: another remove may be at work, or the engine still making what a killed process asked for.
  await waitUntil(
    `all containers with ${label} are removed`,
    async () => {
      const containers = await ours(engine, label);
      await Promise.all(containers.map((container) => removeContainer(engine, container.Id)));
      return containers.length === 0
        ? { done: true, value: undefined }
        : { done: false, seen: containers.flatMap(({ Names }) => Names).join(" ") };
    },
    { timeoutMs: REMOVED_WITHIN_MS, code: "lab-lost" },
  );
}

/** Five containers at once take 1 to 3 s; a busy engine gets much more. */
const REMOVED_WITHIN_MS = 60_000;

async function removeContainer(engine: Pick<Engine, "docker">, id: string): Promise<void> {
  try {
    await engine.docker.getContainer(id).remove({ force: true, v: true });
  } catch (error) {
    // 404: gone meanwhile; 409: another remove is at work on it.
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}

function endOwner(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // ESRCH: it ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function ours(engine: Pick<Engine, "docker">, label: string): Promise<ContainerInfo[]> {
  return engine.docker.listContainers({ all: true, filters: { label: [label] } });
}

function summarise(name: string, containers: ContainerInfo[]): LabSummary {
  const labels = containers[0]?.Labels ?? {};
  const owner = labels[LABELS.owner] ?? "";
  const ownerPid = livingOwner(owner);
  return {
    name,
    suite: labels[LABELS.suite] ?? "",
    createdAt: labels[LABELS.createdAt] ?? "",
    state: owner === "" ? "stays" : ownerPid === null ? "orphaned" : "running",
    ownerPid,
    hosts: containers
      .map((container) => ({
        name: container.Labels[LABELS.host] ?? "",
        role: container.Labels[LABELS.role] ?? "",
        state: container.State,
        id: container.Id,
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}
