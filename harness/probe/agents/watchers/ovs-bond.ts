/** The active leg in what `ovs-appctl bond/show` says of one bond; null when no leg is. Older versions say slave instead of member. */
export function activeLegIn(shown: string): string | null {
  const leg = /^active (?:member|slave) mac: \S+\((\S+)\)/m.exec(shown)?.[1] ?? "none";
  return leg === "none" ? null : leg;
}
