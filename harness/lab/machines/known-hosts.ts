import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { HachaosError } from "../../kernel/errors.js";

const run = promisify(execFile);

/** A line of known_hosts, sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface KnownKey {
  /** `@revoked`, `@cert-authority` or "". */
  marker: string;
  type: string;
  /** As base64. */
  key: string;
}

/** The keys that known_hosts has for a host. ssh-keygen(1) looks them up, because names may be hashed there. */
export async function knownKeys(file: string, host: string, port: number): Promise<KnownKey[]> {
  try {
    return readKnownKeys((await run("ssh-keygen", ["-F", hostPattern(host, port), "-f", file])).stdout);
  } catch (error) {
    const { code, stderr = "" } = error as { code?: number | string; stderr?: string };
    if (code === "ENOENT") {
      throw new HachaosError("capability-missing", "ssh-keygen, which reads known_hosts, is not installed here", {
        hint: "as root: apt-get install openssh-client",
      });
    }
    // 1: no line is for this host.
    if (code === 1 || /No such file/.test(stderr)) return [];
    throw new HachaosError("host-key-unknown", `${file} cannot be read: ${stderr.trim()}`, { cause: error });
  }
}

/** As ssh writes it: with the port only where it is not the usual one. */
function hostPattern(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/** What `ssh-keygen -F` prints: comments with `#`, and the lines as they are in the file. */
export function readKnownKeys(text: string): KnownKey[] {
  return text.split("\n").flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith("@") ? (words.shift() ?? "") : "";
    const [host = "", type = "", key = ""] = words;
    return host === "" || host.startsWith("#") || key === "" ? [] : [{ marker, type, key }];
  });
}

export type KeyVerdict = "known" | "unknown" | "changed" | "revoked";

/** What to think of the key that a host shows. A host with keys of other types only is as unknown as one with none. */
export function judgeKey(known: readonly KnownKey[], shown: Buffer): KeyVerdict {
  const key = shown.toString("base64");
  if (known.some((entry) => entry.marker === "@revoked" && entry.key === key)) return "revoked";
  const plain = known.filter(({ marker }) => marker === "");
  if (plain.some((entry) => entry.key === key)) return "known";
  return plain.length === 0 ? "unknown" : "changed";
}

/** The host key algorithms to ask for: those of the keys that are known, so that a host with several keys shows one of them (ssh_config(5), HostKeyAlgorithms). */
export function algorithmsFor(known: readonly KnownKey[]): string[] {
  const types = [...new Set(known.filter(({ marker }) => marker === "").map(({ type }) => type))];
  // An RSA key signs with SHA-2 nowadays (RFC 8332).
  return types.flatMap((type) => (type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"] : [type]));
}

/** As `ssh-keygen -l` shows it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}
