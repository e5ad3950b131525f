import type { ContainerInfo } from "dockerode";
import { containerHasFile } from "./containers/engine-machine.js";
import { LABELS, livingOwner } from "./containers/labels.js";
import { NOTE_AT, TAKEN_AT } from "./containers/lab-note.js";
import { POWER_OFF } from "./containers/power.js";
import { waitUntil } from "../kernel/wait-until.js";
import type { Engine } from "./engine.js";

export interface LabSummary {
  name: string;
  suite: string;
  /** ISO 8601. */
  createdAt: string;
  /** `stays`: made by `hachaos up`; `spare`: waits to be taken; `running`: belongs to a live run; `orphaned`: its run, or its maker, is dead. */
  state: "stays" | "spare" | "running" | "orphaned";
  /** The fingerprint of a lab that was made as a spare, also once it is taken; else null. */
  spare: string | null;
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
  const found = [...byLab].map(([name, containers]) => ({ lab: summarise(name, containers), maker: makerOf(containers) }));
  await Promise.all([
    ...found.flatMap(({ lab }) => lab.hosts).map(async (host) => (await isDark(engine, host)) && (host.state = "off")),
    ...found.map(async ({ lab, maker }) => maker !== null && (lab.state = await stateOfSpare(engine, lab, maker))),
  ]);
  return found.map(({ lab }) => lab).sort((a, b) => a.name.localeCompare(b.name));
}

/** The container of a node without power runs, and waits (power.ts). */
async function isDark({ docker }: Pick<Engine, "docker">, { role, state, id }: LabSummary["hosts"][number]): Promise<boolean> {
  return role === "node" && state === "running" && containerHasFile(docker, id, POWER_OFF);
}

/** A lab that was made as a spare is one until it is taken; when its maker died before it was finished, it never gets so. */
async function stateOfSpare({ docker }: Pick<Engine, "docker">, { hosts }: LabSummary, maker: string): Promise<LabSummary["state"]> {
  const fabric = hosts.find(({ role }) => role === "fabric");
  const has = (path: string) => fabric !== undefined && containerHasFile(docker, fabric.id, path);
  if (await has(TAKEN_AT)) return "stays";
  return livingOwner(maker) !== null || (await has(NOTE_AT)) ? "spare" : "orphaned";
}

/** Whether nobody has taken it, be it finished or not. */
export function isSpare({ spare, state }: Pick<LabSummary, "spare" | "state">): boolean {
  return spare !== null && state !== "stays";
}

/**
 * Removes labs with everything in them and returns their names. A process of ours that still runs one of them
 * is ended first, or it would go on building.
 */
export async function removeLabs(engine: Pick<Engine, "docker">, which: { names?: readonly string[] }): Promise<string[]> {
  const labs = (await listLabs(engine)).filter((lab) => which.names?.includes(lab.name) ?? true);
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
    spare: spareMark(containers)[0] ?? null,
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

/** Who makes, or made, a lab that was made as a spare; null for any other. */
function makerOf(containers: ContainerInfo[]): string | null {
  return spareMark(containers)[1] ?? null;
}

function spareMark([first]: ContainerInfo[]): string[] {
  return first?.Labels[LABELS.spare]?.split(" ") ?? [];
}
