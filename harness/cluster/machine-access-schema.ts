import { z } from "zod";
import { described, word } from "./described.js";

/** A name or address as ssh(1) takes it: never an option. */
const host = word(/^[A-Za-z0-9][\w.:-]*$/, "is no host name or address");

/** How one machine is reached. */
const access = z.strictObject({
  host: described(host, "Name or address, as ssh takes it and as it stands in known_hosts", "192.0.2.11"),
  user: described(
    word(/^[a-z_][a-z0-9_.-]*$/i, "is no user name").default("root"),
    "Who logs in; anybody but root needs sudo without a password there",
    "admin",
  ),
  port: described(z.int().min(1).max(65_535).default(22), "Port of its ssh server", "2222"),
  key: described(
    z.string().min(1).optional(),
    "File with the private key, `~` being your home; without it, ssh-agent is asked",
    "~/.ssh/id_ed25519",
  ),
  bastion: described(z.string().optional(), "The one of `bastions` that the connection goes through", "jump"),
  proxy: described(
    z.array(z.string()).min(1).optional(),
    "A command whose standard input and output are the connection, as ProxyCommand in ssh_config(5)",
    "[cloudflared, access, ssh, --hostname, node1.example.net]",
  ),
});

/** Machines that are there already: the provider `ssh` takes them as they are. */
export const machines = z.strictObject({
  nodes: described(z.record(z.string(), access), "How each node of `nodes` is reached", "vm-node1: { host: 192.0.2.11 }"),
  client: described(
    access.optional(),
    "A machine that sends the probes, with Node.js on it; without it, this machine sends them",
    "{ host: 192.0.2.100 }",
  ),
  bastions: described(
    z.record(z.string(), access).default({}),
    "Hosts that connections go through, by name",
    "jump: { host: jump.example.net }",
  ),
  "known-hosts": described(
    z.string().min(1).default("~/.ssh/known_hosts"),
    "File with the host keys, as ssh keeps it: a key that is not there, or another one, is refused",
    "staging.known_hosts",
  ),
  marker: described(
    word(/^\/[^\0]+$/, "must be an absolute path").default("/etc/hachaos/allow-faults"),
    "A file on every node without which nothing is broken there: whoever owns the machine makes it",
    "/etc/hachaos/allow-faults",
  ),
  "allow-many": described(z.boolean().default(false), "Whether faults may hit more than one node at a time", "true"),
});

export type MachineAccessFile = z.infer<typeof access>;
export type MachinesFile = z.infer<typeof machines>;
