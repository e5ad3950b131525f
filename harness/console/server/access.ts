import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is refused. */
export interface Refusal {
  status: number;
  message: string;
}

/** Where the token is given: the address keeps it over a reload, a script sends it as a header. */
export const TOKEN_HEADER = "x-hachaos-token";

/**
 * Whether a request may be heard at all; null: it may. The token keeps other users of this machine out. The Host header keeps out a foreign name
 * that was made to point here (DNS rebinding), Origin and Sec-Fetch-Site what other pages in the same browser send.
 */
export function refusalOf(request: IncomingMessage, { token, port }: { token: string; port: number }): Refusal | null {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) return { status: 421, message: "this console is not at that address" };
  if (origin !== undefined && origin !== `http://${host}`) return { status: 403, message: "another page's requests are not heard" };
  const site = request.headers["sec-fetch-site"];
  const isVisit = request.headers["sec-fetch-mode"] === "navigate" && request.method === "GET";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !isVisit)
    return { status: 403, message: "another page's requests are not heard" };
  if (!sameText(tokenOf(request), token))
    return { status: 403, message: "the token is missing or wrong; open the address that hachaos console prints" };
  return null;
}

function tokenOf(request: IncomingMessage): string {
  const sent = request.headers[TOKEN_HEADER];
  if (request.method !== "GET") return typeof sent === "string" ? sent : "";
  return new URL(request.url ?? "/", "http://localhost").searchParams.get("token") ?? "";
}

/** Takes as long whatever of it is wrong, but for its length, which is no secret. */
function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
