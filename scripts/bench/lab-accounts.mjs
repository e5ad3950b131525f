import { read } from "./read-processes.mjs";

/**
 * @typedef {import("./read-processes.mjs").Process} Process
 * @typedef {import("./cpu-ledger.mjs").Accounts} Accounts
 */

/** The accounts, and whose they are: `cluster`: what a cluster of this definition costs anywhere; `ours`: what it costs to break and watch it. */
export const ACCOUNTS = /** @type {const} */ ({
  "systemd, journal, boot": "cluster",
  corosync: "cluster",
  "pacemaker's daemons": "cluster",
  "resource agents": "cluster",
  apache: "cluster",
  "Open vSwitch": "cluster",
  "observers in the nodes": "ours",
  "commands of the observers": "ours",
  "probes in the client": "ours",
  "keeper in the fabric": "ours",
  "commands through the engine": "ours",
  "the engine's daemons": "ours",
  "hachaos itself": "ours",
  "kernel threads": "machine",
});

/** @param {keyof typeof ACCOUNTS} own @param {keyof typeof ACCOUNTS} [children] @returns {Accounts} */
const on = (own, children = own) => ({ own, children });

/**
 * Whose account a process is on, in one lab on one machine.
 * @param {{ hosts: () => Map<string, string>, root: number }} lab `hosts`: the lab's containers, host by id; `root`: hachaos' own process
 * @returns {(process: Process, parents: Process[]) => Accounts | null}
 */
export function accountsIn({ hosts, root }) {
  return (process, parents) => {
    const { pid, name } = process;
    if (pid === root || parents.some((parent) => parent.pid === root)) return on("hachaos itself");
    const host = hostOf(read(`/proc/${pid}/cgroup`), hosts());
    if (host !== null) return inContainer(host, name, parents);
    if (["dockerd", "containerd"].includes(name)) return on("the engine's daemons");
    if (name.startsWith("containerd-shim")) {
      const isOurs = hostOf(read(`/proc/${pid}/cmdline`), hosts()) !== null;
      return isOurs ? on("the engine's daemons", "commands through the engine") : null;
    }
    if (name.startsWith("runc")) return on("commands through the engine");
    return process.parent === 2 ? on("kernel threads") : null;
  };
}

/** @param {string} text @param {Map<string, string>} hosts */
function hostOf(text, hosts) {
  for (const [id, host] of hosts) if (text.includes(id)) return host;
  return null;
}

/** @param {string} host @param {string} name @param {Process[]} parents @returns {Accounts} */
function inContainer(host, name, parents) {
  const isNode = !["client", "gateway", "fabric"].includes(host);
  if (host === "client" && name === "node") return on("probes in the client");
  if (host === "fabric" && name === "node") return on("keeper in the fabric");
  if (!isNode) return parents.some((parent) => parent.name === "node") ? on("probes in the client") : on("commands through the engine");
  return (
    nodeProgram(name) ?? parents.map((parent) => beneath(parent.name)).find((found) => found !== null) ?? on("commands through the engine")
  );
}

/** @param {string} name @returns {Accounts | null} */
function nodeProgram(name) {
  if (name === "node") return on("observers in the nodes", "commands of the observers");
  if (name === "pacemaker-execd") return on("pacemaker's daemons", "resource agents");
  if (name.startsWith("pacemaker")) return on("pacemaker's daemons");
  if (name === "corosync") return on("corosync");
  if (name === "apache2") return on("apache");
  if (name.startsWith("ovs")) return on("Open vSwitch");
  return /^(systemd|dbus-daemon|hachaos-init|init$)/.test(name) ? on("systemd, journal, boot") : null;
}

/** What runs beneath a program is on the account of its children. @param {string} name @returns {Accounts | null} */
function beneath(name) {
  const accounts = nodeProgram(name);
  return accounts === null ? null : on(/** @type {keyof typeof ACCOUNTS} */ (accounts.children));
}
