import type { ChassisConfig, Order } from "./chassis-config.js";
import { pullLinks, setLinks } from "./follow-cables.js";
import type { Monitor } from "./qmp.js";

const SNAPSHOT = "ready";

export const ORDERS: Record<Order, (config: ChassisConfig, monitor: Monitor) => Promise<unknown>> = {
  /** It stands still, with all that is in it. */
  freeze: (_config, monitor) => monitor.execute("stop"),
  thaw: (_config, monitor) => monitor.execute("cont"),
  /** Whether it runs, as one word (qapi/run-state.json, RunState). */
  state: async (_config, monitor) => {
    const { status } = (await monitor.execute("query-status")) as { status: string };
    process.stdout.write(`${status}\n`);
  },
  /** Keeps it as it is, memory and disk; only while frozen. */
  save: (_config, monitor) => human(monitor, `savevm ${SNAPSHOT}`),
  /** Pulls all its cables, until it is put back: what is under way to it is lost (QEMU, net/net.c, qemu_deliver_packet), as what it sends is. */
  unplug: (config, monitor) => pullLinks(config, monitor),
  /** Puts it back to what was kept; it stays frozen. What QEMU does not keep is the state of the cables (seen with 7.2): that is as they are now. */
  async load(config, monitor) {
    await human(monitor, `loadvm ${SNAPSHOT}`);
    await setLinks(config, monitor);
  },
};

/** For people only, QEMU's older monitor has these: what it says is a complaint. */
async function human(monitor: Monitor, line: string): Promise<void> {
  const said = (await monitor.execute("human-monitor-command", { "command-line": line })) as string;
  if (said.trim() !== "") throw new Error(`QEMU: ${line}: ${said.trim()}`);
}
