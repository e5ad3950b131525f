import ssh2 from "ssh2";
import { messageOf } from "../../kernel/errors.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { machineOf, type Machine } from "../containers/machine.js";
import { openEyes } from "../ssh/eyes.js";
import { sshConnection } from "../ssh/ssh-connection.js";
import type { Eyes } from "../lab.js";
import { sshReach } from "../ssh/ssh-reach.js";
import { CONSOLE_AT, MANAGEMENT, PROGRAM_AT, type Order } from "./chassis/chassis-config.js";
import type { VmSetup } from "./vm-setup.js";

const USER = "root";
/** Seen: two emulated machines on two cores listen and have their bonds after 63 s on a quiet host, after 110 to 131 s on a busy one (docs/vm.md). */
const LISTENS_WITHIN_MS = 140_000;
/** Seen: to keep a pair took 0.8 to 2.1 s with all its orders; a busy host gets many times that. */
const ORDERED_WITHIN_MS = 60_000;
/** A key exchange takes an emulated machine 1 to 2 s. */
const CONNECTED_WITHIN_MS = 15_000;

/** The machine in a chassis: commands are run in it over ssh, and it has, and loses, its power with the chassis. */
export function guestMachine(chassis: Machine, setup: VmSetup): Machine {
  const newConnection = () =>
    sshConnection(async () => ({
      sock: await chassis.pipe(["socat", "STDIO", `TCP:${MANAGEMENT.machine}:22,connect-timeout=5`]),
      username: USER,
      privateKey: setup.user.private,
      hostVerifier: (key: Buffer) => isKey(key, setup.host.public),
      readyTimeout: CONNECTED_WITHIN_MS,
    }));
  const connection = newConnection();
  const eyes = new Set<Eyes>();
  const { host, id, pid, hasFile, pipe } = chassis;
  const ask = async (name: Order) => (await host.exec(["node", PROGRAM_AT, name], { timeoutMs: ORDERED_WITHIN_MS })).stdout.trim();
  const order = async (name: Order): Promise<void> => {
    await ask(name);
  };
  return {
    ...machineOf(host.name, id, { ...sshReach(connection), pid, hasFile, pipe }),
    async openEyes() {
      const opened = await openEyes(newConnection(), USER);
      eyes.add(opened);
      void opened.ended.then(() => eyes.delete(opened));
      return opened;
    },
    async reachable() {
      connection.drop();
      await waitUntil(
        `${host.name} listens to ssh`,
        async () => {
          const refused = await connection.get().then(() => null, messageOf);
          return refused === null ? { done: true, value: undefined } : { done: false, seen: refused };
        },
        { timeoutMs: LISTENS_WITHIN_MS, everyMs: 250, code: "lab-not-ready" },
      );
    },
    virtual: {
      freeze: () => order("freeze"),
      thaw: () => order("thaw"),
      isFrozen: async () => (await ask("state")) === "paused",
      console: async () => (await host.exec(["cat", CONSOLE_AT])).stdout,
      save: () => order("save"),
      unplug: () => order("unplug"),
      async load() {
        await order("load");
        // It knows nothing of connections that it had after the snapshot.
        connection.drop();
        for (const opened of eyes) opened.close();
      },
    },
  };
}

function isKey(offered: Buffer, known: string): boolean {
  const parsed = ssh2.utils.parseKey(known);
  return !(parsed instanceof Error) && parsed.getPublicSSH().equals(offered);
}
