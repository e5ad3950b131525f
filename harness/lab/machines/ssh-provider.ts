import { resolve } from "node:path";
import type { ClusterDefinition, MachinesDefinition } from "../../cluster/definition.js";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { readVersions } from "../containers/versions.js";
import type { Host, Lab, LabFacts } from "../lab.js";
import type { LabRequest, Provider } from "../provider.js";
import { measurePace } from "../measure-pace.js";
import { readMacs } from "../read-macs.js";
import { assembleMachines, type FoundMachines } from "./assemble-machines.js";
import { clientHere } from "./client-here.js";
import { clientMachine } from "./client-machine.js";
import { machineOf, type Machine } from "./machine-host.js";
import { preflight } from "./preflight.js";
import { readBonding } from "./read-bonding.js";
import { readCluster } from "./read-cluster.js";

/** Machines that are there already, reached over ssh and taken as they are. */
export const sshProvider = {
  name: "ssh",
  summary: "machines that are there already, over ssh: cluster.yaml names them",
  taken: true,
  start,
} satisfies Provider;

/** Connects, looks and changes nothing; whatever was opened is closed again when something is not as it must be. */
async function start(request: LabRequest): Promise<Lab> {
  const { name, definition, folder, isHealing } = request;
  const inventory = inventoryOf(definition);
  const targetFor = (host: string, access: MachinesDefinition["nodes"][string]) => ({ name: host, access, machines: inventory, folder });
  const machines = definition.nodes.flatMap(({ name: node }) => {
    const access = inventory.nodes[node];
    return access === undefined ? [] : [machineOf(targetFor(node, access))];
  });
  const opened = [...machines];
  const leaves: (() => Promise<void>)[] = [];
  const leave = async () => {
    for (const one of leaves) await one();
    for (const { drop } of opened) drop();
  };
  try {
    const timed = stepTimer(request);
    const ways = await timed("connections", () => everyWay(machines, inventory));
    refuseAddressThatMoves(definition, ways);
    const hosts = machines.map(({ host }) => host);
    // Whoever heals comes because it is not whole.
    const missing = isHealing === true ? [] : await timed("cluster", () => readCluster(definition, hosts));
    const client = await timed("client", () => clientFor(inventory, targetFor, { opened, leaves }));
    // Machines may be slow ones, as emulated ones are; healing is in no hurry.
    const pace = isHealing === true ? 1 : await measurePace(hosts, client);
    const facts = await timed("facts", () => readFacts(definition, hosts, { folder, missing, pace }));
    const lab = assembleMachines({ name, definition, inventory, machines, ways, client, facts, leave });
    if (isHealing !== true) await refuseBroken(lab);
    return lab;
  } catch (error) {
    await leave();
    throw asFailure(error);
  }
}

export function inventoryOf({ name, machines }: ClusterDefinition): MachinesDefinition {
  if (machines) return machines;
  throw new HachaosError("usage", `the suite ${name} names no machines`, {
    hint: "add `machines` to its cluster.yaml (docs/machines.md), or use another provider",
  });
}

/** All at once, so that what is wrong with each is known after the first attempt. */
async function everyWay(machines: Machine[], inventory: MachinesDefinition): Promise<FoundMachines["ways"]> {
  const looks = await Promise.allSettled(machines.map((machine) => preflight(machine, inventory)));
  const failures = looks.flatMap((look) => (look.status === "rejected" ? [asFailure(look.reason)] : []));
  const [first] = failures;
  if (first !== undefined) throw new HachaosError(first.code, failures.map(messageOf).join("\n  "), { hint: first.hint, cause: first });
  return Object.fromEntries(
    machines.map(({ target }, index) => {
      const look = looks[index];
      return [target.name, look?.status === "fulfilled" ? look.value : null];
    }),
  );
}

function asFailure(error: unknown): HachaosError {
  return error instanceof HachaosError ? error : new HachaosError("lab-not-ready", messageOf(error), { cause: error });
}

/** It would lead to another machine after the first failover. */
function refuseAddressThatMoves({ service }: ClusterDefinition, ways: FoundMachines["ways"]): void {
  const [wrong] = Object.entries(ways).find(([, way]) => way?.to === service.address) ?? [];
  if (wrong === undefined) return;
  throw new HachaosError("fault-refused", `${wrong} is reached by ${service.address}, the address that moves`, {
    hint: "name an address of the machine's own under `machines` in cluster.yaml",
  });
}

/** What somebody left broken would be taken for the doing of the next fault. */
async function refuseBroken(lab: Lab): Promise<void> {
  const faults = await lab.journal.list();
  if (faults.length === 0) return;
  const told = faults.map(({ id, leftS, dirty }) => `${id}: ${dirty ?? `undoes itself in ${Math.ceil(leftS)} s`}`).join("\n  ");
  throw new HachaosError("lab-dirty", `faults are in force on the machines of ${lab.definition.name}:\n  ${told}`, {
    hint: `hachaos heal --all --lab ${lab.facts.folder}`,
  });
}

async function readFacts(
  definition: ClusterDefinition,
  hosts: Host[],
  { folder, missing, pace }: Pick<LabFacts, "folder" | "missing" | "pace">,
): Promise<LabFacts> {
  const nics = definition.bonds.flatMap((bond) => bond.nics);
  const [first] = hosts;
  if (!first) throw new Error("a lab without nodes");
  const [bonding, versions, macs] = await Promise.all([
    readBonding(
      first,
      definition.bonds.map((bond) => bond.name),
    ),
    readVersions(first, definition.packages),
    Promise.all(hosts.map(async (host) => [host.name, await readMacs(host, nics)] as const)),
  ]);
  return {
    bonding,
    engine: "none: machines over ssh",
    image: "none: as they are",
    versions,
    mechanisms: {
      cables: "NIC set down in the node",
      silence: "nft at the NIC, in the node",
      gateway: "nft in the node",
      power: "reset: the machine boots by itself",
    },
    pace,
    macs: Object.fromEntries(macs),
    folder: resolve(folder),
    missing,
  };
}

async function clientFor(
  { client }: MachinesDefinition,
  targetFor: (host: string, access: MachinesDefinition["nodes"][string]) => Machine["target"],
  { opened, leaves }: { opened: Machine[]; leaves: (() => Promise<void>)[] },
): Promise<Host> {
  if (client === null) return clientHere();
  const machine = machineOf(targetFor("client", client));
  opened.push(machine);
  const { host, leave } = await clientMachine(machine);
  leaves.push(leave);
  return host;
}

function stepTimer({ onStep, signal }: LabRequest) {
  return async function timed<T>(step: string, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new HachaosError("interrupted", `interrupted before: ${step}`);
    const started = performance.now();
    onStep(step, null);
    const value = await work();
    onStep(step, Math.round(performance.now() - started));
    return value;
  };
}
