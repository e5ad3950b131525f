/** The active leg of every bond, by bond; null where none is, or where the mode uses all. */
export type ActiveLegs = Record<string, string | null>;

/** How a node is asked which leg of each bond is in use, whatever makes the bonds, and whatever their names. */
export const BOND_QUESTIONS = {
  ovsLegs: ["ovs-appctl", "bond/show"],
  kernelLegs: ["find", "/sys/devices/virtual/net", "-path", "*/bonding/active_slave", "-exec", "grep", "-H", "", "{}", "+"],
};

/** `/sys/devices/virtual/net/bond0/bonding/active_slave:eth0`, with nothing behind the colon where no leg is active (bonding.rst). */
export function kernelLegs(shown: string): ActiveLegs {
  const lines = [...shown.matchAll(/^.*\/net\/([^/]+)\/bonding\/active_slave:(.*)$/gm)];
  return Object.fromEntries(lines.map(([, bond = "", leg = ""]) => [bond, leg.trim() || null]));
}
