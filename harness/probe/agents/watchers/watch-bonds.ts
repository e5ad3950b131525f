import { ovsLegs } from "./ovs-bond.js";
import { activeLegIn, linkFailuresIn } from "./kernel-bond.js";
import { changes, repeat, type Watcher, type WatchTools } from "./watcher.js";

/** The active leg of every bond. */
export const watchBonds: Watcher = (config, tools) => (config.bonding === "kernel" ? watchKernel(config, tools) : watchOvs(config, tools));

/** The driver's own page of a bond (Documentation/networking/bonding.rst, "Querying Bonding Configuration"). */
const PROC = "/proc/net/bonding";
/** rtnetlink tells of every failover and of every slave's state at once; a look now and then tells what was there before. */
const KERNEL_LOOK_EVERY_MS = 2_000;

const watchKernel: Watcher = (config, { follow, readFile, send }) => {
  const tell = teller(send);
  const bonds = Object.keys(config.bonds);
  const look = async () => {
    for (const bond of bonds) {
      const page = await readFile(`${PROC}/${bond}`);
      if (page !== null) tell(bond, activeLegIn(page), linkFailuresIn(page));
    }
  };
  // NETDEV_BONDING_FAILOVER and a slave's changes (net/core/rtnetlink.c, rtnetlink_event): the page is read when they come.
  const stopNews = follow(["ip", "-o", "monitor", "link"], () => void look());
  const looks = repeat(KERNEL_LOOK_EVERY_MS, look);
  return () => {
    stopNews();
    looks.stop();
  };
};

/** Open vSwitch writes each change into its log at once; a look now and then tells what was there before. */
const OVS_LOG = "/var/log/openvswitch/ovs-vswitchd.log";
const OVS_LOOK_EVERY_MS = 2_000;

const watchOvs: Watcher = (config, { follow, output, send }) => {
  const tell = teller(send);
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

function teller(send: WatchTools["send"]): (bond: string, active: string | null, linkFailures?: Record<string, number>) => void {
  const isNew = changes();
  const known = new Set<string>();
  return (bond, told, linkFailures) => {
    // ovs-appctl and the log have two words for no active leg: to the history they are one.
    const active = told === "none" ? null : told;
    const isNews = isNew(bond, JSON.stringify([active, linkFailures]));
    if (isNews) send({ watch: "bond", bond, active, ...(linkFailures && { linkFailures }), initial: !known.has(bond) });
    known.add(bond);
  };
}
