import { NodeSSH, type Config } from "node-ssh";

/** One connection to a machine for all that is done there: another one costs it a key exchange, a second or two where it is emulated. */
export interface SshConnection {
  /** Connects where it is not; throws ssh's words. */
  get(): Promise<NodeSSH>;
  /** Gives the connection up, as one that leads nowhere: the next `get` makes another one. */
  drop(): void;
}

/** `configure` is asked anew for each attempt: what the connection runs over may be a stream of its own. */
export function sshConnection(configure: () => Promise<Config>): SshConnection {
  let current: Promise<NodeSSH> | null = null;
  const forget = (attempt: Promise<NodeSSH>) => {
    if (current === attempt) current = null;
  };
  const connect = async () => {
    const ssh = await new NodeSSH().connect(await configure());
    // Whoever uses it gets the error from what fails there; without a listener it would end this process.
    ssh.connection?.on("error", () => undefined);
    return ssh;
  };
  return {
    get() {
      if (current !== null) return current;
      const attempt = connect();
      current = attempt;
      attempt.then(
        ({ connection }) =>
          connection?.once("close", () => {
            forget(attempt);
          }),
        () => {
          forget(attempt);
        },
      );
      return attempt;
    },
    drop() {
      const dropped = current;
      current = null;
      dropped?.then((ssh) => ssh.connection?.destroy()).catch(() => undefined);
    },
  };
}
