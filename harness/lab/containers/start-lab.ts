import { resolve } from "node:path";
import { imagePackages } from "../../cluster/image-packages.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { connectEngine, type Engine } from "../engine.js";
import { ensureImage } from "../image/ensure-image.js";
import type { Lab } from "../lab.js";
import type { LabRequest } from "../provider.js";
import { assembleLab } from "./assemble-lab.js";
import { startBmcs } from "./bmc.js";
import { layDown, restoreDcDeadtime, type ClusterFiles } from "./cluster-files.js";
import { readFacts } from "./container-lab.js";
import { bootNode, bringUpNetwork, startDaemons } from "./container-node.js";
import type { Housing } from "./housing.js";
import { LAB_BEGUN_AT, writeLabNote } from "./lab-note.js";
import type { Machines } from "./machine.js";
import { removeLab } from "./remove-lab.js";
import { keepSnapshot } from "./snapshot.js";
import { startHosts, type HostImages } from "./start-hosts.js";
import { watchForLoss } from "./watch-for-loss.js";
import { waitForMembers, waitForService } from "./wait-ready.js";
import { writeAttributesOnceNoted } from "./write-attributes.js";

/** Builds a lab, step by step; whatever was made is removed again when a step fails. */
export async function startLab(request: LabRequest, housing: Housing): Promise<Lab> {
  const engine = await connectEngine();
  const timed = stepTimer(request);
  const { name, definition } = request;
  refuseManagement(definition, housing);
  const images = await timed("image", () => ensureImages(engine, request, housing));
  const setup = await housing.prepare(engine, images.nodes);
  const loss = await watchForLoss(engine.docker, name);
  let lab: Lab | undefined;
  try {
    const { machines, files: makingFiles } = await timed("containers", () => startHosts(engine, request, images, housing, setup));
    const bonding = await housing.bonding(machines.fabric.host);
    const provider = housing.name;
    const assembled = assembleLab({
      ...{ name, provider, definition, machines, bonding, image: images.nodes, lost: loss.lost },
      mechanisms: housing.mechanisms(bonding, setup),
      engine: `docker ${engine.version}, cgroup v${engine.cgroupVersion}`,
      destroy: () => removeLab(engine, name, loss),
    });
    const { fabric, nodes } = assembled;
    lab = assembled.lab;
    const note = { name, provider, definition, facts: lab.facts, containers: idsOf(machines), setup };
    const booting = Promise.all(nodes.map(({ parts }) => bootNode(parts.machine, bonding)));
    // Whoever waits for it gets the error; until then it is nobody's.
    booting.catch(() => undefined);
    await timed("cables and switches", async () => fabric.wireAll(await pidsOf(machines)));
    const { management } = definition;
    if (management !== undefined) {
      await timed("BMCs", async () => {
        await writeLabNote(machines.fabric.host, note, LAB_BEGUN_AT);
        await startBmcs(machines.fabric.host, management);
      });
    }
    await timed("boot and bonds", async () => {
      await booting;
      await Promise.all(nodes.map(({ parts }) => bringUpNetwork(parts)));
    });
    const hosts = nodes.map(({ node }) => node);
    lab.facts.pace = await housing.pace(hosts, lab.client);
    const { facts } = lab;
    const files = await timed("key and CIB", () => makingFiles);
    await timed("daemons", () =>
      Promise.all(
        nodes.map(async ({ node }) => {
          await layDown(node, files);
          await startDaemons(node, facts);
        }),
      ),
    );
    await timed("membership", () => waitForMembers(lab?.nodes ?? [], facts, request.signal));
    lab.facts.missing = await timed("service", () => settle(assembled.lab, files, request.signal));
    lab.facts.folder = resolve(request.folder);
    if (lab.reset) await timed("snapshot", () => keepSnapshot(nodes.map(({ parts }) => parts.machine)));
    await writeLabNote(machines.fabric.host, note);
    return lab;
  } catch (error) {
    if (lab && request.evidenceFolder) await lab.collectLogs(request.evidenceFolder);
    await removeLab(engine, name, loss);
    throw error instanceof HachaosError ? error : new HachaosError("lab-not-ready", messageOf(error), { cause: error });
  }
}

/** The NIC out of band is a container's: a chassis hands on those of the bonds only. */
function refuseManagement({ name, management }: LabRequest["definition"], { image }: Housing): void {
  if (management === undefined || image === "node") return;
  throw new HachaosError("capability-missing", `${name} has a management network, and virtual nodes have no NIC on it`, {
    hint: "--provider containers",
  });
}

/** Waits for the service, and does meanwhile what only needs daemons that run; returns what is missing. */
async function settle(lab: Lab, files: ClusterFiles, signal?: AbortSignal): Promise<string[]> {
  const over = new AbortController();
  const serving = waitForService(lab, signal).finally(() => {
    over.abort();
  });
  const [first] = lab.nodes;
  const [missing] = await Promise.all([
    serving,
    // Where the agents note nothing, the service is waited for all the same.
    writeAttributesOnceNoted(lab, over.signal).catch(() => undefined),
    readFacts(lab),
    files.hurried && first ? restoreDcDeadtime(first) : undefined,
  ]);
  return missing;
}

/** Hosts beside the nodes are made of the node's image, whatever the nodes are made of. A first build takes a minute, so its progress is shown as steps. */
async function ensureImages(engine: Engine, { definition, onStep, signal }: LabRequest, { image }: Housing): Promise<HostImages> {
  const onProgress = (text: string) => {
    onStep(`image: ${text}`, null);
  };
  const options = { release: definition.release, packages: imagePackages(definition), onProgress, ...(signal && { signal }) };
  const hosts = await ensureImage(engine, { ...options, kind: "node" });
  const nodes = image === "node" ? hosts : await ensureImage(engine, { ...options, kind: image });
  return { hosts: hosts.tag, nodes: nodes.tag };
}

function idsOf(machines: Machines): Record<string, string> {
  return Object.fromEntries(Object.entries(machines).map(([host, { id }]) => [host, id]));
}

async function pidsOf(machines: Machines): Promise<Record<string, number>> {
  const pids = await Promise.all(Object.entries(machines).map(async ([name, machine]) => [name, await machine.pid()] as const));
  return Object.fromEntries(pids.flatMap(([name, pid]) => (pid === null ? [] : [[name, pid]])));
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
