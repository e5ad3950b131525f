import { once } from "node:events";
import { readFileSync } from "node:fs";
import { messageOf } from "../../../kernel/errors.js";
import { waitUntil } from "../../../kernel/wait-until.js";
import { CONFIG_AT, type ChassisConfig, type Order } from "./chassis-config.js";
import { followCables } from "./follow-cables.js";
import { ORDERS } from "./orders.js";
import { openMonitor, type Monitor } from "./qmp.js";
import { MONITORS, startQemu } from "./start-qemu.js";
import { wireNics } from "./wire-nics.js";

/**
 * The program of a virtual node's container. Without an argument it is its first process: it connects the machine with the lab's cables and
 * switches it on. With one it gives the machine an order.
 */
const MONITOR_WITHIN_MS = 30_000;

const config = JSON.parse(readFileSync(CONFIG_AT, "utf8")) as ChassisConfig;
const [order] = process.argv.slice(2);
await (order === undefined ? live() : give(order));

async function live(): Promise<void> {
  await wireNics(config);
  const qemu = await startQemu(config);
  const ended = once(qemu, "exit");
  await followCables(config, await listening(MONITORS.cables));
  const [code, signal] = (await ended) as [number | null, string | null];
  say(`QEMU ended (${String(code ?? signal)}): the machine is dead until somebody switches it off and on`);
  // An end of this process would end the container, and the engine would start it again.
  setInterval(() => undefined, 2 ** 30);
}

async function give(name: string): Promise<void> {
  const work = ORDERS[name as Order] as (typeof ORDERS)[Order] | undefined;
  if (work === undefined) throw new Error(`no order ${name}; there are ${Object.keys(ORDERS).join(", ")}`);
  const monitor = await openMonitor(MONITORS.orders);
  try {
    await work(config, monitor);
  } finally {
    monitor.close();
  }
}

async function listening(path: string): Promise<Monitor> {
  return waitUntil(
    "QEMU's monitor listens",
    async () => {
      const monitor = await openMonitor(path).catch(messageOf);
      return typeof monitor === "string" ? { done: false, seen: monitor } : { done: true, value: monitor };
    },
    { timeoutMs: MONITOR_WITHIN_MS, everyMs: 50 },
  );
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
