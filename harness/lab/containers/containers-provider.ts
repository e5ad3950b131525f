import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { StartedTestContainer } from "testcontainers";
import type { ClusterDefinition } from "../../cluster/definition.js";
import { serviceNetwork, topologyOf } from "../../cluster/topology.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { connectEngine, type Engine } from "../engine.js";
import { ensureImage, type EnsureImageOptions } from "../image/ensure-image.js";
import type { ClusterNode, Host, Lab } from "../lab.js";
import { removeContainers } from "../labs.js";
import type { LabRequest, Provider } from "../provider.js";
import { chooseBonding, type Bonding } from "./bonding/bonding.js";
import { layDown, makeClusterFiles, restoreDcDeadtime, type ClusterFiles } from "./cluster-files.js";
import { collectLogs } from "./collect-logs.js";
import { AGENTS_AT, containerHost } from "./container-host.js";
import { containerNode, startNode, type NodeParts } from "./container-node.js";
import { fabricOf, type ContainerFabric } from "./fabric.js";
import { LABELS } from "./labels.js";
import type { ContainerRequest, Role } from "./start-container.js";
import { readMacs, readVersions } from "./versions.js";
import { watchForLoss, type LossWatch } from "./watch-for-loss.js";
import { waitForMembers, waitForService } from "./wait-ready.js";

/** Nodes as containers with systemd, on one engine. */
export const containersProvider: Provider = {
  name: "containers",
  summary: "Debian nodes as containers of the local engine",
  start,
  remove: async (lab) => removeContainers(await connectEngine(), `${LABELS.lab}=${lab}`),
};

/** Builds a lab, step by step; whatever was made is removed again when a step fails. */
async function start(request: LabRequest): Promise<Lab> {
  const engine = await connectEngine();
  const timed = stepTimer(request);
  const { definition } = request;
  const image = await timed("image", () => ensureImage(engine, imageOptions(request)));
  const loss = await watchForLoss(engine.docker, request.name);
  const destroy = () => {
    loss.stop();
    return removeContainers(engine, `${LABELS.lab}=${request.name}`);
  };
  let lab: Lab | undefined;
  try {
    const { hosts, files: makingFiles } = await timed("containers", () => startAll(engine, request, image.tag));
    const topology = topologyOf(definition);
    const fabric = fabricOf(hosts.fabric.host, definition, topology);
    const bonding = await chooseBonding(hosts.fabric.host);
    const nodes = definition.nodes.map((node) => buildNode(engine, definition, node.name, hosts, fabric, bonding, loss));
    lab = assemble(request, { engine, image: image.tag, hosts, fabric, bonding, nodes: nodes.map(({ node }) => node), lost: loss.lost, destroy });

    await timed("cables and switches", () => fabric.wireAll(pidsOf(hosts)));
    const files = await timed("key and CIB", () => makingFiles);
    await timed("bonds and daemons", () =>
      Promise.all(
        nodes.map(async ({ node, parts }) => {
          await layDown(node, files);
          await startNode(node, parts);
        }),
      ),
    );
    await timed("membership", () => waitForMembers(lab?.nodes ?? [], request.signal));
    lab.facts.missing = await timed("service", () =>
      waitForService(definition, lab?.nodes ?? [], lab?.client ?? hosts.fabric.host, request.signal),
    );
    if (files.hurried && lab.nodes[0]) await restoreDcDeadtime(lab.nodes[0]);
    await readFacts(lab);
    return lab;
  } catch (error) {
    if (lab && request.evidenceFolder) await lab.collectLogs(request.evidenceFolder);
    await destroy();
    throw error instanceof HachaosError ? error : new HachaosError("lab-not-ready", messageOf(error), { cause: error });
  }
}

/** A first build takes a minute, so its progress is shown as steps. */
function imageOptions({ definition, onStep, signal }: LabRequest): EnsureImageOptions {
  const onProgress = (text: string) => {
    onStep(`image: ${text}`, null);
  };
  return { release: definition.release, packages: definition.packages, onProgress, ...(signal && { signal }) };
}

interface StartedHost {
  id: string;
  pid: number;
  host: Host;
}
type Hosts = Record<string, StartedHost> & Record<"fabric" | "gateway" | "client", StartedHost>;

/** All containers at once; key and CIB are made in the fabric's as soon as that runs. */
async function startAll(engine: Engine, request: LabRequest, image: string): Promise<{ hosts: Hosts; files: Promise<ClusterFiles> }> {
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
    files: role === "node" ? nodeFiles(definition, host) : [],
    folders: role === "node" || role === "client" ? agentFolders() : [],
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

/** Our observers as they were compiled, and undici beside them. */
function agentFolders(): ContainerRequest["folders"] {
  const probe = fileURLToPath(new URL("../../probe/", import.meta.url));
  const undici = dirname(fileURLToPath(import.meta.resolve("undici/package.json")));
  return [
    { source: join(probe, "agents"), target: `${AGENTS_AT}/probe/agents` },
    { source: undici, target: `${AGENTS_AT}/node_modules/undici` },
  ];
}

function buildNode(engine: Engine, definition: ClusterDefinition, name: string, hosts: Hosts, fabric: ContainerFabric, bonding: Bonding, loss: LossWatch) {
  const node = definition.nodes.find((candidate) => candidate.name === name);
  const started = hosts[name];
  if (!node || !started) throw new Error(`no container of ${name}`);
  const parts: NodeParts = { docker: engine.docker, id: started.id, definition, node, fabric, bonding, loss };
  return { parts, node: containerNode(parts) };
}

interface Assembly {
  engine: Engine;
  image: string;
  hosts: Hosts;
  fabric: ContainerFabric;
  bonding: Bonding;
  nodes: ClusterNode[];
  lost: AbortSignal;
  destroy(): Promise<void>;
}

function assemble(request: LabRequest, parts: Assembly): Lab {
  return {
    name: request.name,
    definition: request.definition,
    provider: "containers",
    nodes: parts.nodes,
    gateway: parts.hosts.gateway.host,
    client: parts.hosts.client.host,
    fabric: parts.fabric,
    facts: {
      bonding: parts.bonding.name,
      engine: `docker ${parts.engine.version}, cgroup v${parts.engine.cgroupVersion}`,
      image: parts.image,
      versions: {},
      mechanisms: {
        cables: "veth pairs over bridges in the lab's own namespace",
        bonds: parts.bonding.name,
        power: "NICs removed, then SIGKILL",
      },
      macs: {},
      missing: [],
    },
    lost: parts.lost,
    collectLogs: (folder) => collectLogs(parts.nodes, folder),
    destroy: parts.destroy,
  };
}

async function readFacts(lab: Lab): Promise<void> {
  const nics = lab.definition.bonds.flatMap((bond) => bond.nics);
  const [first] = lab.nodes;
  if (first) lab.facts.versions = await readVersions(first);
  for (const node of lab.nodes) lab.facts.macs[node.name] = await readMacs(node, nics);
}

function pidsOf(hosts: Hosts): Record<string, number> {
  return Object.fromEntries(Object.entries(hosts).map(([name, { pid }]) => [name, pid]));
}

function stepTimer(request: LabRequest) {
  return async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    if (request.signal?.aborted) throw new HachaosError("interrupted", `interrupted before: ${step}`);
    const started = performance.now();
    request.onStep(step, null);
    const value = await work();
    request.onStep(step, Math.round(performance.now() - started));
    return value;
  };
}
