import { request, type IncomingMessage, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { answerOf, failureOf, timeLimit, type Answer } from "./answer.js";
import { reportLoad } from "./report-load.js";
import { schedule } from "./schedule.js";
import { batch, configuration, endWithStdin, nowUs } from "./send.js";

/**
 * Asks the service for its page on a fixed schedule, each time over a new connection with its own time limit.
 *
 * A hundred new connections a second are the one place where HTTP is not undici's: measured side by side, a request over a connection of
 * its own costs undici 1.4 to 1.7 times the CPU of Node's own client, which comes within a tenth of a bare socket (docs/probes.md).
 */
export interface HttpProbeConfig {
  url: string;
  periodMs: number;
  timeoutMs: number;
  /** Names to look for in the page: the one that is found served it. */
  nodes: string[];
}

/** What is seen is told ten times a second: soon enough to follow, and a tenth of the writes. */
const TELL_EVERY_MS = 100;

const config = configuration() as HttpProbeConfig;
const url = new URL(config.url);
const port = Number(url.port || 80);
const host = url.hostname;
const options: RequestOptions = { method: "GET", host, port, path: `${url.pathname}${url.search}` };
const out = batch(TELL_EVERY_MS);

reportLoad();
endWithStdin(out.flush);
schedule(config.periodMs, probe, out.flushWhenDue);

function probe(scheduledUs: number): void {
  const us = nowUs();
  // When the connection request had left and when it was accepted: what a failure proves depends on both.
  let sentUs: number | undefined;
  let connectedUs: number | null = null;
  // With it, and without an agent, Node's client opens a connection for this request alone and asks to have it closed.
  const createConnection = () => {
    const socket = connect({ host, port });
    // connect() to an address calls connect(2) in the next tick.
    process.nextTick(() => (sentUs = nowUs()));
    return socket.once("connect", () => (connectedUs = nowUs()));
  };
  let isTold = false;
  const tell = (answer: Answer) => {
    if (isTold) return;
    isTold = true;
    clearTimeout(limit);
    out.add({ us, endUs: nowUs(), scheduledUs, sentUs, connectedUs, ...answer });
  };
  const asked = request({ ...options, createConnection }, (response) => {
    readPage(response, (page) => {
      tell(answerOf(response.statusCode ?? 0, page, config.nodes));
    });
    // An answer that breaks off is told here, not to the request.
    response.on("error", fail);
  });
  const fail = (error: unknown) => {
    tell(failureOf(error));
  };
  asked.on("error", fail);
  const limit = setTimeout(() => {
    // Told first: what the socket says when it is taken away in the middle of an answer is a reset.
    fail(timeLimit());
    asked.destroy();
  }, config.timeoutMs);
  asked.end();
}

function readPage(response: IncomingMessage, whole: (page: string) => void): void {
  let page = "";
  response.setEncoding("utf8");
  response.on("data", (part: string) => (page += part));
  response.on("end", () => {
    whole(page);
  });
}
