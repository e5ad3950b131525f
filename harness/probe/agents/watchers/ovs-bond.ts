/**
 * The active leg of every bond in what `ovs-appctl bond/show` says, null where no leg is. Sections begin with `---- bond0-port ----`; the port
 * carries the bond's name (lab/containers/bonding/ovs-bonding.ts).
 */
export function ovsLegs(shown: string): Record<string, string | null> {
  const sections = shown.split(/^---- /m).flatMap((text) => {
    const bond = /^(\S+)-port ----/.exec(text)?.[1];
    return bond === undefined ? [] : [[bond, activeLegIn(text)] as const];
  });
  return Object.fromEntries(sections);
}

/** Older versions say slave instead of member. */
function activeLegIn(section: string): string | null {
  const leg = /^active (?:member|slave) mac: \S+\((\S+)\)/m.exec(section)?.[1] ?? "none";
  return leg === "none" ? null : leg;
}
