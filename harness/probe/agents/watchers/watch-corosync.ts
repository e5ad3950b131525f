import { send } from "../send.js";
import { changes, follow, output, repeat, type Watcher } from "./watcher.js";

/** knet's link state has no notification that works for all keys of the stats map, so it is read (5 ms each time). */
const LINKS_EVERY_MS = 500;

/** Members by cmap's notifications, links by cmap's statistics (corosync-cmapctl(8), cmap_keys(7)). */
export const watchCorosync: Watcher = () => {
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
    for (const [, peer, status] of text.matchAll(/runtime\.members\.(\d+)\.status \(str\) = (\w+)/g)) {
      if (peer && status) tell("member", peer, null, status === "joined");
    }
  };
  const readAll = async () => {
    names = namesById((await output(["corosync-cmapctl", "nodelist.node."])) ?? "");
    readMembers((await output(["corosync-cmapctl", "runtime.members."])) ?? "");
  };
  // Into a pipe corosync-cmapctl would write only when its buffer is full.
  const stopMembers = follow(["stdbuf", "-oL", "corosync-cmapctl", "-T", "runtime.members."], readMembers, () => void readAll());
  const links = repeat(LINKS_EVERY_MS, async () => {
    if (Object.keys(names).length === 0) await readAll();
    const text = (await output(["corosync-cmapctl", "-m", "stats", "stats.knet."])) ?? "";
    for (const [, peer, link, value] of text.matchAll(/stats\.knet\.node(\d+)\.link(\d+)\.connected \(u8\) = (\d)/g)) {
      if (peer && link) tell("link", peer, Number(link), value === "1");
    }
  });
  return () => {
    stopMembers();
    links.stop();
  };
};

/** corosync speaks of nodes by number; the nodelist has their names. */
function namesById(text: string): Record<string, string> {
  const values = new Map(
    [...text.matchAll(/nodelist\.node\.(\d+)\.(nodeid|name) \(\w+\) = (\S+)/g)].map(([, index, key, value]) => [
      `${index ?? ""}.${key ?? ""}`,
      value,
    ]),
  );
  const indexes = [...values.keys()].flatMap((key) => (key.endsWith(".nodeid") ? [key.slice(0, -".nodeid".length)] : []));
  return Object.fromEntries(indexes.map((index) => [values.get(`${index}.nodeid`) ?? "", values.get(`${index}.name`) ?? ""]));
}
