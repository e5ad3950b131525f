import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { refusalOf } from "./access.js";
import { Pages, type OpenPage } from "./pages.js";
import { readAction, type Action } from "./request-body.js";

/** What the server shows and whom it asks. */
export interface Served {
  /** The page, and the policy under which it runs. */
  page: { html: string; policy: string };
  /** The report of what was done so far, as a page; null: nothing was broken yet. */
  report(): Promise<string | null>;
  /** A page has opened: sends it everything there is. */
  greet(page: OpenPage): void;
  /** What a page asks for; returns what to tell it at once. Throws a HachaosError that says why not. */
  act(page: OpenPage, action: Action): string;
}

export interface ConsoleServer {
  port: number;
  pages: Pages;
  /** Ends it with all its connections. */
  close(): Promise<void>;
}

/** On loopback alone. Throws `usage` when the port is taken. */
export async function serveConsole(served: Served, { port, token }: { port: number; token: string }): Promise<ConsoleServer> {
  const pages = new Pages();
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, { token, port: portOf(server.address()) });
    if (refusal !== null) {
      say(response, refusal.status, refusal);
      return;
    }
    answer(request, response, served, pages).catch((error: unknown) => {
      if (!response.headersSent) say(response, 500, { message: messageOf(error) });
      else response.end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw new HachaosError("usage", `port ${port} on 127.0.0.1 cannot be used: ${messageOf(error)}`, { hint: "--port 0 takes a free one" });
  });
  return {
    port: portOf(server.address()),
    pages,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function answer(request: IncomingMessage, response: ServerResponse, served: Served, pages: Pages): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const method = METHODS[pathname];
  if (method === undefined) {
    say(response, 404, { message: "there is nothing here" });
    return;
  }
  if (request.method !== method) {
    response.setHeader("Allow", method);
    say(response, 405, { message: `${pathname} is asked by ${method}` });
    return;
  }
  switch (pathname) {
    case "/":
      sayPage(response, served.page.html, served.page.policy);
      return;
    case "/events":
      response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream" });
      served.greet(pages.connect(response, () => undefined));
      return;
    case "/report": {
      const report = await served.report();
      if (report === null) say(response, 404, { message: "nothing was broken yet, so there is nothing to report" });
      // It brings its own policy.
      else sayPage(response, report, "frame-ancestors 'none'");
      return;
    }
    default:
      await takeAction(request, response, served, pages);
  }
}

const METHODS: Record<string, "GET" | "POST"> = { "/": "GET", "/events": "GET", "/report": "GET", "/do": "POST" };

/** Answers at once: what came of an action is told to all pages when it is over. */
async function takeAction(request: IncomingMessage, response: ServerResponse, served: Served, pages: Pages): Promise<void> {
  const action = await readAction(request);
  if ("status" in action) {
    // The rest of a body that is too long is not read.
    response.setHeader("Connection", "close");
    say(response, action.status, action);
    return;
  }
  const page = pages.find(action.page);
  if (page === undefined) {
    say(response, 409, { message: "this page has lost its connection, so nothing was done; it comes back locked" });
    return;
  }
  try {
    say(response, 202, { message: served.act(page, action) });
  } catch (error) {
    if (!(error instanceof HachaosError)) throw error;
    say(response, 400, { message: error.message, hint: error.hint });
  }
}

/** Nothing of it is kept, framed, guessed or told to others. */
const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}

function sayPage(response: ServerResponse, html: string, policy: string): void {
  response.writeHead(200, { ...HEADERS, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
  response.end(html);
}
