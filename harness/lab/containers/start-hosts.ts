import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StartedTestContainer } from "testcontainers";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { serviceNetwork } from "../../cluster/topology.js";
import { HachaosError } from "../../kernel/errors.js";
import type { Engine } from "../engine.js";
import type { LabRequest } from "../provider.js";
import { makeClusterFiles, type ClusterFiles } from "./cluster-files.js";
import { engineMachine } from "./engine-machine.js";
import { KEEPER_AT } from "./keeper-file.js";
import { AGENTS_AT, type Machine, type Machines } from "./machine.js";
import type { ContainerRequest, Role } from "./start-container.js";

/** All containers at once; key and CIB are made in the fabric's as soon as that runs. */
export async function startHosts(
  engine: Engine,
  request: LabRequest,
  image: string,
): Promise<{ machines: Machines; files: Promise<ClusterFiles> }> {
  const { startContainer } = await import("./start-container.js");
  const startOne = async (host: string, role: Role) =>
    started(engine, await startContainer(containerRequest(request, image, host, role)), host);
  const fabric = startOne("fabric", "fabric");
  const files = fabric.then(({ host }) => makeClusterFiles(host, request.definition));
  // Whoever waits for it gets the error; until then it is nobody's.
  files.catch(() => undefined);
  const nodes = request.definition.nodes.map((node) => startOne(node.name, "node"));
  const starting = [fabric, startOne("gateway", "gateway"), startOne("client", "client"), ...nodes];
  // Should one fail, the others must have been made before everything is removed, or they would be left behind.
  await Promise.allSettled(starting);
  const machines = await Promise.all(starting);
  return { machines: Object.fromEntries(machines.map((machine) => [machine.host.name, machine])) as Machines, files };
}

function started(engine: Engine, container: StartedTestContainer, name: string): Machine {
  return engineMachine(engine.docker, container.getId(), name);
}

function containerRequest(request: LabRequest, image: string, host: string, role: Role): ContainerRequest {
  const { definition } = request;
  return {
    image,
    lab: request.name,
    suite: definition.name,
    host,
    role,
    keep: request.keep,
    spare: request.spare,
    extraHosts: role === "node" ? hostsFile(definition) : [],
    files: role === "node" ? nodeFiles(definition, host) : ownFiles(role),
    folders: agentFolders(role),
  };
}

/** Each node knows all names; without its own, every start of apache waits some 10 s for DNS. */
function hostsFile(definition: ClusterDefinition): ContainerRequest["extraHosts"] {
  const service = definition.bonds.find((bond) => bond.network === serviceNetwork(definition).name);
  return definition.nodes.flatMap((node) => {
    const ipAddress = service && node.addresses[service.name];
    return ipAddress === undefined ? [] : [{ host: node.name, ipAddress }];
  });
}

function nodeFiles(definition: ClusterDefinition, node: string): ContainerRequest["files"] {
  const native = definition.files.map((file) => ({ content: file.content, target: file.to }));
  return [
    ...native,
    { content: definition.corosync.content, target: "/etc/corosync/corosync.conf" },
    // The page tells which node serves it: that is how probes know.
    { content: `<!DOCTYPE html><title>${node}</title><p>served by ${node}</p>\n`, target: "/var/www/html/index.html" },
  ];
}

/** Our observers as they were compiled; the client's need undici beside them, of which its code is enough. */
function agentFolders(role: Role): ContainerRequest["folders"] {
  const agents = { source: AGENTS, target: `${AGENTS_AT}/probe/agents` };
  if (role === "node") return [agents];
  return role === "client" ? [agents, { source: join(UNDICI, "lib"), target: `${AGENTS_AT}/node_modules/undici/lib` }] : [];
}

function ownFiles(role: Role): ContainerRequest["files"] {
  if (role === "fabric") return [{ content: keeper(), target: KEEPER_AT }];
  const names = role === "client" ? ["package.json", "index.js"] : [];
  return names.map((name) => ({ content: readFileSync(join(UNDICI, name)), target: `${AGENTS_AT}/node_modules/undici/${name}` }));
}

function keeper(): Buffer {
  if (existsSync(KEEPER)) return readFileSync(KEEPER);
  throw new HachaosError("lab-not-ready", `${KEEPER} is not there: no lab without its keeper`, { hint: "npm run build" });
}

/** As compiled. */
const AGENTS = fileURLToPath(new URL("../../probe/agents/", import.meta.url));
/** Made by `npm run build`. */
const KEEPER = fileURLToPath(new URL("../../keeper/bundle.mjs", import.meta.url));
/** What of our own is laid into a lab: files and folders. */
export const LAID_DOWN = [AGENTS, KEEPER];
const UNDICI = dirname(fileURLToPath(import.meta.resolve("undici/package.json")));
