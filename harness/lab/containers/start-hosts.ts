import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StartedTestContainer } from "testcontainers";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { serviceNetwork } from "../../cluster/topology.js";
import type { Engine } from "../engine.js";
import type { Host } from "../lab.js";
import type { LabRequest } from "../provider.js";
import { makeClusterFiles, type ClusterFiles } from "./cluster-files.js";
import { AGENTS_AT, containerHost } from "./container-host.js";
import type { ContainerRequest, Role } from "./start-container.js";

export interface StartedHost {
  id: string;
  /** Pid of its first process, in the engine's host. */
  pid: number;
  host: Host;
}

/** The lab's containers by host name. */
export type Hosts = Record<string, StartedHost> & Record<"fabric" | "gateway" | "client", StartedHost>;

/** All containers at once; key and CIB are made in the fabric's as soon as that runs. */
export async function startHosts(
  engine: Engine,
  request: LabRequest,
  image: string,
): Promise<{ hosts: Hosts; files: Promise<ClusterFiles> }> {
  const { startContainer } = await import("./start-container.js");
  const startOne = async (host: string, role: Role) =>
    startHost(engine, await startContainer(containerRequest(request, image, host, role)), host);
  const fabric = startOne("fabric", "fabric");
  const files = fabric.then(({ host }) => makeClusterFiles(host, request.definition));
  // Whoever waits for it gets the error; until then it is nobody's.
  files.catch(() => undefined);
  const nodes = request.definition.nodes.map((node) => startOne(node.name, "node"));
  const starting = [fabric, startOne("gateway", "gateway"), startOne("client", "client"), ...nodes];
  // Should one fail, the others must have been made before everything is removed, or they would be left behind.
  await Promise.allSettled(starting);
  const started = await Promise.all(starting);
  return { hosts: Object.fromEntries(started.map((host) => [host.host.name, host])) as Hosts, files };
}

async function startHost(engine: Engine, container: StartedTestContainer, name: string): Promise<StartedHost> {
  const id = container.getId();
  const { State } = await engine.docker.getContainer(id).inspect();
  return { id, pid: State.Pid, host: containerHost(engine.docker, id, name) };
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
    extraHosts: role === "node" ? hostsFile(definition) : [],
    files: role === "node" ? nodeFiles(definition, host) : agentFiles(role),
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
  const agents = { source: fileURLToPath(new URL("../../probe/agents/", import.meta.url)), target: `${AGENTS_AT}/probe/agents` };
  if (role === "node") return [agents];
  return role === "client" ? [agents, { source: join(UNDICI, "lib"), target: `${AGENTS_AT}/node_modules/undici/lib` }] : [];
}

function agentFiles(role: Role): ContainerRequest["files"] {
  const names = role === "client" ? ["package.json", "index.js"] : [];
  return names.map((name) => ({ content: readFileSync(join(UNDICI, name)), target: `${AGENTS_AT}/node_modules/undici/${name}` }));
}

const UNDICI = dirname(fileURLToPath(import.meta.resolve("undici/package.json")));
