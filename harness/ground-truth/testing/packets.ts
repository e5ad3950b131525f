/** A packet between a client and the service's port, as tcpdump prints it. */
export interface Packet {
  /** When the client's kernel saw it, wall clock, microseconds since 1970. */
  atUs: number;
  fromService: boolean;
  /** The client's port: with the sequence number of its SYN it names the connection. */
  port: number;
  flags: string;
  seq: number | null;
  /** First line of the HTTP message that begins in it, "" for none. */
  http: string;
}

/** tcpdump(1), -tt -n -S. With `-i any` its name and direction of the NIC come before "IP". */
const LINE = /^(\d+)\.(\d{6}) .*?IP \S+?\.(\d+) > \S+?\.(\d+): Flags \[([^\]]+)\](?:, seq (\d+))?.*?length \d+(?:: HTTP: (.*))?$/;

/** The packets of a text, in order; what is no TCP packet of `port` throws, so that nothing is overlooked. */
export function parsePackets(text: string, port: number): Packet[] {
  return text.split("\n").flatMap((line) => {
    if (line.trim() === "") return [];
    const found = LINE.exec(line);
    if (!found) throw new Error(`no packet: ${line}`);
    const [, s, us, source, destination, flags = "", seq, http = ""] = found;
    const fromService = Number(source) === port;
    if (!fromService && Number(destination) !== port) throw new Error(`not of port ${port}: ${line}`);
    const other = Number(fromService ? destination : source);
    return [
      { atUs: Number(s) * 1_000_000 + Number(us), fromService, port: other, flags, seq: seq === undefined ? null : Number(seq), http },
    ];
  });
}
