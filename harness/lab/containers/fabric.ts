import type { ClusterDefinition } from "../../cluster/definition.js";
import { portOf, portsOnCable, serviceNetwork, type Port, type Topology } from "../../cluster/topology.js";
import type { Fabric, Host } from "../lab.js";

/** Pid, in the engine's host, of the process whose namespace gets the NICs. */
export type Pids = Record<string, number>;

export interface ContainerFabric extends Fabric {
  /** Makes switches and cables and plugs every host in. */
  wireAll(pids: Pids): Promise<void>;
  /** Plugs one node in again after it got a new, empty namespace. */
  wireNode(node: string, pid: number): Promise<void>;
  /** Takes all cables out of a node that are in it. */
  unwireNode(node: string): Promise<void>;
}

/** Interface names of the gateway's and the client's ports in the fabric. */
const OUTSIDE = { gateway: "gateway", client: "client" } as const;
/** Veth pair that joins neighbouring switches of one network. */
const TRUNK = { left: "trunk-a", right: "trunk-b" };

/**
 * Switches are bridges in the fabric's own namespace and cables are veth pairs whose far ends are made inside the
 * hosts' namespaces, so nothing ever appears in the engine host's. A direct cable is a bridge of two ports: only so
 * can it be cut without touching the interface of the node at its other end.
 */
export function fabricOf(host: Host, definition: ClusterDefinition, topology: Topology): ContainerFabric {
  async function ipBatch(commands: string[]): Promise<void> {
    if (commands.length > 0) await host.exec(["ip", "-batch", "-"], { stdin: lines(commands) });
  }

  /** For ports of which some may be missing: ip(8) goes on, and tells so by its exit code. What it did is read back by whoever asked. */
  async function ipBatchForced(commands: string[]): Promise<void> {
    await host.exec(["ip", "-force", "-batch", "-"], { stdin: lines(commands), allow: [0, 1] });
  }

  async function plugNodeIn(node: string, pid: number): Promise<void> {
    const ports = topology.ports.filter((port) => port.node === node);
    await ipBatch(ports.flatMap((port) => plug(port, topology, pid)));
    // A packet between kernel hosts carries no checksum yet; Open vSwitch in userspace would pass it on as it is.
    const names = ports.map((port) => `${portName(port, topology)}\n`).join("");
    await host.exec(["xargs", "-I", "{}", "ethtool", "-K", "{}", "tx", "off"], { stdin: names });
  }

  /** Ports that are there, with whether they are up. */
  async function portsThere(): Promise<{ node: string; nic: string; up: boolean }[]> {
    const shown = await host.exec(["ip", "-j", "link", "show"]);
    const links = JSON.parse(shown.stdout) as { ifname: string; flags: string[] }[];
    return topology.ports.flatMap((port) => {
      const link = links.find(({ ifname }) => ifname === portName(port, topology));
      return link ? [{ node: port.node, nic: port.nic, up: link.flags.includes("UP") }] : [];
    });
  }

  async function cutCables(): Promise<{ node: string; nic: string }[]> {
    return (await portsThere()).filter(({ up }) => !up).map(({ node, nic }) => ({ node, nic }));
  }

  return {
    async wireAll(pids) {
      await ipBatch([...switches(topology), ...trunks(topology), ...outsiders(definition, topology, pids)]);
      await Promise.all(definition.nodes.map((node) => plugNodeIn(node.name, pidOf(pids, node.name))));
      await addressOutsiders(host, definition, pids);
    },
    async wireNode(node, pid) {
      await plugNodeIn(node, pid);
    },
    async unwireNode(node) {
      const ports = topology.ports.filter((port) => port.node === node).map((port) => `link del ${portName(port, topology)}`);
      await ipBatchForced(ports);
    },
    async setCable(node, nic, state) {
      const port = portOf(topology, node, nic);
      const ends = portsOnCable(topology, port).map((end) => `link set ${portName(end, topology)} ${state === "cut" ? "down" : "up"}`);
      // All that are there: a node without power has no port, and gets one that is up with its power.
      await ipBatchForced(ends);
    },
    async isCableCut(node, nic) {
      return (await cutCables()).some((port) => port.node === node && port.nic === nic);
    },
    async setForwarding(node, nic, forwards) {
      await host.exec(["bridge", "link", "set", "dev", portName(portOf(topology, node, nic), topology), "state", forwards ? "3" : "0"]);
    },
    async isForwarding(node, nic) {
      const port = portName(portOf(topology, node, nic), topology);
      const shown = await host.exec(["bridge", "-j", "link", "show"]);
      const links = JSON.parse(shown.stdout) as { ifname: string; state: string }[];
      // A node without power has no port: when it comes back, it forwards.
      return links.find(({ ifname }) => ifname === port)?.state !== "disabled";
    },
    cutCables,
    async pluggedNics(node) {
      return (await portsThere()).filter((port) => port.node === node).map(({ nic }) => nic);
    },
  };
}

