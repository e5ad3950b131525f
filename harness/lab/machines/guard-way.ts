import type { Host } from "../lab.js";
import { readLinks } from "./ip-links.js";
import { refuseLastWay, type WayIn } from "./way-in.js";

/** How we come in to a machine, and what its bonds are made of, by name. */
export interface GuardedWay {
  way: WayIn | null;
  legs: Record<string, readonly string[]>;
}

/**
 * The same host, which sets no NIC down that our own connection needs, whoever asks for it: `fault-refused`. Several are set down at once at
 * times, and each must know of the others.
 */
export function guardWay<H extends Host>(host: H, { way, legs }: GuardedWay): H {
  if (way === null) return host;
  const cut = new Set<string>();
  return {
    ...host,
    async exec(argv, options) {
      const [program, object, verb, nic = "", state] = argv;
      if ([program, object, verb].join(" ") !== "ip link set") return host.exec(argv, options);
      if (state === "up") cut.delete(nic);
      if (state !== "down") return host.exec(argv, options);
      cut.add(nic);
      try {
        refuseLastWay(host.name, { links: await readLinks(host), way, legs, cut });
        return await host.exec(argv, options);
      } catch (error) {
        cut.delete(nic);
        throw error;
      }
    },
  };
}
