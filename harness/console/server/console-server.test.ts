import { once } from "node:events";
import { request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HachaosError } from "../../kernel/errors.js";
import { serveConsole, type ConsoleServer } from "./console-server.js";
import type { OpenPage } from "./pages.js";
import type { Action } from "./request-body.js";

const TOKEN = "a-token-that-nobody-guesses";
const INJECT = { do: "inject", kind: "link-down", target: "vm-node1", params: { nic: "eth0" } };

const done: Action[] = [];
const greeted: OpenPage[] = [];
let server: ConsoleServer;

beforeAll(async () => {
  const served = {
    page: { html: "<!doctype html><title>page</title>", policy: "default-src 'none'" },
    report: () => Promise.resolve(null),
    greet: (page: OpenPage) => {
      greeted.push(page);
      page.send("hello", page.id);
    },
    act: (_page: OpenPage, action: Action) => {
      if (action.do === "lock") throw new HachaosError("usage", "not now", { hint: "later" });
      done.push(action);
      return `${action.do} is heard`;
    },
  };
  server = await serveConsole(served, { port: 0, token: TOKEN });
});
afterAll(() => server.close());
afterEach(() => {
  done.length = 0;
});

interface Asked {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

async function ask(
  path: string,
  { method = "GET", headers = {}, body = "" }: Asked = {},
): Promise<{ status: number; headers: IncomingMessage["headers"]; text: string }> {
  const sent = request({ host: "127.0.0.1", port: server.port, path, method, headers: { Host: `127.0.0.1:${server.port}`, ...headers } });
  sent.on("error", () => undefined);
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

const act = (action: object, headers: OutgoingHttpHeaders = {}) =>
  ask("/do", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Hachaos-Token": TOKEN, ...headers },
    body: JSON.stringify(action),
  });

/** Opens a page's connection and keeps it until it is ended. */
async function openPage(): Promise<{ page: OpenPage; end(): Promise<void> }> {
  const sent = request({ host: "127.0.0.1", port: server.port, path: `/events?token=${TOKEN}` });
  sent.on("error", () => undefined);
  sent.end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.on("error", () => undefined);
  await once(response, "data");
  const page = greeted.at(-1)!;
  return {
    page,
    async end() {
      sent.destroy();
      await expect.poll(() => server.pages.find(page.id)).toBeUndefined();
    },
  };
}

describe("what is not heard", () => {
  it.each([
    ["no token", "/", {}],
    ["a wrong token", "/?token=wrong", {}],
    ["a token of the right length that is wrong", `/?token=${"x".repeat(TOKEN.length)}`, {}],
    ["the events without a token", "/events", {}],
    ["the report without a token", "/report", {}],
    ["a page that asks from elsewhere", `/events?token=${TOKEN}`, { Origin: "http://evil.example" }],
    ["the same machine on another port", `/events?token=${TOKEN}`, { Origin: "http://127.0.0.1:1" }],
    ["a hidden frame", `/events?token=${TOKEN}`, { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }],
  ])("%s", async (_, path, headers) => {
    expect((await ask(path, { headers })).status).toBe(403);
  });

  it.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "10.0.0.1:80"])("a request for the host %s, whatever its token", async (host) => {
    expect((await ask(`/?token=${TOKEN}`, { headers: { Host: host } })).status).toBe(421);
  });

  it("an action by GET, in the address, as a form or as text", async () => {
    const { page, end } = await openPage();
    const body = JSON.stringify({ ...INJECT, page: page.id });
    const token = { "X-Hachaos-Token": TOKEN };
    expect((await ask(`/do?token=${TOKEN}`)).status).toBe(405);
    expect((await ask(`/do?token=${TOKEN}`, { method: "POST", body, headers: { "Content-Type": "application/json" } })).status).toBe(403);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
      expect((await ask("/do", { method: "POST", body, headers: { ...token, "Content-Type": type } })).status).toBe(415);
    expect((await act({ ...INJECT, page: page.id }, { Origin: "http://evil.example" })).status).toBe(403);
    expect(done).toEqual([]);
    await end();
  });

  it("a body that is too long, no JSON, or no action", async () => {
    const { page, end } = await openPage();
    expect((await act({ ...INJECT, page: page.id, target: "x".repeat(20_000) })).status).toBe(413);
    expect((await act({ ...INJECT, page: page.id, surplus: 1 })).status).toBe(400);
    expect((await act({ do: "format", page: page.id })).status).toBe(400);
    const broken = { method: "POST", headers: { "Content-Type": "application/json", "X-Hachaos-Token": TOKEN }, body: "{" };
    expect((await ask("/do", broken)).status).toBe(400);
    expect(done).toEqual([]);
    await end();
  });

  it("anything from another machine: it listens on loopback alone", async () => {
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter(({ internal, family }) => !internal && family === "IPv4"),
    );
    for (const { address } of others) {
      const socket = connect(server.port, address);
      const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
      expect(error.code).toBe("ECONNREFUSED");
    }
  });
});

describe("what is heard", () => {
  it("the page, which may load nothing, be framed by nobody and be kept nowhere", async () => {
    const { status, headers } = await ask(`/?token=${TOKEN}`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-security-policy": "default-src 'none'",
      "cache-control": "no-store",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect((await ask(`/?token=${TOKEN}`, { headers: { Host: `localhost:${server.port}` } })).status).toBe(200);
    expect((await ask(`/nothing?token=${TOKEN}`)).status).toBe(404);
  });

  it("an action of an open page, until its connection ends", async () => {
    const { page, end } = await openPage();
    const asked = { ...INJECT, page: page.id };
    const heard = await act(asked, { Origin: `http://127.0.0.1:${server.port}` });
    expect([heard.status, JSON.parse(heard.text)]).toEqual([202, { message: "inject is heard" }]);
    expect(done).toEqual([asked]);
    const refused = await act({ do: "lock", page: page.id });
    expect([refused.status, JSON.parse(refused.text)]).toEqual([400, { message: "not now", hint: "later" }]);
    await end();
    expect((await act(asked)).status).toBe(409);
    expect(done).toHaveLength(1);
  });

  it("no second server on its port", async () => {
    const served = { page: { html: "", policy: "" }, report: () => Promise.resolve(null), greet: () => undefined, act: () => "" };
    await expect(serveConsole(served, { port: server.port, token: TOKEN })).rejects.toMatchObject({ code: "usage" });
  });
});
