import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NodeDefinition } from "../../cluster/definition.js";
import { HachaosError } from "../../kernel/errors.js";
import type { Engine } from "../engine.js";
import type { LabRequest } from "../provider.js";
import type { VmSetup } from "../vm/vm-setup.js";
import { makeClusterFiles, type ClusterFiles } from "./cluster-files.js";
import { engineMachine } from "./engine-machine.js";
import { KEEPER_AT } from "./keeper-file.js";
import type { Contents, Housing } from "./housing.js";
import { AGENTS_AT, type Machines } from "./machine.js";
import { AGENTS } from "./node-files.js";

export interface HostImages {
  /** Of the fabric, the gateway and the client. */
  hosts: string;
  nodes: string;
}

/** All containers at once; key and CIB are made in the fabric's as soon as that runs. */
export async function startHosts(
  engine: Engine,
  request: LabRequest,
  images: HostImages,
  housing: Housing,
  setup: VmSetup | null,
): Promise<{ machines: Machines; files: Promise<ClusterFiles> }> {
  const { startContainer } = await import("./start-container.js");
  const { definition } = request;
  const startOne = async (host: string, image: string, contents: Contents) => {
    const marks = { lab: request.name, suite: definition.name, keep: request.keep, spare: request.spare };
    const container = await startContainer({ ...marks, ...contents, image, host });
    return engineMachine(engine.docker, container.getId(), host);
  };
  const startOutsider = (role: Outsider) => startOne(role, images.hosts, contentsOf(role));
  const startNode = async (node: NodeDefinition) => {
    const container = await startOne(node.name, images.nodes, await housing.contents(definition, node, setup));
    return housing.machine(container, setup);
  };
  const fabric = startOutsider("fabric");
  const files = fabric.then(({ host }) => makeClusterFiles(host, definition));
  // Whoever waits for it gets the error; until then it is nobody's.
  files.catch(() => undefined);
  const starting = [fabric, startOutsider("gateway"), startOutsider("client"), ...definition.nodes.map(startNode)];
  // Should one fail, the others must have been made before everything is removed, or they would be left behind.
  await Promise.allSettled(starting);
  const machines = await Promise.all(starting);
  return { machines: Object.fromEntries(machines.map((machine) => [machine.host.name, machine])) as Machines, files };
}

type Outsider = "fabric" | "gateway" | "client";

function contentsOf(role: Outsider): Contents {
  const folders = role === "client" ? clientFolders() : [];
  return { role, extraHosts: [], files: ownFiles(role), folders };
}

/** Our probes as they were compiled, with undici beside them, of which its code is enough. */
function clientFolders(): Contents["folders"] {
  return [
    { source: AGENTS, target: `${AGENTS_AT}/probe/agents` },
    { source: join(UNDICI, "lib"), target: `${AGENTS_AT}/node_modules/undici/lib` },
  ];
}

function ownFiles(role: Outsider): Contents["files"] {
  if (role === "fabric") return [{ content: keeper(), target: KEEPER_AT }];
  const names = role === "client" ? ["package.json", "index.js"] : [];
  return names.map((name) => ({ content: readFileSync(join(UNDICI, name)), target: `${AGENTS_AT}/node_modules/undici/${name}` }));
}

function keeper(): Buffer {
  if (existsSync(KEEPER)) return readFileSync(KEEPER);
  throw new HachaosError("lab-not-ready", `${KEEPER} is not there: no lab without its keeper`, { hint: "npm run build" });
}

/** Made by `npm run build`. */
const KEEPER = fileURLToPath(new URL("../../keeper/bundle.mjs", import.meta.url));
/** What of our own is laid into a lab: files and folders. */
export const LAID_DOWN = [AGENTS, KEEPER];
const UNDICI = dirname(fileURLToPath(import.meta.resolve("undici/package.json")));
