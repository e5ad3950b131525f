import { isIPv4 } from "node:net";

/** The address and port of the service's URL; an empty address when it is no http URL with an IPv4 address. */
export function serviceUrl(url: string): { address: string; port: number } {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== "http:" || !isIPv4(parsed.hostname)) return { address: "", port: 0 };
  // 80 is http's own port; URL leaves it out.
  return { address: parsed.hostname, port: parsed.port === "" ? 80 : Number(parsed.port) };
}
