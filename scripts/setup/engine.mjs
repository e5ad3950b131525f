import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, openSync } from "node:fs";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { userInfo } from "node:os";
import { aptInstall, isRoot, runTool, which } from "./run-tool.mjs";
import { Fix } from "./steps.mjs";

const SOCKET = "/var/run/docker.sock";
const LOG = "/var/log/hachaos-dockerd.log";
const PACKAGES = ["docker.io", "mmdebstrap", "debian-archive-keyring", "uidmap", "ca-certificates"];
const BY_HAND = `as root: apt-get install ${PACKAGES.join(" ")}, then start dockerd`;
/** Loading the storage driver of a big image store takes dockerd a while. */
const STARTS_WITHIN_MS = 60_000;

/** @type {import("./steps.mjs").Step} */
export const engineStep = {
  name: "container engine",
  done: answering,
  run: async (say) => {
    const action = engineAction({
      root: isRoot(),
      dockerHost: process.env.DOCKER_HOST,
      dockerd: which("dockerd") !== null,
      systemd: existsSync("/run/systemd/system"),
      denied: existsSync(SOCKET) && !writable(SOCKET),
      user: userInfo().username,
    });
    if ("refuse" in action) throw new Fix(action.refuse, action.hint);
    if (action.install) {
      say(`installing ${PACKAGES.join(" ")}`);
      await aptInstall(PACKAGES, BY_HAND);
    }
    // Where a service manager runs, the package has started it already.
    if ((await answering()) !== null) return;
    say(action.start === "systemd" ? "systemctl start docker" : `starting dockerd, log in ${LOG}`);
    if (action.start === "systemd") await runTool("systemctl", ["start", "docker"], "journalctl -u docker says why it does not start");
    else startByHand();
    await untilAnswering();
  },
};

/**
 * What to do when no engine answers; pure.
 * @param {{ root: boolean, dockerHost: string | undefined, dockerd: boolean, systemd: boolean, denied: boolean, user: string }} machine
 * @returns {{ install: boolean, start: "systemd" | "hand" } | { refuse: string, hint: string }}
 */
export function engineAction({ root, dockerHost, dockerd, systemd, denied, user }) {
  if (dockerHost)
    return {
      refuse: `DOCKER_HOST is ${dockerHost}, and nothing answers there`,
      hint: "correct DOCKER_HOST, or unset it to use this machine's own engine",
    };
  if (root) return { install: !dockerd, start: systemd ? "systemd" : "hand" };
  if (denied)
    return { refuse: `permission denied on ${SOCKET}`, hint: `ask the administrator for: usermod -aG docker ${user}  (then log in again)` };
  const start = systemd ? "systemctl enable --now docker" : "start dockerd";
  const install = dockerd ? "" : `apt-get install ${PACKAGES.join(" ")} && `;
  return {
    refuse: "no container engine answers, and only root can start one",
    hint: `ask the administrator for: ${install}${start} && usermod -aG docker ${user}  (then log in again), or set DOCKER_HOST`,
  };
}

/** Sockets in the order in which testcontainers looks; a remote DOCKER_HOST is left to hachaos to judge. */
async function answering() {
  const host = process.env.DOCKER_HOST;
  if (host && !host.startsWith("unix://")) return `DOCKER_HOST is ${host}`;
  const runtime = process.env.XDG_RUNTIME_DIR;
  const sockets = host ? [host.slice("unix://".length)] : [SOCKET, ...(runtime ? [`${runtime}/docker.sock`] : [])];
  for (const socket of sockets) if (await pings(socket)) return `answers on ${socket}`;
  return null;
}

/**
 * @param {string} socketPath
 * @returns {Promise<boolean>}
 */
function pings(socketPath) {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping", timeout: 5_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
    asked.end();
  });
}

/** Without a service manager. Labs bring their own networks, so the engine makes none in the host's namespace. */
function startByHand() {
  const log = openSync(LOG, "a");
  // dockerd --bridge=none deletes a docker0 that is there already, and that is not ours to take away.
  const bridge = existsSync("/sys/class/net/docker0") ? [] : ["--bridge=none"];
  const args = [...bridge, "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false"];
  spawn(which("dockerd") ?? "dockerd", args, { detached: true, stdio: ["ignore", log, log], cwd: "/" }).unref();
}

async function untilAnswering() {
  const deadline = performance.now() + STARTS_WITHIN_MS;
  while ((await answering()) === null) {
    if (performance.now() > deadline)
      throw new Fix(`the engine does not answer within ${STARTS_WITHIN_MS / 1000} s`, `see ${LOG}, or journalctl -u docker`);
    await pause(250);
  }
}

/** @param {string} path */
function writable(path) {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
