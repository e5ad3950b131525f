/**
 * One line of `ip -o neigh show` or `ip -o monitor neigh`, or null when it is none. `mac` is null when nobody answers: the kernel
 * shows an address of the link layer only in states where it holds one (NUD_VALID), and a deleted entry holds none any more.
 */
export function readNeighbour(line: string): { address: string; mac: string | null } | null {
  const found = /^(Deleted )?(\S+) dev \S+(?: lladdr (\S+))?/.exec(line);
  if (found?.[2] === undefined) return null;
  return { address: found[2], mac: found[1] === undefined ? (found[3] ?? null) : null };
}
