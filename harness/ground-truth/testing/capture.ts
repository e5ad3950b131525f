import type { Host } from "../../lab/lab.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { connectionsOf, type Connection } from "./connections.js";
import { parsePackets } from "./packets.js";
import { wallClockOffset, type ClockOffset } from "./wall-clock.js";

export interface Captured {
  connections: Connection[];
  /** As tcpdump prints them. */
  text: string;
  /** Before and after. */
  offsets: [ClockOffset, ClockOffset];
  /** What tcpdump says at its end: captured, received, dropped by the kernel. */
  said: string;
}

const FILE = "/tmp/ground-truth.pcap";
/** Longer than any test. */
const LONGEST_MS = 900_000;

/** Captures what goes between this host and the service; times of the result are CLOCK_MONOTONIC, microseconds. */
export async function startCapture(client: Host, address: string, port: number): Promise<() => Promise<Captured>> {
  const before = await wallClockOffset(client);
  // Connection requests, what is said to them, and the first data of answers ("HTTP"): that is all the truth needs (pcap-filter(7)).
  const wanted = "tcp[tcpflags] & (tcp-syn|tcp-rst) != 0 or tcp[((tcp[12] & 0xf0) >> 2):4] = 0x48545450";
  const filter = `host ${address} and tcp port ${port} and (${wanted})`;
  // 1 MiB holds many seconds of such packets, should tcpdump have to wait for a processor.
  const ended = client.exec(["tcpdump", "-i", "any", "-U", "-B", "1024", "-w", FILE, filter], { timeoutMs: LONGEST_MS, allow: "any" });
  await waitUntil(
    "the capture has begun",
    async () => {
      const { exitCode } = await client.exec(["test", "-s", FILE], { allow: "any" });
      return exitCode === 0 ? { done: true, value: undefined } : { done: false, seen: "no file" };
    },
    { timeoutMs: 10_000 },
  );
  return async () => {
    await client.exec(["pkill", "-INT", "-x", "tcpdump"]);
    const { stderr } = await ended;
    const after = await wallClockOffset(client);
    const { stdout: text } = await client.exec(["tcpdump", "-r", FILE, "-n", "-tt", "-S"], { timeoutMs: 120_000 });
    const packets = parsePackets(text, port).map((packet) => ({ ...packet, atUs: packet.atUs - before.us }));
    return { connections: connectionsOf(packets), text, offsets: [before, after], said: stderr };
  };
}
