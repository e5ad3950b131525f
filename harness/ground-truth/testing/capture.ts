import type { Host } from "../../lab/lab.js";
import { waitUntil } from "../../kernel/wait-until.js";
import { answersIn } from "./answers.js";
import { wallClockOffset, type ClockOffset } from "./wall-clock.js";

export interface Captured {
  /** When the first data of each good answer arrived, CLOCK_MONOTONIC in microseconds. */
  answersUs: number[];
  /** Before and after. */
  offsets: [ClockOffset, ClockOffset];
  /** What tcpdump says at its end: captured, received, dropped by the kernel. */
  said: string;
}

const FILE = "/tmp/ground-truth.pcap";
/** Longer than any test. */
const LONGEST_MS = 1_800_000;

/** Captures what the service answers this host. */
export async function startCapture(client: Host, address: string, port: number): Promise<() => Promise<Captured>> {
  const before = await wallClockOffset(client);
  // TCP data that begins with "HTTP" (pcap-filter(7)): the first of an answer.
  const filter = `src host ${address} and tcp src port ${port} and tcp[((tcp[12] & 0xf0) >> 2):4] = 0x48545450`;
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
    const { stdout } = await client.exec(["tcpdump", "-r", FILE, "-n", "-tt", "-S"], { timeoutMs: 120_000 });
    return { answersUs: answersIn(stdout, port).map((us) => us - before.us), offsets: [before, after], said: stderr };
  };
}
