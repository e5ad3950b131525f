import { changes, repeat, type Watcher } from "./watcher.js";

interface Link {
  ifname: string;
  flags: string[];
  addr_info?: { family: string; local: string }[];
}

/** A node that does not answer is busy: it is given time. */
const AGAIN_AFTER_MS = 500;

/** Carrier of NICs and bonds and IPv4 addresses on them, by rtnetlink's notifications (ip-monitor(8)). */
export const watchInterfaces: Watcher = (config, { follow, output, send }) => {
  const devices = new Set([...Object.keys(config.bonds), ...Object.values(config.bonds).flat()]);
  const isNew = changes();
  let firstLook: ReturnType<typeof repeat> | undefined;
  const tellLink = (device: string, carrier: boolean, initial: boolean) => {
    if (devices.has(device) && isNew(`link ${device}`, String(carrier))) send({ watch: "link", device, carrier, initial });
  };
  const tellAddress = (device: string, address: string, present: boolean, initial: boolean) => {
    if (devices.has(device) && isNew(`address ${device} ${address}`, String(present)))
      send({ watch: "address", device, address, present, initial });
  };

  /** Notifications tell changes only; what is there already is read once they are listened to, and again until it could be read. */
  const snapshot = () => {
    firstLook?.stop();
    const looks = repeat(AGAIN_AFTER_MS, async () => {
      const shown = await output(["ip", "-j", "address"]);
      if (shown === null) return;
      looks.stop();
      for (const link of JSON.parse(shown) as Link[]) {
        tellLink(link.ifname, link.flags.includes("LOWER_UP"), true);
        for (const { family, local } of link.addr_info ?? []) if (family === "inet") tellAddress(link.ifname, local, true, true);
      }
    });
    firstLook = looks;
  };

  const stop = follow(
    ["ip", "-o", "monitor", "link", "address"],
    (line) => {
      const address = /^(Deleted )?\d+:\s+(\S+)\s+inet\s+([\d.]+)/.exec(line);
      if (address?.[2] && address[3]) {
        tellAddress(address[2], address[3], address[1] === undefined, false);
        return;
      }
      const link = /^(Deleted )?\d+: ([^:@\s]+)(?:@[^:]+)?: <([^>]*)>/.exec(line);
      if (link?.[2] && link[3] !== undefined) tellLink(link[2], link[1] === undefined && link[3].split(",").includes("LOWER_UP"), false);
    },
    snapshot,
  );
  return () => {
    stop();
    firstLook?.stop();
  };
};
