/**
 * What is wanted: the resolved cluster definition. It is what `cluster.yaml` and the native files beside it
 * become once validated: plain JSON, stored in every history, so a run can be judged without its folder.
 * Times are milliseconds, addresses are dotted quads, subnets are CIDR.
 */
export interface ClusterDefinition {
  /** The suite's name: by default the folder's. */
  name: string;
  /** Debian release of the nodes. */
  release: string;
  /** Debian packages the nodes need beyond the image's own (for example nginx-light). */
  packages: string[];
  nodes: NodeDefinition[];
  bonds: BondDefinition[];
  networks: NetworkDefinition[];
  /** Absent: there is none, and nobody but hachaos switches a node's power. */
  management?: ManagementDefinition;
  service: ServiceDefinition;
  /** Machines that are there already and run this cluster; absent = none are named. */
  machines?: MachinesDefinition;
  /** Files laid down on every node before the daemons start. */
  files: NativeFile[];
  corosync: NativeFile & { totem: Totem };
  pacemaker: NativeFile & { crm: CrmConfig };
  /** What is promised and judged, by id (C1, C2, ... S). */
  promises: ClusterPromise[];
  /** The tests of a suite without suite files of its own; absent = the standard scenarios. */
  tests?: TestDefinition[];
  /** Violations that are known and wanted in the results: a suite passes only while each is really found. */
  expected: ExpectedViolation[];
  /** The definition's own time limits by fault kind; without one the limit is computed (see budget.ts). */
  budgets: Record<string, number>;
  /** The definition's own limit for the second, short gap when the service moves back; null = computed. */
  failbackBudgetMs: number | null;
}

export interface NodeDefinition {
  name: string;
  /** Address on each bond, by bond name, without prefix length. */
  addresses: Record<string, string>;
}

export interface BondDefinition {
  name: string;
  network: string;
  /** NIC names, first one preferred. */
  nics: string[];
  /** As `bond-mode` in /etc/network/interfaces: active-backup, balance-rr, balance-xor, ... */
  mode: string;
  miimonMs: number;
  downdelayMs: number;
  updelayMs: number;
}

export interface NetworkDefinition {
  name: string;
  /** CIDR, for example 192.168.1.0/24. */
  subnet: string;
  prefix: number;
  /** `cables`: leg n of one node goes straight to leg n of the other (two nodes). `switches`: leg n goes to switch n. */
  wiring: "cables" | "switches";
  /** Host addresses outside the cluster; only on a network with switches. */
  gateway: string | null;
  client: string | null;
}

/** The network out of band: on it every node has a NIC of its own that no bond carries, and a BMC that switches its power by IPMI. */
export interface ManagementDefinition {
  /** CIDR. */
  subnet: string;
  prefix: number;
  /** The nodes' NIC on it. */
  nic: string;
  /** What every BMC asks for. */
  user: string;
  password: string;
  /** Addresses by node name. */
  nodes: Record<string, { address: string; bmc: string }>;
}

export interface ServiceDefinition {
  /** What clients ask for, for example http://192.168.1.60/ */
  url: string;
  address: string;
  port: number;
  /** systemd unit that must not start at boot, because the cluster owns it. */
  unit: string;
  /** Name of the daemon's processes, as `pgrep -x` matches it. */
  process: string;
}

/** Machines that somebody else made, reached over ssh. */
export interface MachinesDefinition {
  /** By node name. */
  nodes: Record<string, MachineAccess>;
  /** The machine that sends the probes; null = the one that hachaos runs on. */
  client: MachineAccess | null;
  bastions: Record<string, MachineAccess>;
  /** File with host keys, as typed. */
  knownHosts: string;
  /** The file on every node that allows faults there. */
  marker: string;
  /** Faults may hit more than one node at a time. */
  allowMany: boolean;
}

export interface MachineAccess {
  host: string;
  user: string;
  port: number;
  /** File of the private key, as typed; null = ssh-agent is asked. */
  key: string | null;
  /** Name of the bastion in between. */
  bastion: string | null;
  /** Command whose standard input and output are the connection. */
  proxy: string[] | null;
}

