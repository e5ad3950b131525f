import type { CommandResult, Host } from "../lab.js";
import { HachaosError } from "../../kernel/errors.js";
import { fakeAgent } from "./fake-agents.js";
import { macsOf, type FakeCluster } from "./fake-cluster.js";

type Answer = Partial<Pick<CommandResult, "exitCode" | "stdout">>;

/** A host that understands the commands which faults and proofs use, and refuses every other one. */
export function fakeHost(cluster: FakeCluster, name: string): Host {
  return {
    name,
    exec(argv, options = {}) {
      if (cluster.on.get(name) === false) return Promise.reject(new HachaosError("lab-lost", `${name} is off`));
      const { exitCode = 0, stdout = "" } = answer(cluster, name, argv, String(options.stdin ?? ""));
      const allowed = options.allow ?? [0];
      const result = { argv, exitCode, stdout, stderr: "", ms: 1 };
      if (allowed === "any" || allowed.includes(exitCode)) return Promise.resolve(result);
      return Promise.reject(new HachaosError("command-failed", `${name}: ${argv.join(" ")}: exit code ${exitCode}`));
    },
    interact: () => Promise.reject(new HachaosError("usage", "nobody is at home in a pretended cluster")),
    startAgent(agent, config, onMessage) {
      return Promise.resolve(fakeAgent(cluster, name, agent, config, onMessage));
    },
  };
}

/** Process id of the pretended server. */
const SERVER_PID = "4711";

function answer(cluster: FakeCluster, host: string, argv: string[], stdin: string): Answer {
  const [command, ...args] = argv;
  switch (command) {
    case "pgrep":
      return cluster.serverAlive.get(host) ? { stdout: `${SERVER_PID}\n` } : { exitCode: 1 };
    case "kill":
      cluster.killServer(host);
      return {};
    case "crm_resource":
      cluster.refresh();
      return {};
    case "systemctl":
      return {};
    case "crm_failcount":
      return { stdout: `scope=status  name=fail-count value=${cluster.failed.has(args.at(-1) ?? "") ? 1 : 0}\n` };
    case "cat":
      return { stdout: cluster.cut.has(`${host}.${/net\/([^/]+)\/carrier/.exec(args[0] ?? "")?.[1] ?? ""}`) ? "0\n" : "1\n" };
    case "ping":
      return { exitCode: cluster.gatewayBlocked.has(host) ? 1 : 0 };
    case "nft":
      return nft(cluster, args, stdin);
    case "ip":
      return { stdout: JSON.stringify(links(cluster, host)) };
    default:
      return { exitCode: 127 };
  }
}

/** A table silences the gateway to the node that it is named after, by one of its MACs. */
function nft(cluster: FakeCluster, args: string[], stdin: string): Answer {
  const blocked = cluster.gatewayBlocked;
  if (args[0] === "--file") {
    cluster.setGateway(
      cluster.nodes().filter((node) => blocked.has(node) || Object.values(macsOf(cluster, node)).some((mac) => stdin.includes(mac))),
    );
  } else if (args[0] === "delete") cluster.setGateway([...blocked].filter((node) => !args.at(-1)?.endsWith(`_${node}`)));
  return { stdout: [...blocked].map((node) => `table ip hachaos_blackhole_${node}\n`).join("") };
}

function links(cluster: FakeCluster, host: string): { ifname: string; address: string }[] {
  return Object.entries(macsOf(cluster, host)).map(([ifname, address]) => ({ ifname, address }));
}
