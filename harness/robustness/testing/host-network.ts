import { execFileSync } from "node:child_process";

/** What may be seen of this machine's own network, without what changes by itself: counters and lifetimes. */
export function hostNetwork(): Record<string, string> {
  const shown = {
    "ip link": run("ip", ["-j", "link"]),
    "ip address": run("ip", ["-j", "address"]).replaceAll(/"(valid|preferred)_life_time":\d+/g, '"$1_life_time":0'),
    "ip route": run("ip", ["-j", "route", "show", "table", "all"]),
    "ip rule": run("ip", ["-j", "rule"]),
    "ip netns": run("ip", ["netns", "list"]),
    nft: run("nft", ["list", "ruleset"]).replaceAll(/packets \d+ bytes \d+/g, "packets 0 bytes 0"),
  };
  return shown;
}

/** "" when the tool is not installed: then there is nothing that it could have changed. */
function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
