import type { Host } from "../../lab/lab.js";

/** Not in step with any round period, so that it falls between the probe's requests. */
const PERIOD_MS = 7;
/** Longer than any test. */
const LONGEST_MS = 1_800_000;

/**
 * A second, simple client beside the probe, with requests of its own and no judgement: nobody reads what it sees, but its packets
 * are captured too, so that the truth is denser than the probe's own sampling.
 */
const SCRIPT = `
const { connect } = require("node:net");
const [host, port] = process.argv.slice(1);
setInterval(() => {
  const socket = connect({ host, port: Number(port) });
  socket.on("connect", () => socket.write("GET / HTTP/1.0\\r\\n\\r\\n")).on("error", () => undefined).resume();
  setTimeout(() => socket.destroy(), 900);
}, ${PERIOD_MS});`;

/** It ends with the lab. */
export function startWitness(client: Host, address: string, port: number): void {
  const argv = ["node", "-e", SCRIPT, address, String(port)];
  void client.exec(argv, { timeoutMs: LONGEST_MS, allow: "any" }).catch(() => undefined);
}
