import { Client } from "undici";
import { answerOf, failureOf, timeLimit, type Answer } from "./answer.js";
import type { HttpProbeConfig } from "./http-probe.js";
import { reportLoad } from "./report-load.js";
import { schedule } from "./schedule.js";
import { batch, configuration, endWithStdin, nowUs } from "./send.js";

/**
 * The client that keeps its connection, as browsers and proxies do: one request at a time, and another connection when that one breaks,
 * is closed by the server, or gives no answer in time. A slot that finds the last request still under way is let go: such a client has
 * nothing else to send it over.
 */
const TELL_EVERY_MS = 100;

const config = configuration() as HttpProbeConfig;
const url = new URL(config.url);
const out = batch(TELL_EVERY_MS);
let opened = 0;
let isOpen = false;
let isBusy = false;
let client = newClient();

reportLoad();
endWithStdin(out.flush);
schedule(config.periodMs, (scheduledUs) => void (isBusy || probe(scheduledUs)), out.flushWhenDue);

async function probe(scheduledUs: number): Promise<void> {
  isBusy = true;
  const us = nowUs();
  // The one that is open, or the one that will be.
  const connection = isOpen ? opened : opened + 1;
  const answer = await ask();
  out.add({ us, endUs: nowUs(), scheduledUs, connection, ...answer });
  isBusy = false;
}

async function ask(): Promise<Answer> {
  const asked = client;
  const limit = setTimeout(() => void asked.destroy(timeLimit()), config.timeoutMs);
  try {
    const response = await asked.request({ method: "GET", path: `${url.pathname}${url.search}` });
    return answerOf(response.statusCode, await response.body.text(), config.nodes);
  } catch (error) {
    // Whatever is left of the connection or of the attempt to make one must not hold up the next request.
    client = newClient();
    void asked.destroy().catch(() => undefined);
    return failureOf(error);
  } finally {
    clearTimeout(limit);
  }
}

function newClient(): Client {
  isOpen = false;
  const made = new Client(url.origin, { pipelining: 1 });
  made.on("connect", () => {
    opened += 1;
    isOpen = true;
  });
  made.on("disconnect", () => {
    if (made === client) isOpen = false;
  });
  return made;
}
