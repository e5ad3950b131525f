import { EventEmitter } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

/** A socket that shows one part of the real engine: what was made through it, and nothing else. */
export interface EngineView {
  /** For DOCKER_HOST. */
  dockerHost: string;
  /** Mark on everything that was made through it, as `key=value`. */
  label: string;
  /** Comes when a command next asks for what changes a lab: makes, ends or removes a container, or takes a lab's lock. */
  nextChange(): Promise<void>;
  /** From now on nobody answers, and what was being said is cut off. */
  lose(): void;
  /** Answers again. */
  find(): Promise<void>;
  close(): void;
}

const SCOPE = "hachaos.test-scope";
/** How a lab's lock is taken (lab/containers/lab-lock.ts). */
const TAKES_LOCK = "flock --nonblock";
/** Where the real engine listens, whatever DOCKER_HOST a test gives to the command line. */
export const ENGINE_SOCKET = (process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock").replace("unix://", "");

/**
 * Passes everything on to the real engine, marks what is created and lists only what carries the mark. So
 * `hachaos down --all` in a test cannot remove the labs that somebody else has on this engine.
 */
export async function openEngineView(socket: string, scope: string): Promise<EngineView> {
  const changes = new EventEmitter();
  let server = await listen(socket, scope, changes);
  return {
    dockerHost: `unix://${socket}`,
    label: `${SCOPE}=${scope}`,
    nextChange: () => new Promise((resolve) => changes.once("change", resolve)),
    lose: () => server.close(),
    async find() {
      server = await listen(socket, scope, changes);
    },
    close: () => server.close(),
  };
}

async function listen(socket: string, scope: string, changes: EventEmitter): Promise<{ close(): void }> {
  // An image is one request, and as long as it takes to install: Node.js would give it five minutes.
  const server = createServer({ requestTimeout: 0 }, (asked, answer) => void forward(asked, answer, { scope, changes }));
  server.on("upgrade", passThrough);
  // Connections that became streams are no longer the server's own.
  const connections = new Set<Socket>();
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    close() {
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

async function forward(asked: IncomingMessage, answer: ServerResponse, view: { scope: string; changes: EventEmitter }): Promise<void> {
  const { scope, changes } = view;
  const { method, headers } = asked;
  const url = new URL(asked.url ?? "/", "http://engine");
  const creates = method === "POST" && url.pathname.endsWith("/containers/create");
  if (method === "GET" && url.pathname.endsWith("/containers/json")) narrow(url, scope);
  const runs = method === "POST" && url.pathname.endsWith("/exec");
  const told = creates || runs ? await readAll(asked) : null;
  if (creates || method === "DELETE" || /\/(kill|stop)$/.test(url.pathname) || told?.includes(TAKES_LOCK)) changes.emit("change");
  const body = told !== null && creates ? marked(told, scope) : told;
  const sent = body === null ? headers : { ...headers, "content-length": String(body.length) };
  const upstream = request(
    { socketPath: ENGINE_SOCKET, method, path: url.pathname + url.search, headers: sent, agent: false },
    (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.on("error", () => answer.destroy());
      // Events may be long in coming; that they will come must be known at once.
      answer.flushHeaders();
      answered.pipe(answer);
    },
  );
  upstream.on("error", () => answer.destroy());
  answer.on("close", () => upstream.destroy());
  if (body === null) asked.pipe(upstream);
  else upstream.end(body);
}

/** Adds the mark to the filters of a list (engine API: filters={"label":["key=value"]}). */
function narrow(url: URL, scope: string): void {
  const filters = JSON.parse(url.searchParams.get("filters") ?? "{}") as Record<string, string[]>;
  url.searchParams.set("filters", JSON.stringify({ ...filters, label: [...(filters["label"] ?? []), `${SCOPE}=${scope}`] }));
}

function marked(body: Buffer, scope: string): Buffer {
  const wanted = JSON.parse(body.toString("utf8")) as { Labels?: Record<string, string> };
  return Buffer.from(JSON.stringify({ ...wanted, Labels: { ...wanted.Labels, [SCOPE]: scope } }));
}

/** A command's streams: bytes both ways, and each side's end is passed on by itself. */
function passThrough(asked: IncomingMessage, socket: Duplex, head: Buffer): void {
  const upstream = connect({ path: ENGINE_SOCKET, allowHalfOpen: true });
  const lines = [`${asked.method ?? "POST"} ${asked.url ?? "/"} HTTP/1.1`];
  for (let index = 0; index < asked.rawHeaders.length; index += 2) lines.push(`${asked.rawHeaders[index]}: ${asked.rawHeaders[index + 1]}`);
  upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
  upstream.write(head);
  socket.pipe(upstream).pipe(socket);
  upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
  socket.on("error", () => upstream.destroy()).on("close", () => upstream.destroy());
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
