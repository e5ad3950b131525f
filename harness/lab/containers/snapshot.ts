import { HachaosError } from "../../kernel/errors.js";
import type { Host, Lab } from "../lab.js";
import type { Machine, Snapshots } from "./machine.js";

type Virtual = Machine & { virtual: NonNullable<Machine["virtual"]>; reachable: NonNullable<Machine["reachable"]> };

/** Keeps all of a lab's nodes as they are at one moment; nothing happens where they are no virtual machines. */
export async function keepSnapshot(machines: readonly Machine[]): Promise<void> {
  await whileFrozen(virtualOf(machines), ({ save }) => save());
}

/** How to put all nodes of a lab back to what was kept; undefined where they are no virtual machines. */
export function resetOf(machines: readonly Machine[]): Lab["reset"] {
  const nodes = virtualOf(machines);
  if (nodes.length === 0) return undefined;
  return async (onBack) => {
    for (const { host, pid } of nodes) if ((await pid()) === null) throw new HachaosError("node-off", `${host.name} has no power`);
    // Frames that wait in a stopped machine's queue are delivered when it goes on. From a future that it does not know any more, a token of corosync
    // makes both nodes ask each other for messages that nobody ever sent, for a minute and more (seen: "Retransmit List", 4000 times).
    await Promise.all(nodes.map(({ virtual }) => virtual.unplug()));
    await whileFrozen(nodes, ({ load }) => load(), onBack);
    await Promise.all(
      nodes.map(async (node) => {
        await node.reachable();
        await setClock(node.host);
      }),
    );
  };
}

/** They stop together before the first one's state is touched, or the others would miss it: a token's time is 3 s. */
async function whileFrozen(
  nodes: readonly Virtual[],
  work: (one: Snapshots) => Promise<void>,
  onDone = (): void => undefined,
): Promise<void> {
  await Promise.all(nodes.map(({ virtual }) => virtual.freeze()));
  await Promise.all(nodes.map(({ virtual }) => work(virtual)));
  onDone();
  await Promise.all(nodes.map(({ virtual }) => virtual.thaw()));
}

/** A machine that is put back believes in the time of its snapshot. */
async function setClock({ exec }: Host): Promise<void> {
  await exec(["date", `--set=@${(Date.now() / 1000).toFixed(3)}`]);
}

function virtualOf(machines: readonly Machine[]): Virtual[] {
  return machines.filter((machine): machine is Virtual => machine.virtual !== undefined && machine.reachable !== undefined);
}