export interface NativeFile {
  /** Name beside cluster.yaml. */
  path: string;
  /** Absolute path on the node; empty for files that are fed to a tool. */
  to: string;
  content: string;
}

/** The parts of corosync.conf that timing and checks need. */
export interface Totem {
  tokenMs: number;
  consensusMs: number;
  joinMs: number;
  retransmits: number;
  linkMode: string;
  /** Ring addresses by node name: index = link number. */
  links: Record<string, string[]>;
  /** How long knet waits for a link's answer before it uses the next one; absent = half the token, corosync's default. */
  knetPingTimeoutMs?: number;
}

/** The parts of the crm configuration that timing and checks need, read from the text as typed. */
export interface CrmConfig {
  resources: CrmResource[];
  locations: CrmLocation[];
  colocations: CrmColocation[];
  properties: Record<string, string>;
  rscDefaults: Record<string, string>;
  /** Groups and clones with the ids they hold; absent = there are none. */
  containers?: CrmContainer[];
}

export interface CrmContainer {
  id: string;
  kind: "group" | "clone";
  members: string[];
}

export interface CrmResource {
  id: string;
  /** class:provider:type as typed, for example ocf:heartbeat:apache */
  agent: string;
  /** Id of the clone or group around it, if any. */
  parent: string | null;
  cloned: boolean;
  params: Record<string, string>;
  meta: Record<string, string>;
  /** Operations by name. intervalMs 0 = not recurring; timeoutMs null = the default (20 s). */
  ops: { name: string; intervalMs: number; timeoutMs: number | null }[];
}

export interface CrmLocation {
  id: string;
  resource: string;
  /** Set for the short form `location id rsc score: node`. */
  node: string | null;
  /** `100`, `INFINITY`, `-INFINITY` ...; for a rule, the rule's score. */
  score: string;
  /** The rule's expression as typed, or null. */
  rule: string | null;
}

export interface CrmColocation {
  id: string;
  score: string;
  /** Resources as typed, first = dependent. */
  resources: string[];
}

interface PromiseBase {
  /** C1, C2, C3, C4, S or the user's own. */
  id: string;
  /** One sentence for people. */
  text: string;
}
/** C1: in the normal case, and again after healing, these resources run on this node. */
export interface PrefersPromise extends PromiseBase {
  kind: "prefers";
  node: string;
  resources: string[];
}
/** C2: these resources always run on the same node, and answers come from it. */
export interface TogetherPromise extends PromiseBase {
  kind: "together";
  resources: string[];
}
/** C3, C4: after this fault on the primary, another node (`by: standby`) serves within the time; null = computed. */
export interface SurvivesPromise extends PromiseBase {
  kind: "survives";
  fault: string;
  withinMs: number | null;
}
/** S: this address is never on two nodes at once. */
export interface SingleOwnerPromise extends PromiseBase {
  kind: "single-owner";
  address: string;
}
export type ClusterPromise = PrefersPromise | TogetherPromise | SurvivesPromise | SingleOwnerPromise;

/** One test as cluster.yaml names it. What is absent is the fault's to say. */
export interface TestDefinition {
  name: string;
  /** Kind of fault; null = nothing is broken. */
  fault: string | null;
  target?: string;
  params?: Record<string, string | number | boolean>;
  expect?: "same" | "standby";
  watchMs?: number;
}

export interface ExpectedViolation {
  /** The test (scenario name) in which it must be found. */
  test: string;
  /** Constraint ids that are violated there: promise ids or checker ids such as `gap`. */
  violates: string[];
  /** The one of them that must carry the reason; absent = any of them may. */
  caughtBy?: string;
  /** Reason code that must be found (for example `no-recurring-monitor`); null = any. */
  because: string | null;
  /** Ids that are violated as well or are not, depending on how the daemons' clocks happen to stand; absent = none. */
  mayViolate?: string[];
  /** For people. */
  why: string;
}
