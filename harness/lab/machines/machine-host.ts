import { HachaosError } from "../../kernel/errors.js";
import { withLimit } from "../../kernel/with-limit.js";
import { execOver } from "../containers/exec-over.js";
import { jsonAgent } from "../containers/json-agent.js";
import type { Agent, Host } from "../lab.js";
import type { SshConnection } from "../ssh/ssh-connection.js";
import { sshReach } from "../ssh/ssh-reach.js";
import { asRoot, withSudo } from "../ssh/as-root.js";
import { atMost } from "../ssh/at-most.js";
import { connectionTo, type Target } from "./connect.js";
import { openChannel, pipedOver } from "../ssh/open-channel.js";

/** One machine with the connection that commands go over. */
export interface Machine {
  target: Target;
  /** Throws `machine-unreachable`, `host-key-unknown`, `host-key-changed`, `key-refused`. */
  connect: SshConnection["get"];
  /** Gives the connection up; what needs one makes another. */
  drop: SshConnection["drop"];
  /** Whether it answers. */
  isOn(): Promise<boolean>;
  host: Host;
  /** Starts a program that writes one JSON message per line and ends itself when its standard input closes. */
  stream(argv: string[], onMessage: (message: unknown) => void): Promise<Agent>;
}

/** sshd lets ten commands run over one connection (sshd_config(5), MaxSessions); locks and terminals need some of them. */
const AT_ONCE = 6;

/** A machine over ssh, on which nothing of ours is installed. */
export function machineOf(target: Target): Machine {
  const connection = connectionTo(target);
  const reach = asRoot(sshReach(connection), target.access.user);
  const inTurn = atMost(AT_ONCE);
  const { name } = target;
  return {
    target,
    connect: connection.get,
    drop: connection.drop,
    isOn: () => answers(connection, () => inTurn(() => reach.run(["true"], { timeoutMs: ANSWERS_WITHIN_MS }))),
    async stream(argv, onMessage) {
      const channel = await openChannel(await connection.get(), withSudo(argv, target.access.user));
      return jsonAgent(pipedOver(channel), onMessage);
    },
    host: {
      name,
      exec: (argv, options) => inTurn(() => execOver(reach, name, argv, options)),
      interact: reach.interact,
      startAgent: () => Promise.reject(new HachaosError("capability-missing", `nothing of hachaos is installed on ${name}`)),
    },
  };
}

/** A machine that is there answers in a few round trips; one that is booting refuses at once, or not at all. */
const ANSWERS_WITHIN_MS = 5_000;

async function answers(connection: SshConnection, ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await withLimit(connection.get(), ANSWERS_WITHIN_MS);
    await withLimit(ask(), ANSWERS_WITHIN_MS);
    return true;
  } catch (error) {
    // Whoever is there but must not be talked to is no machine without power.
    if (error instanceof HachaosError && error.code !== "machine-unreachable") throw error;
    connection.drop();
    return false;
  }
}
