/** The active leg in /proc/net/bonding/<bond>; null where none is, or where the mode uses all (bonding.rst). */
export function activeLegIn(page: string): string | null {
  const leg = /^Currently Active Slave: (\S+)$/m.exec(page)?.[1] ?? "None";
  return leg === "None" ? null : leg;
}

/** How often each leg lost its link since it is part of the bond, by NIC. */
export function linkFailuresIn(page: string): Record<string, number> {
  const sections = page.split(/^Slave Interface: /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => [section.split("\n", 1)[0]?.trim() ?? "", Number(/^Link Failure Count: (\d+)$/m.exec(section)?.[1] ?? 0)]),
  );
}
