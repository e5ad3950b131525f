import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { algorithmsFor, fingerprint, judgeKey, knownKeys } from "./known-hosts.js";

const folder = mkdtempSync(join(tmpdir(), "hachaos-known-hosts-"));
const file = join(folder, "known_hosts");
const [first, second] = [newKey(), newKey()];

beforeAll(() => {
  writeFileSync(file, `node1 ${first}\n[node1]:2222 ${second}\n@revoked node3 ${first}\n@cert-authority *.example ${second}\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a host's key is known by its name, and by its port where that is not the usual one", async () => {
  expect(judgeKey(await knownKeys(file, "node1", 22), bytes(first))).toBe("known");
  expect(judgeKey(await knownKeys(file, "node1", 2222), bytes(second))).toBe("known");
});

test("another key than the known one is changed, one of a host that is not there unknown, a revoked one revoked", async () => {
  expect(judgeKey(await knownKeys(file, "node1", 22), bytes(second))).toBe("changed");
  expect(judgeKey(await knownKeys(file, "node2", 22), bytes(first))).toBe("unknown");
  expect(judgeKey(await knownKeys(file, "node3", 22), bytes(first))).toBe("revoked");
});

test("a key that signs others' keys is no host's own", async () => {
  expect(judgeKey(await knownKeys(file, "a.example", 22), bytes(second))).toBe("unknown");
});

test("names may be hashed; without a file nobody is known", async () => {
  const hashed = join(folder, "hashed");
  writeFileSync(hashed, "");
  appendFileSync(hashed, readFileSync(file));
  execFileSync("ssh-keygen", ["-H", "-f", hashed], { stdio: "ignore" });
  expect(readFileSync(hashed, "utf8")).not.toContain("node1");
  expect(judgeKey(await knownKeys(hashed, "node1", 22), bytes(first))).toBe("known");
  expect(await knownKeys(join(folder, "none"), "node1", 22)).toEqual([]);
});

test("only key types that are known are asked for, an RSA key by the signatures of today first", () => {
  const key = (type: string) => ({ marker: "", type, key: "" });
  expect(algorithmsFor([key("ssh-ed25519"), key("ssh-rsa"), { ...key("ecdsa-sha2-nistp256"), marker: "@cert-authority" }])).toEqual([
    "ssh-ed25519",
    "rsa-sha2-512",
    "rsa-sha2-256",
    "ssh-rsa",
  ]);
});

test("the fingerprint is the one that ssh-keygen shows", () => {
  const shown = execFileSync("ssh-keygen", ["-l", "-f", "-"], { input: `${first}\n`, encoding: "utf8" });
  expect(shown).toContain(fingerprint(bytes(first)));
});

function newKey(): string {
  return ssh2.utils.generateKeyPairSync("ed25519").public;
}

/** What a host sends of its key. */
function bytes(key: string): Buffer {
  return Buffer.from(key.split(" ")[1] ?? "", "base64");
}
