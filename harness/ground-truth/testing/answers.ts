/** A line of tcpdump(1), -tt -n -S: with `-i any` its name and direction of the NIC come before "IP". */
const LINE = /^(\d+)\.(\d{6}) .*?IP \S+?\.(\d+) > \S+?\.(\d+): Flags \[[^\]]+\](?:, seq (\d+))?.*?length \d+(?:: HTTP: (.*))?$/;

/**
 * When the first data of each good answer (status 200) from `port` arrived, in the order of the text; wall clock, microseconds since 1970.
 * A packet that is captured again (sent again, or doubled by a switch) is no answer of its own. What is no TCP packet throws, so that nothing
 * is overlooked.
 */
export function answersIn(text: string, port: number): number[] {
  const seen = new Set<string>();
  return text.split("\n").flatMap((line) => {
    if (line.trim() === "") return [];
    const found = LINE.exec(line);
    if (!found) throw new Error(`no packet: ${line}`);
    const [, s, us, source, client, seq, http = ""] = found;
    const packet = `${client ?? ""} ${seq ?? ""}`;
    if (Number(source) !== port || !/^HTTP\/1\.[01] 200 /.test(http) || seen.has(packet)) return [];
    seen.add(packet);
    return [Number(s) * 1_000_000 + Number(us)];
  });
}
