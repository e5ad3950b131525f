import { HachaosError } from "../../kernel/errors.js";
import { execOver } from "../containers/exec-over.js";
import type { Host } from "../lab.js";
import type { SshConnection } from "../ssh/ssh-connection.js";
import { sshReach } from "../ssh/ssh-reach.js";
import { asRoot } from "./as-root.js";
import { atMost } from "./at-most.js";
import { connectionTo, type Target } from "./connect.js";

/** One machine with the connection that commands go over. */
export interface Machine {
  target: Target;
  connection: SshConnection;
  host: Host;
  /** Starts a program that writes one JSON message per line and ends itself when its standard input closes. */
  stream: ReturnType<typeof sshReach>["stream"];
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
    connection,
    stream: reach.stream,
    host: {
      name,
      exec: (argv, options) => inTurn(() => execOver(reach, name, argv, options)),
      interact: reach.interact,
      startAgent: () => Promise.reject(new HachaosError("capability-missing", `nothing of hachaos is installed on ${name}`)),
    },
  };
}
