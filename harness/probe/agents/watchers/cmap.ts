/** Members by node number, in `corosync-cmapctl runtime.members.`. */
export function membersIn(text: string): { id: string; up: boolean }[] {
  return [...text.matchAll(/runtime\.members\.(\d+)\.status \(str\) = (\w+)/g)].map(([, id = "", status]) => ({
    id,
    up: status === "joined",
  }));
}

/** knet's links to each node number, itself among them, in `corosync-cmapctl -m stats stats.knet.`. */
export function linksIn(text: string): { id: string; link: number; up: boolean }[] {
  return [...text.matchAll(/stats\.knet\.node(\d+)\.link(\d+)\.connected \(u8\) = (\d)/g)].map(([, id = "", link, value]) => ({
    ...{ id, link: Number(link), up: value === "1" },
  }));
}

/** corosync speaks of nodes by number; `corosync-cmapctl nodelist.node.` has their names. */
export function namesById(text: string): Record<string, string> {
  const values = new Map(
    [...text.matchAll(/nodelist\.node\.(\d+)\.(nodeid|name) \(\w+\) = (\S+)/g)].map(([, index, key, value]) => [
      `${index ?? ""}.${key ?? ""}`,
      value,
    ]),
  );
  const indexes = [...values.keys()].flatMap((key) => (key.endsWith(".nodeid") ? [key.slice(0, -".nodeid".length)] : []));
  return Object.fromEntries(indexes.map((index) => [values.get(`${index}.nodeid`) ?? "", values.get(`${index}.name`) ?? ""]));
}
