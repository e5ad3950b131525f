import { execFile } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Where the packages come from: lines as in sources.list, and the apt options (proxies) this machine needs to get them. */
export interface Mirror {
  lines: string[];
  aptOptions: string[];
}

/**
 * HACHAOS_MIRROR (a URI of a Debian mirror), else the mirror this host's own apt uses when it is a Debian host, else none:
 * then mmdebstrap takes its default.
 */
export async function findMirror(release: string): Promise<Mirror> {
  const aptOptions = await aptProxies();
  const signedBy = await access(KEYRING).then(
    () => `[signed-by=${KEYRING}] `,
    () => "",
  );
  const wanted = process.env["HACHAOS_MIRROR"];
  if (wanted) return { lines: sourceLines(release, { main: wanted, security: securityBeside(wanted) }, signedBy), aptOptions };
  const own = await hostMirror();
  return { lines: own === null ? [] : sourceLines(release, own, signedBy), aptOptions };
}

interface Uris {
  main: string;
  security: string;
}

/** The release, its updates and its security fixes, as sources.list lines. */
export function sourceLines(release: string, uris: Uris, signedBy: string): string[] {
  return [
    `deb ${signedBy}${uris.main} ${release} main`,
    `deb ${signedBy}${uris.main} ${release}-updates main`,
    `deb ${signedBy}${uris.security} ${release}-security main`,
  ];
}

/** Mirrors that carry both have them side by side: .../debian and .../debian-security. */
export function securityBeside(main: string): string {
  return `${main.replace(/\/+$/, "")}-security`;
}

/** Picks Debian's own archives out of `apt-get indextargets` lines "origin|suite|uri"; null when the main one is not there. */
export function pickUris(lines: string): Uris | null {
  const targets = lines.split("\n").map((line) => line.split("|"));
  const debian = targets.filter(([origin, , uri]) => origin === "Debian" || (origin === "" && /\/debian(-security)?\/?$/.test(uri ?? "")));
  const find = (security: boolean): string | undefined => debian.find(([, suite]) => (suite ?? "").endsWith("-security") === security)?.[2];
  const main = find(false);
  return main === undefined ? null : { main, security: find(true) ?? securityBeside(main) };
}

async function hostMirror(): Promise<Uris | null> {
  const host = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID=debian$/m.test(host)) return null;
  const format = ["indextargets", "--format", "$(ORIGIN)|$(RELEASE)|$(REPO_URI)", "Created-By: Packages"];
  const { stdout } = await run("apt-get", format).catch(() => ({ stdout: "" }));
  return pickUris(stdout);
}

/** mmdebstrap does not read the host's apt.conf, so a proxy set there has to be handed on. */
async function aptProxies(): Promise<string[]> {
  const { stdout } = await run("apt-config", ["dump", "Acquire::http::Proxy", "Acquire::https::Proxy"]).catch(() => ({ stdout: "" }));
  return stdout.split("\n").filter((line) => /^Acquire::https?::Proxy.* "[^"]+";$/.test(line));
}
