import { suggestName } from "../kernel/nearest-name.js";
import type { DefinitionFile } from "./definition-schema.js";
import { serviceUrl } from "./service-url.js";
import { holdsHost, overlap, subnetOf, type Subnet } from "./subnet.js";
import type { YamlPath } from "./yaml-source.js";

/** Notes what is wrong at a key or value of cluster.yaml, and what to write instead. */
export type Complain = (path: YamlPath, message: string, which?: "key" | "value") => void;

/** One label of a host name, RFC 1123 section 2.1; a node name is what `uname -n` says, so it has one label. */
const HOST_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
/** Words that are targets of faults, or hosts that every lab has. */
const TAKEN_NAMES = ["active", "standby", "all", "gateway", "client", "fabric", "localhost"];
/** What the kernel takes as an interface name: IFNAMSIZ is 16 with the closing zero (linux/if.h). */
const INTERFACE_NAME = /^[a-z][a-z0-9_.-]{0,14}$/i;

/** Networks, bonds, nodes and addresses fit together. */
export function checkWiring(file: DefinitionFile, complain: Complain): void {
  const subnets = checkNetworks(file, complain);
  checkBonds(file, complain);
  checkNodes(file, subnets, complain);
  checkServiceNetwork(file, subnets, complain);
  checkDuplicates(file, complain);
}

function checkNetworks(file: DefinitionFile, complain: Complain): Map<string, Subnet> {
  const subnets = new Map<string, Subnet>();
  for (const [name, network] of Object.entries(file.networks)) {
    const subnet = subnetOf(network.subnet);
    if (subnet.cidr !== network.subnet)
      complain(["networks", name, "subnet"], `${network.subnet} names a host in the subnet; write ${subnet.cidr}`);
    for (const [other, otherSubnet] of subnets) {
      if (!overlap(subnet, otherSubnet)) continue;
      complain(
        ["networks", name, "subnet"],
        `${subnet.cidr} overlaps ${otherSubnet.cidr} of network ${other}; give each network addresses of its own`,
      );
    }
    subnets.set(name, subnet);
    const nodes = Object.keys(file.nodes).length;
    if (network.wiring === "cables" && nodes !== 2) {
      complain(["networks", name, "wiring"], `cables join exactly two nodes and there are ${nodes}; use wiring: switches`);
    }
    const bonds = Object.entries(file.bonds).filter(([, bond]) => bond.network === name);
    if (bonds.length === 0)
      complain(["networks", name], `no bond is on network ${name}; add one under bonds, or take the network out`, "key");
  }
  return subnets;
}

function checkBonds(file: DefinitionFile, complain: Complain): void {
  const nics = new Map<string, string>();
  const networks = new Map<string, string>();
  for (const [name, bond] of Object.entries(file.bonds)) {
    if (!INTERFACE_NAME.test(name))
      complain(["bonds", name], `${name} is no interface name; use up to 15 letters, digits, - _ or .`, "key");
    if (!Object.hasOwn(file.networks, bond.network)) {
      complain(["bonds", name, "network"], `${bond.network} is no network; ${suggestName(bond.network, Object.keys(file.networks))}`);
    }
    const other = networks.get(bond.network);
    if (other !== undefined)
      complain(["bonds", name, "network"], `${other} is already on network ${bond.network}; give ${name} a network of its own`);
    networks.set(bond.network, name);
    bond.nics.forEach((nic, index) => {
      const holder = nics.get(nic);
      if (holder !== undefined) complain(["bonds", name, "nics", index], `${nic} is already in ${holder}; a NIC belongs to one bond`);
      else if (!INTERFACE_NAME.test(nic) || Object.hasOwn(file.bonds, nic)) {
        complain(["bonds", name, "nics", index], `${nic} is no name for a NIC; use up to 15 letters, digits, - _ or . and none of a bond`);
      }
      nics.set(nic, name);
    });
  }
}

