import { z } from "zod";
import { described, word } from "./described.js";
import { parseDurationMs } from "./duration.js";
import { machines } from "./machine-access-schema.js";

/** A time in cluster.yaml, as milliseconds. */
const duration = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const ms = parseDurationMs(value, "ms");
    if (ms !== null) return ms;
    context.addIssue({
      code: "custom",
      message: `${value} is no duration; write for example 15s or 100ms (a bare number counts milliseconds)`,
    });
    return z.NEVER;
  })
  .meta({ kind: "duration" });

const names = z.array(z.string()).min(1);

const network = z.strictObject({
  subnet: described(z.cidrv4(), "The network's addresses, as CIDR", "192.168.1.0/24"),
  wiring: described(
    z.enum(["cables", "switches"]),
    "`cables`: a bond's NIC n goes straight to NIC n of the other node (two nodes only). `switches`: NIC n goes to switch n",
    "switches",
  ),
  gateway: described(z.ipv4().optional(), "The default gateway: a host outside the cluster. Only on the service's network", "192.168.1.1"),
  client: described(
    z.ipv4().optional(),
    "Where the HTTP probes come from: a host outside the cluster. Only on the service's network",
    "192.168.1.100",
  ),
});

export const BOND_MODES = ["active-backup", "balance-rr", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"] as const;

const bond = z.strictObject({
  network: described(z.string(), "The network its NICs plug into", "service"),
  nics: described(names, "Its NICs, the same on every node; the first is preferred", "[eth2, eth3]"),
  mode: described(
    z.enum(BOND_MODES).default("active-backup"),
    `As bond-mode in /etc/network/interfaces: ${BOND_MODES.join(", ")}`,
    "active-backup",
  ),
  miimon: described(duration.default(100), "How often the carrier is looked at", "100ms"),
  downdelay: described(duration.default(200), "How long a lost carrier is waited for before the other NIC takes over", "200ms"),
  updelay: described(duration.default(200), "How long a carrier must be back before the NIC is used again", "200ms"),
});

/** IPMI 2.0 specification, 22.28 and 22.30: a name of 16 characters at most, a password of 20. */
const management = z.strictObject({
  subnet: described(z.cidrv4(), "The network's addresses, as CIDR: none of another network's", "10.20.14.0/24"),
  nic: described(z.string().default("mgmt0"), "The nodes' NIC on it: no bond has it, and no fault cuts it", "mgmt0"),
  user: described(word(/^[\w.-]{1,16}$/, "is no IPMI user name"), "The user that every BMC knows", "fencer"),
  password: described(word(/^[\w.-]{1,20}$/, "is no IPMI password of letters, digits, _ . and -"), "Its password", "secret"),
  nodes: described(
    z.record(
      z.string(),
      z.strictObject({
        address: described(z.ipv4(), "The node's own address there", "10.20.14.1"),
        bmc: described(z.ipv4(), "Its BMC's address: what `ip` of fence_ipmilan names", "10.20.14.101"),
      }),
    ),
    "Every node by host name",
    "",
  ),
});

const file = z.strictObject({
  file: described(z.string().min(1), "Name beside cluster.yaml", "apache/cluster.conf"),
  to: described(
    z.string().regex(/^\/[^\0]+$/, "must be an absolute path on the node; begin it with /"),
    "Where every node gets it, before the daemons start",
    "/etc/apache2/conf-enabled/cluster.conf",
  ),
});

const service = z.strictObject({
  url: described(z.string(), "What clients ask for: http, and the address that moves", "http://192.168.1.60/"),
  unit: described(
    word(/^[\w@][\w@:.\\-]*$/, "is no name of a systemd unit"),
    "The systemd unit that must not start at boot, because the cluster owns it",
    "apache2",
  ),
  process: described(
    word(/^[\w.][\w. -]*$/, "is no name of a process").optional(),
    "Name of the daemon's processes, as `pgrep -x` matches it; by default the unit's",
    "apache2",
  ),
});

const promise = z.strictObject({
  prefers: described(z.string().optional(), "This node runs `resources` in the normal case, and again after healing", "vm-node1"),
  resources: described(names.optional(), "With `prefers`: resources of the crm configuration", "[vip, httpd]"),
  together: described(
    names.min(2, "needs two resources or more; add one").optional(),
    "These resources always run on the same node",
    "[vip, httpd]",
  ),
  survives: described(
    z.string().optional(),
    "After this fault on the active node, another node serves (`hachaos faults` lists them)",
    "apache-kill",
  ),
  within: described(duration.optional(), "With `survives`: the time it may take; without it, the time the configuration adds up to", "15s"),
  "single-owner": described(z.ipv4().optional(), "This address is never on two nodes at once", "192.168.1.60"),
  text: described(z.string().optional(), "The promise as one sentence, for the report", "Apache may crash"),
});

const test = z.strictObject({
  name: described(z.string().min(1), "The test's name", "apache-kill"),
  fault: described(
    z.string().optional(),
    "What is broken (`hachaos faults` lists them); without it nothing is, and any failed request is a finding",
    "apache-kill",
  ),
  target: described(z.string().optional(), "With `fault`: a node, or a role: `active` (without it), `standby`, `all`", "standby"),
  params: described(
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    "With `fault`: its parameters",
    "{ nic: eth2 }",
  ),
  expect: described(
    z.enum(["same", "standby"]).optional(),
    "With `fault`: who must serve in the end, where you know better than the fault",
    "standby",
  ),
  watch: described(duration.optional(), "Without `fault`: how long the lab is watched, 30 s unless told", "10s"),
});

const expected = z.strictObject({
  in: described(z.string().min(1), "The test in which it must be found", "apache-kill"),
  violates: described(names, "Ids of promises or of checkers such as `gap`: all of them must be violated", "[C3, gap]"),
  "caught-by": described(z.string().optional(), "The one of `violates` that must carry the reason; without it, any of them may", "C3"),
  because: described(z.string().optional(), "The reason code that must be found; without it, any", "no-recurring-monitor"),
  "may-violate": described(
    names.optional(),
    "Ids that are violated as well or are not, as the clocks of the daemons happen to stand",
    "[unexpected-move]",
  ),
  why: described(z.string().min(1), "The reason in your words, for the report", "the monitor has no interval"),
});

/** `cluster.yaml` as it is written. What each key means stands here once: messages and docs/definition.md are made from it. */
export const definitionFile = z.strictObject({
  extends: described(
    z.string().optional(),
    "Another suite's folder: keys that are not here are taken from its cluster.yaml (but `name`, `tests` and `expected`), and files that are not beside this one from there",
    "../failover",
  ),
  name: described(z.string().min(1).optional(), "The suite's name in reports; by default the folder's", "failover"),
  release: described(word(/^[a-z][a-z0-9-]*$/, "is no Debian release").default("bookworm"), "Debian release of the nodes", "bookworm"),
  packages: described(
    z.array(word(/^[a-z0-9][a-z0-9+.-]+$/, "is no name of a Debian package")).default([]),
    "Debian packages the nodes need beyond the image's own",
    "[nginx-light]",
  ),
  networks: described(z.record(z.string(), network), "Networks by name", ""),
  bonds: described(z.record(z.string(), bond), "Bonds by name, one for each network", ""),
  nodes: described(
    z.record(z.string(), z.record(z.string(), z.ipv4())),
    "Nodes by host name: the address on each bond",
    "vm-node1: { bond1: 192.168.1.61 }",
  ),
  management: described(
    management.optional(),
    "A network out of band, with a BMC for each node that switches its power by IPMI: what `stonith:fence_ipmilan` needs",
    "",
  ),
  corosync: described(z.string().default("corosync.conf"), "Your corosync.conf", "corosync.conf"),
  pacemaker: described(z.string().default("pacemaker.crm"), "Your crm configuration, as typed into `crm configure`", "pacemaker.crm"),
  files: described(z.array(file).default([]), "More of your own files, taken as they stand", ""),
  service: described(service, "What clients use", ""),
  promises: described(
    z.record(z.string(), promise),
    "What is judged, by id: each promise has one of `prefers`, `together`, `survives`, `single-owner`",
    "",
  ),
  budgets: described(
    z.record(z.string(), duration).default({}),
    "Your own time limits by fault; `failback` is the limit of the second, short gap when the service moves back. Without one, the limit is what the configuration adds up to",
    "node-power-off: 12s",
  ),
  tests: described(
    z.array(test).min(1).optional(),
    "What is tested, in this order, where the folder has no `*.suite.ts`; without it, the standard scenarios",
    "",
  ),
  machines: described(
    machines.optional(),
    "Machines that are there already and run this cluster, for `--provider ssh` (docs/machines.md)",
    "",
  ),
  expected: described(z.array(expected).default([]), "Violations that are known and wanted: the suite passes only while each is found", ""),
});

export type DefinitionFile = z.infer<typeof definitionFile>;
