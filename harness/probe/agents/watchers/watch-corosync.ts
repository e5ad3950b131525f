import { linksIn, membersIn, namesById } from "./cmap.js";
import { changes, repeat, type Watcher } from "./watcher.js";

/** knet's link state has no notification that works for all keys of the stats map, so it is read (5 ms each time). */
const LINKS_EVERY_MS = 500;

/** Members by cmap's notifications, links by cmap's statistics (corosync-cmapctl(8), cmap_keys(7)). */
export const watchCorosync: Watcher = (config, { follow, output, send }) => {
  const isNew = changes();
  const known = new Set<string>();
  let names: Record<string, string> = {};
  const tell = (what: string, id: string, link: number | null, up: boolean) => {
    const peer = names[id];
    // Read before corosync's nodelist was: told under a number it would never be taken back.
    if (peer === undefined) return;
    const key = `${what} ${peer} ${link ?? ""}`;
    if (isNew(key, String(up))) send({ watch: "corosync", what, peer, link, up, initial: !known.has(key) });
    known.add(key);
  };

  const readMembers = (text: string) => {
    for (const { id, up } of membersIn(text)) tell("member", id, null, up);
  };
  const readAll = async () => {
    const [list, members] = [await output(["corosync-cmapctl", "nodelist.node."]), await output(["corosync-cmapctl", "runtime.members."])];
    // Without names the next look at the links comes here again.
    if (list === null || members === null) return;
    names = namesById(list);
    readMembers(members);
  };
  // Into a pipe corosync-cmapctl would write only when its buffer is full.
  const stopMembers = follow(["stdbuf", "-oL", "corosync-cmapctl", "-T", "runtime.members."], readMembers, () => void readAll());
  const links = repeat(LINKS_EVERY_MS * config.lookFactor, async () => {
    if (Object.keys(names).length === 0) await readAll();
    const text = (await output(["corosync-cmapctl", "-m", "stats", "stats.knet."])) ?? "";
    for (const { id, link, up } of linksIn(text)) tell("link", id, link, up);
  });
  return () => {
    stopMembers();
    links.stop();
  };
};