function checkNodes(file: DefinitionFile, subnets: Map<string, Subnet>, complain: Complain): void {
  const nodes = Object.entries(file.nodes);
  if (nodes.length < 2) complain(["nodes"], `a cluster has two nodes or more, and there is ${nodes.length}; add one`, "key");
  const seen = new Map<string, string>();
  for (const [node, addresses] of nodes) {
    if (!HOST_NAME.test(node)) {
      complain(
        ["nodes", node],
        `${node} is no host name (RFC 1123); use up to 63 letters, digits and -, not beginning or ending with -`,
        "key",
      );
    }
    if (TAKEN_NAMES.includes(node.toLowerCase()))
      complain(["nodes", node], `${node} has a meaning of its own here; give the node another name`, "key");
    const twin = seen.get(node.toLowerCase());
    if (twin !== undefined) complain(["nodes", node], `${node} and ${twin} are the same host name; host names do not tell case`, "key");
    seen.set(node.toLowerCase(), node);
    for (const [bond, address] of Object.entries(addresses)) {
      const definition = Object.hasOwn(file.bonds, bond) ? file.bonds[bond] : undefined;
      if (definition === undefined) {
        complain(["nodes", node, bond], `${bond} is no bond; ${suggestName(bond, Object.keys(file.bonds))}`, "key");
        continue;
      }
      checkInside(["nodes", node, bond], address, definition.network, subnets, complain);
    }
    for (const bond of Object.keys(file.bonds)) {
      if (!Object.hasOwn(addresses, bond)) complain(["nodes", node], `${node} has no address on ${bond}; add ${bond}: <address>`, "key");
    }
  }
}

/** Exactly one network holds the service, its gateway and the client: it is where the service is reached from outside. */
function checkServiceNetwork(file: DefinitionFile, subnets: Map<string, Subnet>, complain: Complain): void {
  const { address } = serviceUrl(file.service.url);
  if (address === "") {
    complain(["service", "url"], `${file.service.url} is no http URL with an IPv4 address; write for example http://192.168.1.60/`);
    return;
  }
  const switched = Object.entries(file.networks).filter(([, network]) => network.wiring === "switches");
  const home = switched.find(([name]) => isInside(address, name, subnets));
  if (home === undefined) {
    const places = switched.map(([name]) => `${name} (${subnets.get(name)?.cidr ?? ""})`).join(", ");
    const fix = places === "" ? "give a network wiring: switches" : `use an address of ${places}`;
    complain(["service", "url"], `the service's address ${address} is on no network with switches; ${fix}`);
    return;
  }
  for (const [name, network] of Object.entries(file.networks)) {
    for (const role of ["gateway", "client"] as const) {
      const roleAddress = network[role];
      if (name === home[0] && roleAddress === undefined) {
        complain(["networks", name], `network ${name} holds the service, so it needs a ${role}; add ${role}: <address>`, "key");
      } else if (name !== home[0] && roleAddress !== undefined) {
        complain(["networks", name, role], `the ${role} belongs to the service's network ${home[0]}; take it out here`, "key");
      } else if (roleAddress !== undefined) {
        checkInside(["networks", name, role], roleAddress, name, subnets, complain);
      }
    }
  }
}

function checkDuplicates(file: DefinitionFile, complain: Complain): void {
  const used = new Map<string, string>();
  const use = (address: string, owner: string, path: YamlPath): void => {
    const other = used.get(address);
    if (other === undefined) used.set(address, owner);
    else complain(path, `${address} is already the address of ${other}; give ${owner} another`);
  };
  for (const [name, network] of Object.entries(file.networks)) {
    if (network.gateway !== undefined) use(network.gateway, "the gateway", ["networks", name, "gateway"]);
    if (network.client !== undefined) use(network.client, "the client", ["networks", name, "client"]);
  }
  for (const [node, addresses] of Object.entries(file.nodes)) {
    for (const [bond, address] of Object.entries(addresses)) use(address, `${node} on ${bond}`, ["nodes", node, bond]);
  }
  const { address } = serviceUrl(file.service.url);
  if (address !== "") use(address, "the service", ["service", "url"]);
}

function checkInside(path: YamlPath, address: string, network: string, subnets: Map<string, Subnet>, complain: Complain): void {
  const subnet = subnets.get(network);
  if (subnet === undefined || isInside(address, network, subnets)) return;
  complain(path, `${address} is no host address of network ${network} (${subnet.cidr}); use one from ${subnet.first} to ${subnet.last}`);
}

function isInside(address: string, network: string, subnets: Map<string, Subnet>): boolean {
  const subnet = subnets.get(network);
  return subnet !== undefined && holdsHost(subnet, address);
}
