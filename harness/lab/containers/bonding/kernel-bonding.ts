import { interfacesFile } from "../../../cluster/interfaces-file.js";
import type { Bonding } from "./bonding.js";

/** Bonds by the kernel's driver, brought up by ifupdown from a real /etc/network/interfaces with ifenslave's stanzas. */
export const kernelBonding: Bonding = {
  name: "kernel",
  prepare: async () => undefined,
  async bringUp(host, definition, node) {
    await host.exec(["tee", "/etc/network/interfaces"], { stdin: interfacesFile(definition, node) });
    // A bond comes up when its NICs have carrier: ifenslave waits for them (bond-wait in interfaces(5)).
    await host.exec(["ifup", "--all"], { timeoutMs: 60_000 });
  },
};
