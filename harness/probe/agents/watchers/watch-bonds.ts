import { readFile } from "node:fs/promises";
import { send } from "../send.js";
import { ovsLegs } from "./ovs-bond.js";
import { changes, follow, output, repeat, type Watcher } from "./watcher.js";

/** The active leg of every bond. */
export const watchBonds: Watcher = (config) => (config.bonding === "kernel" ? watchKernel(config) : watchOvs(config));

/** The driver tells it in sysfs (Documentation/networking/bonding.rst, active_slave) but notifies nobody of it. */
const SYSFS_EVERY_MS = 20;

const watchKernel: Watcher = (config) => {
  const tell = teller();
  const looks = repeat(SYSFS_EVERY_MS, async () => {
    for (const bond of Object.keys(config.bonds)) {
      const active = await readFile(`/sys/class/net/${bond}/bonding/active_slave`, "utf8").catch(() => null);
      if (active !== null) tell(bond, active.trim() || null);
    }
  });
  return () => {
    looks.stop();
  };
};

/** Open vSwitch writes each change into its log at once; a look now and then tells what was there before. */
const OVS_LOG = "/var/log/openvswitch/ovs-vswitchd.log";
const OVS_LOOK_EVERY_MS = 2_000;

const watchOvs: Watcher = (config) => {
  const tell = teller();
  const bonds = Object.keys(config.bonds);
  const bondOf = (port: string) => bonds.find((bond) => port === `${bond}-port`);
  const stopLog = follow(["tail", "-n", "0", "-F", OVS_LOG], (line) => {
    const active = /bond (\S+): active (?:member|slave) is now ([^\s,]+)/.exec(line);
    const none = /bond (\S+): all (?:members|slaves) disabled/.exec(line);
    const bond = bondOf(active?.[1] ?? none?.[1] ?? "");
    if (bond) tell(bond, active?.[2] ?? null);
  });
  const looks = repeat(OVS_LOOK_EVERY_MS, async () => {
    // One look at all of them: half the commands.
    const legs = ovsLegs((await output(["ovs-appctl", "bond/show"])) ?? "");
    for (const [bond, active] of Object.entries(legs)) if (bonds.includes(bond)) tell(bond, active);
  });
  return () => {
    stopLog();
    looks.stop();
  };
};

function teller(): (bond: string, active: string | null) => void {
  const isNew = changes();
  const known = new Set<string>();
  return (bond, told) => {
    // ovs-appctl and the log have two words for no active leg: to the history they are one.
    const active = told === "none" ? null : told;
    if (isNew(bond, active ?? "")) send({ watch: "bond", bond, active, initial: !known.has(bond) });
    known.add(bond);
  };
}
