import type { Packet } from "./packets.js";

/** What the packets say of one connection; times as in the packets. */
export interface Connection {
  /** First connection request. */
  synUs: number;
  /** It was accepted; null: refused, or nobody answered. */
  acceptedUs: number | null;
  /** The first data of a good answer arrived; null: none. */
  answeredUs: number | null;
}

/** All connections that began in the capture, by their first SYN. A SYN sent again has the sequence number it had. */
export function connectionsOf(packets: readonly Packet[]): Connection[] {
  const open = new Map<number, { seq: number | null; connection: Connection }>();
  const all: Connection[] = [];
  for (const packet of packets) {
    const current = open.get(packet.port);
    if (packet.flags === "S" && !packet.fromService) {
      if (current !== undefined && current.seq === packet.seq) continue;
      const connection = { synUs: packet.atUs, acceptedUs: null, answeredUs: null };
      open.set(packet.port, { seq: packet.seq, connection });
      all.push(connection);
    } else if (current !== undefined && packet.fromService) {
      if (packet.flags === "S.") current.connection.acceptedUs ??= packet.atUs;
      if (/^HTTP\/1\.[01] 200 /.test(packet.http)) current.connection.answeredUs ??= packet.atUs;
    }
  }
  return all;
}
