import { servedBy } from "./served-by.js";

/** What came of a request, as the history tells it. */
export interface Answer {
  outcome: string;
  status: number | null;
  servedBy: string | null;
  error: string | null;
}

/** Code of the error with which we end a request whose time is over. */
export const TIME_LIMIT = "HACHAOS_TIME_LIMIT";

/** errno(3) codes of the socket, undici's own (undici lib/core/errors.js), Node's HTTP client's (a socket hang up) and ours. */
const OUTCOMES: Record<string, string> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ETIMEDOUT: "timeout",
  [TIME_LIMIT]: "timeout",
};

/** A page came: whose is it? */
export function answerOf(status: number, page: string, nodes: readonly string[]): Answer {
  const node = servedBy(page, nodes);
  if (status !== 200) return { outcome: "wrong-status", status, servedBy: node, error: null };
  return { outcome: node === null ? "wrong-page" : "ok", status, servedBy: node, error: null };
}

/** No page came. What is no error of a socket was an answer that is no HTTP. */
export function failureOf(error: unknown): Answer {
  const { code } = error as { code?: string };
  return { outcome: OUTCOMES[code ?? ""] ?? "wrong-page", status: null, servedBy: null, error: code ?? String(error) };
}

/** The error that ends a request whose time is over. */
export function timeLimit(): Error {
  return Object.assign(new Error("time limit"), { code: TIME_LIMIT });
}
