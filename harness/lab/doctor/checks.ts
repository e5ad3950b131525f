import { execFile } from "node:child_process";
import { freemem, totalmem } from "node:os";
import { promisify } from "node:util";
import { HachaosError, messageOf } from "../../kernel/errors.js";
import { connectEngine, type Engine } from "../engine.js";
import { freeSpaceMb, NEEDED_MB } from "../image/disk-space.js";
import { imageHash, imageTag } from "../image/image-tag.js";
import { INSTALL_MMDEBSTRAP } from "../image/mmdebstrap.js";
import { readRecipe } from "../image/recipe.js";
import { findImage } from "../image/verify-image.js";
import { LAB_MB } from "../lab-mb.js";
import type { Finding } from "./finding.js";
import { kernelFindings } from "./kernel-probes.js";
import { findAccelerator } from "../vm/find-accelerator.js";
import { recommendedCells, thisMachine, type CellAdvice } from "./recommended-cells.js";

const run = promisify(execFile);

/** Node.js 20.19 is what Debian 13 ships, and what the packages hachaos uses ask for. */
const NODE_FLOOR = [20, 19] as const;

/** Looks at everything a lab needs, one finding after the other; never throws. */
export async function* examine(release: string): AsyncGenerator<Finding> {
  yield nodeFinding(process.versions.node);
  yield memoryFinding(Math.floor(freemem() / 1e6), Math.floor(totalmem() / 1e6));
  yield cellsFinding(recommendedCells(thisMachine()));
  yield await mmdebstrapFinding();
  const engine = await connectEngine().catch((error: unknown) => engineProblem(error));
  if ("what" in engine) {
    yield engine;
    return;
  }
  yield ok(
    "engine",
    `${engine.version}, kernel ${engine.kernel}, cgroup v${engine.cgroupVersion}, ${engine.cpus} CPUs${engine.rootless ? ", rootless" : ""}`,
  );
  yield await diskFinding(engine);
  const image = await imageFinding(engine, release);
  yield image;
  if (image.state === "ok") yield* kernelFindings(engine, imageTag(readRecipe(release)));
  yield await virtualFinding(engine, release);
}

export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1]);
  return enough ? ok("Node.js", version) : problem("Node.js", `${version} is too old`, `install Node.js ${NODE_FLOOR.join(".")} or newer`);
}

export function memoryFinding(freeMb: number, totalMb: number): Finding {
  const detail = `${freeMb} of ${totalMb} MB free`;
  return freeMb >= LAB_MB
    ? ok("memory", detail)
    : { what: "memory", state: "note", detail: `${detail}; a lab takes ${LAB_MB} MB`, fix: "end other programs" };
}

function cellsFinding({ cells, why }: CellAdvice): Finding {
  return ok("cells", `hachaos run --cells ${cells} disturbs nothing that is measured (${why})`);
}

async function mmdebstrapFinding(): Promise<Finding> {
  const version = await run("mmdebstrap", ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
  if (version !== null) return ok("mmdebstrap", version);
  return {
    what: "mmdebstrap",
    state: "note",
    detail: "not installed; it makes the node image",
    fix: `as root: ${INSTALL_MMDEBSTRAP.join(" ")}`,
  };
}

function engineProblem(error: unknown): Finding {
  return problem("engine", messageOf(error), error instanceof HachaosError ? error.hint : "");
}

async function diskFinding(engine: Engine): Promise<Finding> {
  const free = await freeSpaceMb(engine.dataDir);
  if (free === null) return { what: "disk space", state: "note", detail: `${engine.dataDir} cannot be seen from here`, fix: null };
  const detail = `${free} MB free in ${engine.dataDir}`;
  return free >= NEEDED_MB
    ? ok("disk space", detail)
    : problem("disk space", `${detail}; ${NEEDED_MB} MB are needed`, "docker image prune, or free some space there");
}

async function imageFinding(engine: Engine, release: string): Promise<Finding> {
  try {
    const recipe = readRecipe(release);
    const id = await findImage(engine, imageTag(recipe), imageHash(recipe));
    if (id !== null) return ok("node image", imageTag(recipe));
    return {
      what: "node image",
      state: "note",
      detail: `${imageTag(recipe)} is not built yet; the first lab builds it`,
      fix: "hachaos image build",
    };
  } catch (error) {
    return problem("node image", messageOf(error), error instanceof HachaosError ? error.hint : "hachaos image build --force");
  }
}

/** Whether labs of `--provider vm` are fast or slow here. */
async function virtualFinding(engine: Engine, release: string): Promise<Finding> {
  const what = "virtual nodes";
  try {
    const recipe = readRecipe(release, [], "chassis");
    const tag = imageTag(recipe);
    const isThere = (await findImage(engine, tag, imageHash(recipe))) !== null;
    if (!isThere)
      return {
        what,
        state: "note",
        detail: `${tag} is not built yet; the first lab of --provider vm builds it`,
        fix: "hachaos image build --for vm",
      };
    const { name, why } = await findAccelerator(engine, tag);
    return ok(what, name === "kvm" ? `KVM: ${why}` : `their processors are emulated (TCG): ${why}`);
  } catch (error) {
    return problem(what, messageOf(error), error instanceof HachaosError ? error.hint : "hachaos image build --for vm --force");
  }
}

function ok(what: string, detail: string): Finding {
  return { what, state: "ok", detail, fix: null };
}

function problem(what: string, detail: string, fix: string): Finding {
  return { what, state: "problem", detail, fix };
}
