import type { ClusterDefinition } from "../../cluster/definition.js";
import { macOf, portOf, portsOnCable, serviceNetwork, type Port, type Topology } from "../../cluster/topology.js";
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
/** The switch of the management network, and its port to the node with this number. */
const MANAGEMENT = { bridge: "mgmt", port: "mgmt-port" } as const;
/**
 * For each port whose cable is cut there is a bridge without ports of this name and its number (not every kernel has dummy links): so it stays
 * cut when its node loses its power.
 */
const CUT = "cut";
/**
 * A cable carries every frame, LACP's among them, which a switch keeps to itself (IEEE 802.1Q, 01-80-C2-00-00-0X). A bridge lets all of these
 * be passed on by port but those that stop traffic, bit 1 (br_private.h, BR_GROUPFWD_MACPAUSE).
 */
const AS_A_CABLE = "0xfffd";
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
    await ipBatch([...ports.flatMap((port) => plug(port, topology, pid)), ...plugManagement(definition, node, pid)]);
    // A packet between kernel hosts carries no checksum yet; Open vSwitch in userspace would pass it on as it is.
    const names = ports.map((port) => `${portName(port, topology)}\n`).join("");
    await host.exec(["xargs", "-I", "{}", "ethtool", "-K", "{}", "tx", "off"], { stdin: names });
  }

  async function links(): Promise<{ ifname: string; flags: string[] }[]> {
    return JSON.parse((await host.exec(["ip", "-j", "link", "show"])).stdout) as { ifname: string; flags: string[] }[];
  }

  /** Of a node without power, those that are cut when it gets some; of any other, ports that are down. */
  async function cutPorts(): Promise<Port[]> {
    const shown = await links();
    return topology.ports.filter((port) => {
      const link = shown.find(({ ifname }) => ifname === portName(port, topology));
      return link ? !link.flags.includes("UP") : shown.some(({ ifname }) => ifname === cutName(port, topology));
    });
  }

  return {
    async wireAll(pids) {
      await ipBatch([
        ...[...switches(topology), ...trunks(topology)],
        ...[...outsiders(definition, topology, pids), ...managementSwitch(definition)],
      ]);
      await Promise.all(definition.nodes.map((node) => plugNodeIn(node.name, pidOf(pids, node.name))));
      await addressOutsiders(host, definition, pids);
    },
    async wireNode(node, pid) {
      await plugNodeIn(node, pid);
      const cut = (await links()).map(({ ifname }) => ifname);
      const stillCut = topology.ports.filter((port) => port.node === node && cut.includes(cutName(port, topology)));
      await ipBatch(stillCut.map((port) => `link set ${portName(port, topology)} down`));
    },
    async unwireNode(node) {
      const ports = topology.ports.filter((port) => port.node === node).map((port) => portName(port, topology));
      await ipBatchForced([...ports, managementPort(definition, node)].map((port) => `link del ${port}`));
    },
    async setCable(node, nic, state) {
      const ends = portsOnCable(topology, portOf(topology, node, nic));
      // All that are there: a node without power has no port.
      await ipBatchForced(
        state === "cut"
          ? ends.flatMap((end) => [`link set ${portName(end, topology)} down`, `link add ${cutName(end, topology)} type bridge`])
          : ends.flatMap((end) => [`link set ${portName(end, topology)} up`, `link del ${cutName(end, topology)}`]),
      );
    },
    async isCableCut(node, nic) {
      return (await cutPorts()).some((port) => port.node === node && port.nic === nic);
    },
    async cutCables() {
      return (await cutPorts()).map(({ node, nic }) => ({ node, nic }));
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
    async pluggedNics(node) {
      const shown = (await links()).map(({ ifname }) => ifname);
      return topology.ports.filter((port) => port.node === node && shown.includes(portName(port, topology))).map(({ nic }) => nic);
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
  const isCable = topology.segments.some(({ id, kind }) => id === port.segment && kind === "cable");
  return [
    `link add ${name} type veth peer name ${port.nic} address ${port.mac} netns ${pid}`,
    `link set ${name} master ${bridgeName(port.segment, topology)} up`,
    ...(isCable ? [`link set ${name} type bridge_slave group_fwd_mask ${AS_A_CABLE}`] : []),
  ];
}

/** BMCs live here, each with its address on the switch itself: whatever happens to a node, they answer. */
function managementSwitch({ management }: ClusterDefinition): string[] {
  if (management === undefined) return [];
  const bmcs = Object.values(management.nodes).map(({ bmc }) => `address add ${bmc}/${management.prefix} dev ${MANAGEMENT.bridge}`);
  return [`link add ${MANAGEMENT.bridge} type bridge stp_state 0 forward_delay 0`, ...bmcs, `link set ${MANAGEMENT.bridge} up`];
}

function plugManagement(definition: ClusterDefinition, node: string, pid: number): string[] {
  const { management, nodes, bonds } = definition;
  if (management === undefined) return [];
  const index = nodes.findIndex(({ name }) => name === node);
  const mac = macOf(index, bonds.flatMap(({ nics }) => nics).length);
  const port = managementPort(definition, node);
  return [
    `link add ${port} type veth peer name ${management.nic} address ${mac} netns ${pid}`,
    `link set ${port} master ${MANAGEMENT.bridge} up`,
  ];
}

function managementPort({ nodes }: ClusterDefinition, node: string): string {
  return `${MANAGEMENT.port}${nodes.findIndex(({ name }) => name === node)}`;
}

/** Interface names hold 15 characters (IFNAMSIZ - 1), node names may be longer: ports and bridges are numbered. */
function portName(port: Port, topology: Topology): string {
  return `port${topology.ports.indexOf(port)}`;
}

function cutName(port: Port, topology: Topology): string {
  return `${CUT}${topology.ports.indexOf(port)}`;
}

function bridgeName(segment: string, topology: Topology): string {
  return `bridge${topology.segments.findIndex((candidate) => candidate.id === segment)}`;
}

function pidOf(pids: Pids, host: string): number {
  const pid = pids[host];
  if (pid === undefined) throw new Error(`no process id of ${host}`);
  return pid;
}
