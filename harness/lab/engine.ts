import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type DockerodeClient from "dockerode";
import { z } from "zod";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { withLimit } from "../kernel/with-limit.js";
import { Dockerode } from "./dockerode.js";

/** The container engine of this machine: what it is and a client to talk to it. Memory in MiB. */
export interface Engine {
  docker: DockerodeClient;
  version: string;
  kernel: string;
  arch: string;
  cgroupVersion: 1 | 2;
  cpus: number;
  memoryMb: number;
  /** Where the engine keeps images and containers, for example /var/lib/docker. */
  dataDir: string;
  /** As the engine tells them: "name=seccomp,profile=default", "name=apparmor", "name=rootless", ... */
  securityOptions: string[];
  rootless: boolean;
}

/** On a quiet machine the engine answers within 0.1 s: whoever waits for longer is told why. */
const TOLD_AFTER_MS = 4_000;
/** On two cores with a load of 70 it was seen to take 10 s; one that hangs never answers. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * A client of the engine that testcontainers finds (DOCKER_HOST, ~/.testcontainers.properties, the usual sockets), for whoever only looks,
 * enters or removes. Throws `engine-missing` when there is none, and `engine-silent` when there is one that does not answer.
 */
export function findEngine(): Promise<Pick<Engine, "docker">> {
  return patiently(async () => ({ docker: (await findUsual()) ?? (await findAny()) }), toStderr);
}

/** The engine that testcontainers finds and starts containers with, with what it tells of itself. Throws `engine-missing`, `engine-silent`. */
export function connectEngine(tell: (text: string) => void = toStderr): Promise<Engine> {
  return patiently(async () => {
    const docker = await findAny();
    const info = INFO.parse(await docker.info());
    await decideRyuk(docker);
    return describe(docker, info);
  }, tell);
}

async function patiently<T>(connect: () => Promise<T>, tell: (text: string) => void): Promise<T> {
  const slow = setTimeout(tell, TOLD_AFTER_MS, "waiting for the container engine, which is slow to answer");
  const silence = new HachaosError("engine-silent", `the container engine does not answer within ${ANSWER_WITHIN_MS / 1000} s`);
  try {
    return await withLimit(connect(), ANSWER_WITHIN_MS, silence);
  } catch (error) {
    if (error === silence) throw error;
    throw new HachaosError("engine-missing", `no container engine answers: ${await reason(error)}`, { cause: error });
  } finally {
    clearTimeout(slow);
  }
}

function toStderr(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Where testcontainers looks before its other places (11.14: build/container-runtime/clients/client.js, strategies/). */
const USUAL_SOCKET = "/var/run/docker.sock";
const PROPERTIES = join(homedir(), ".testcontainers.properties");

/**
 * The engine where nearly all have it, without testcontainers, which takes half of a short command's time: to load, and to look for docker
 * compose. Null where testcontainers might find another one.
 */
async function findUsual(): Promise<DockerodeClient | null> {
  if (await allowed(PROPERTIES, constants.F_OK)) return null;
  const docker = process.env["DOCKER_HOST"] ? new Dockerode() : new Dockerode({ socketPath: USUAL_SOCKET });
  return docker.ping().then(
    () => docker,
    () => null,
  );
}

async function findAny(): Promise<DockerodeClient> {
  // testcontainers goes on to the usual sockets when DOCKER_HOST does not answer: a lab on an engine nobody asked for.
  if (process.env["DOCKER_HOST"]) await new Dockerode().ping();
  // In a container, testcontainers would start a pulled image to learn the host's address. No lab maps ports, so none is needed.
  process.env["TESTCONTAINERS_HOST_OVERRIDE"] ??= "localhost";
  // Loading testcontainers takes 0.5 s, which commands that need no engine should not pay.
  const { getContainerRuntimeClient } = await import("testcontainers");
  const client = await getContainerRuntimeClient();
  return client.container.dockerode;
}

const INFO = z.object({
  ServerVersion: z.string(),
  KernelVersion: z.string().default(""),
  Architecture: z.string().default(""),
  CgroupVersion: z.string().default("1"),
  NCPU: z.number(),
  MemTotal: z.number(),
  DockerRootDir: z.string(),
  SecurityOptions: z.array(z.string()).nullish(),
});

function describe(docker: DockerodeClient, info: z.infer<typeof INFO>): Engine {
  const securityOptions = info.SecurityOptions ?? [];
  return {
    docker,
    version: info.ServerVersion,
    kernel: info.KernelVersion,
    arch: info.Architecture,
    cgroupVersion: info.CgroupVersion === "2" ? 2 : 1,
    cpus: info.NCPU,
    memoryMb: Math.floor(info.MemTotal / 1024 ** 2),
    dataDir: info.DockerRootDir,
    securityOptions,
    rootless: securityOptions.some((option) => option.startsWith("name=rootless")),
  };
}

/** Ryuk, testcontainers' reaper, serves only where its image is: there may be no registry to pull it from. */
async function decideRyuk(docker: DockerodeClient): Promise<void> {
  if (process.env["TESTCONTAINERS_RYUK_DISABLED"] !== undefined) return;
  const images = await docker.listImages();
  // The name testcontainers asks for: RYUK_CONTAINER_IMAGE, or its pinned testcontainers/ryuk:<version>.
  const wanted = process.env["RYUK_CONTAINER_IMAGE"] ?? RYUK_IMAGE;
  const present = images.some((image) => image.RepoTags?.includes(wanted));
  if (!present) process.env["TESTCONTAINERS_RYUK_DISABLED"] = "true";
}

/** What testcontainers 11.14 pulls (build/reaper/reaper.js, REAPER_IMAGE). */
const RYUK_IMAGE = "testcontainers/ryuk:0.14.0";

async function reason(error: unknown): Promise<string> {
  const host = process.env["DOCKER_HOST"];
  if (host) return `DOCKER_HOST is ${host}: ${messageOf(error)}`;
  const exists = await allowed(USUAL_SOCKET, constants.F_OK);
  if (!exists) return `${USUAL_SOCKET} does not exist`;
  if (!(await allowed(USUAL_SOCKET, constants.R_OK | constants.W_OK))) return `permission denied on ${USUAL_SOCKET}`;
  return `${USUAL_SOCKET}: ${messageOf(error)}`;
}

async function allowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
