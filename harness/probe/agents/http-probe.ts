import { buildConnector, Client } from "undici";
import { configuration, endWithStdin, nowUs, send } from "./send.js";
import { servedBy } from "./served-by.js";

/**
 * Asks the service for its page on a fixed schedule, each time over a new connection with its own time limit.
 * The schedule never waits for an answer (open model): a hung request must not hide the outage behind it.
 */
export interface HttpProbeConfig {
  url: string;
  periodMs: number;
  timeoutMs: number;
  /** Names to look for in the page: the one that is found served it. */
  nodes: string[];
}

const config = configuration() as HttpProbeConfig;
const url = new URL(config.url);
const connect = buildConnector({ timeout: config.timeoutMs });
const startUs = nowUs();
let next = 0;

endWithStdin(() => undefined);
schedule();

/** Times are computed from the start, so lateness never adds up; what is overdue is sent at once. */
function schedule(): void {
  const periodUs = config.periodMs * 1000;
  for (; startUs + next * periodUs <= nowUs(); next += 1) void probe(startUs + next * periodUs);
  setTimeout(schedule, Math.max(0, (startUs + next * periodUs - nowUs()) / 1000));
}

async function probe(scheduledUs: number): Promise<void> {
  const us = nowUs();
  // When the connection request had left and when it was accepted: what a failure proves depends on both.
  let sentUs: number | undefined;
  let connectedUs: number | null = null;
  const client = new Client(url.origin, {
    pipelining: 1,
    connect: (options, callback) => {
      connect(options, (...ended) => {
        if (ended[0] === null) connectedUs = nowUs();
        callback(...ended);
      });
      // net.connect() to an address calls connect(2) in the next tick.
      process.nextTick(() => (sentUs = nowUs()));
    },
  });
  const limit = setTimeout(() => void client.destroy(new Error("time limit")), config.timeoutMs);
  let answer: Record<string, unknown>;
  try {
    const response = await client.request({ method: "GET", path: `${url.pathname}${url.search}`, headers: { connection: "close" } });
    answer = judge(response.statusCode, await response.body.text());
  } catch (error) {
    answer = { outcome: outcomeOf(error), status: null, servedBy: null, error: codeOf(error) ?? String(error) };
  }
  clearTimeout(limit);
  send({ us, endUs: nowUs(), scheduledUs, sentUs, connectedUs, ...answer });
  await client.destroy().catch(() => undefined);
}

function judge(status: number, body: string): Record<string, unknown> {
  const node = servedBy(body, config.nodes);
  if (status !== 200) return { outcome: "wrong-status", status, servedBy: node, error: null };
  return { outcome: node === null ? "wrong-page" : "ok", status, servedBy: node, error: null };
}

/** errno(3) codes of the socket, and undici's own (undici lib/core/errors.js). */
const OUTCOMES: Record<string, string> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
};

/** Whatever has no code of a socket was ended by our own limit. */
function outcomeOf(error: unknown): string {
  return OUTCOMES[codeOf(error) ?? ""] ?? "timeout";
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code;
}