function lines(commands: string[]): string {
  return commands.map((command) => `${command}\n`).join("");
}

function switches(topology: Topology): string[] {
  return topology.segments.flatMap((segment) => [
    `link add ${bridgeName(segment.id, topology)} type bridge stp_state 0 forward_delay 0`,
    `link set ${bridgeName(segment.id, topology)} up`,
  ]);
}

/** The switches of one network are joined by a trunk, so a node is reached whichever leg it uses. */
function trunks(topology: Topology): string[] {
  const all = topology.segments.filter((segment) => segment.kind === "switch");
  return all.slice(1).flatMap((segment, index) => {
    const before = all[index];
    if (before?.network !== segment.network) return [];
    return [
      `link add ${TRUNK.left}${index} type veth peer name ${TRUNK.right}${index}`,
      `link set ${TRUNK.left}${index} master ${bridgeName(before.id, topology)} up`,
      `link set ${TRUNK.right}${index} master ${bridgeName(segment.id, topology)} up`,
    ];
  });
}

/** The gateway hangs on the first switch, the client on the last: their path crosses the trunk. */
function outsiders(definition: ClusterDefinition, topology: Topology, pids: Pids): string[] {
  const chain = topology.segments.filter((segment) => segment.kind === "switch" && segment.network === serviceNetwork(definition).name);
  const places = { gateway: chain.at(0), client: chain.at(-1) };
  return (["gateway", "client"] as const).flatMap((host) => {
    const segment = places[host];
    if (!segment) return [];
    return [
      `link add ${OUTSIDE[host]} type veth peer name eth0 netns ${pidOf(pids, host)}`,
      `link set ${OUTSIDE[host]} master ${bridgeName(segment.id, topology)} up`,
    ];
  });
}

async function addressOutsiders(host: Host, definition: ClusterDefinition, pids: Pids): Promise<void> {
  const network = serviceNetwork(definition);
  await Promise.all(
    (["gateway", "client"] as const).map(async (name) => {
      const inNamespace = ["nsenter", "--target", String(pidOf(pids, name)), "--net", "ip"];
      await host.exec([...inNamespace, "address", "add", `${network[name]}/${network.prefix}`, "dev", "eth0"]);
      await host.exec([...inNamespace, "link", "set", "eth0", "up"]);
    }),
  );
}

function plug(port: Port, topology: Topology, pid: number): string[] {
  const name = portName(port, topology);
  return [
    `link add ${name} type veth peer name ${port.nic} address ${port.mac} netns ${pid}`,
    `link set ${name} master ${bridgeName(port.segment, topology)} up`,
  ];
}

/** Interface names hold 15 characters (IFNAMSIZ - 1), node names may be longer: ports and bridges are numbered. */
function portName(port: Port, topology: Topology): string {
  return `port${topology.ports.indexOf(port)}`;
}

function bridgeName(segment: string, topology: Topology): string {
  return `bridge${topology.segments.findIndex((candidate) => candidate.id === segment)}`;
}

function pidOf(pids: Pids, host: string): number {
  const pid = pids[host];
  if (pid === undefined) throw new Error(`no process id of ${host}`);
  return pid;
}
