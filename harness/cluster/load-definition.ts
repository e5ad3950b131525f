import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { nearestName } from "../kernel/nearest-name.js";
import { checkFencing, checkManagement } from "./check-management.js";
import { checkCorosync, checkCrm, vipsOf } from "./check-native.js";
import { checkMachines } from "./check-machines.js";
import { checkPromises, type KnownNames } from "./check-promises.js";
import { checkWiring, type Complain } from "./check-wiring.js";
import { definitionFile, type DefinitionFile } from "./definition-schema.js";
import type { ClusterDefinition } from "./definition.js";
import { extendedSource } from "./extended-source.js";
import { readNativeFiles, type NativeFiles } from "./native-files.js";
import { withNodelist } from "./nodelist.js";
import { parseCorosync } from "./parse-corosync.js";
import { parseCrm, resourceIds } from "./parse-crm.js";
import type { Position, Problem } from "./problem.js";
import { resolveDefinition } from "./resolve-definition.js";
import { schemaProblems } from "./schema-issues.js";
import { readYaml, type YamlSource } from "./yaml-source.js";

/** The file that makes a folder a suite. */
export const DEFINITION_FILE = "cluster.yaml";

export interface LoadOptions {
  /** Fault kinds a promise or budget may name; without them, any is taken. */
  faultKinds?: readonly string[];
  /** Checker ids, besides those of promises, that `expected` may name; without them, any is taken. */
  checkerIds?: readonly string[];
  /** Debian release of the nodes, instead of the definition's own. */
  release?: string;
}

/**
 * Reads and checks a suite folder's cluster.yaml and the native files it names. Throws one `definition-invalid` (or
 * `native-file-missing`) with a line `file:line:column: what is wrong; what to do` for every problem, or `suite-not-found`.
 */
export async function loadDefinition(folder: string, options: LoadOptions = {}): Promise<ClusterDefinition> {
  const path = join(folder, DEFINITION_FILE);
  const { source, folders } = await readSource(folder, path);
  const file = validate(source, path);
  const findings: Finding[] = [];
  const found = (line: string, missingFile = false): unknown => findings.push({ line, missingFile });
  const read = await readNativeFiles(folders, file, (yamlPath, message) => found(at(path, source.valueAt(yamlPath), message), true));
  const native = { ...read, corosync: read.corosync === null ? null : withNodelist(read.corosync, file) };
  const complain: Complain = (yamlPath, message, which = "value") =>
    void found(at(path, which === "key" ? source.keyAt(yamlPath) : source.valueAt(yamlPath), message));
  checkWiring(file, complain);
  checkManagement(file, complain);
  checkMachines(file, complain);
  const parsed = parseNative(file, native, found, complain);
  checkPromises(file, { ...options, ...parsed.known }, complain);
  throwIfAny(findings);
  const chosen = options.release === undefined ? file : { ...file, release: options.release };
  return resolveDefinition(chosen, basename(resolve(folder)), native, parsed.totem, parsed.crm);
}

/** cluster.yaml, over the one it extends if it does, and the folders in which its files may be. */
async function readSource(folder: string, path: string): Promise<{ source: YamlSource; folders: string[] }> {
  const own = readYaml(await readDefinitionFile(folder, path));
  const named = (own.value as { extends?: unknown } | null | undefined)?.extends;
  if (typeof named !== "string") return { source: own, folders: [folder] };
  const baseFolder = join(folder, named);
  const basePath = join(baseFolder, DEFINITION_FILE);
  const refuse = (message: string) => new HachaosError("definition-invalid", at(path, own.valueAt(["extends"]), message));
  const base = readYaml(
    await readFile(basePath, "utf8").catch((error: unknown) => {
      throw refuse(`${basePath} cannot be read: ${messageOf(error)}; name the folder of a suite, as seen from this one`);
    }),
  );
  // One step only: who reads a cluster.yaml has two files to look at, never a chain.
  if (typeof base.value === "object" && base.value !== null && "extends" in base.value) {
    throw refuse(`${baseFolder} extends another suite itself; extend that one`);
  }
  return { source: extendedSource(own, base, basePath), folders: [folder, baseFolder] };
}

interface Finding {
  line: string;
  missingFile: boolean;
}

function throwIfAny(findings: Finding[]): void {
  if (findings.length === 0) return;
  const code = findings.every((finding) => finding.missingFile) ? "native-file-missing" : "definition-invalid";
  throw new HachaosError(code, findings.map((finding) => finding.line).join("\n"));
}

function validate(source: YamlSource, path: string): DefinitionFile {
  const checked = definitionFile.safeParse(source.value);
  const problems = source.problems.length > 0 ? source.problems : schemaProblems(checked.error?.issues ?? [], source);
  if (checked.success && problems.length === 0) return checked.data;
  throw new HachaosError("definition-invalid", problems.map((problem) => at(path, problem, problem.message)).join("\n"));
}

function parseNative(
  file: DefinitionFile,
  native: NativeFiles,
  found: (line: string) => unknown,
  complain: Complain,
): { totem: ClusterDefinition["corosync"]["totem"]; crm: ClusterDefinition["pacemaker"]["crm"]; known: KnownNames } {
  const report = (name: string) => (problem: Problem) => void found(at(native.places[name] ?? name, problem, problem.message));
  const corosync = parseCorosync(native.corosync ?? "");
  if (native.corosync !== null) {
    corosync.problems.forEach(report(file.corosync));
    checkCorosync(file, corosync.nodes, complain, report(file.corosync));
  }
  const pacemaker = parseCrm(native.pacemaker ?? "");
  if (native.pacemaker !== null) {
    pacemaker.problems.forEach(report(file.pacemaker));
    checkCrm(file, pacemaker, complain, report(file.pacemaker));
    checkFencing(file, pacemaker, report(file.pacemaker));
  }
  // Without the file nothing can be said about the resources a promise names.
  const known = native.pacemaker === null ? {} : { resourceIds: resourceIds(pacemaker.crm), vips: vipsOf(pacemaker).map((vip) => vip.ip) };
  return { totem: corosync.totem, crm: pacemaker.crm, known };
}

function at(path: string, { line, column, file = path }: Position, message: string): string {
  return `${file}:${line}:${column}: ${message}`;
}

async function readDefinitionFile(folder: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (await exists(path)) throw new HachaosError("definition-invalid", `${path} cannot be read: ${messageOf(error)}`, { cause: error });
    const found = await exists(folder);
    const nearest = await nearestSuite(folder);
    const message = found
      ? `${folder} is no suite: it holds no ${DEFINITION_FILE}, nor does a folder in it`
      : `there is no suite ${folder}`;
    throw new HachaosError("suite-not-found", message, nearest === null ? {} : { hint: `did you mean ${nearest}?` });
  }
}

/** The suite nearest in name, beside the folder or in a folder `suites` beside it. */
async function nearestSuite(folder: string): Promise<string | null> {
  const parent = dirname(folder);
  for (const place of [parent, join(parent, "suites")]) {
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    const suites: string[] = [];
    for (const entry of entries)
      if (entry.isDirectory() && (await exists(join(place, entry.name, DEFINITION_FILE)))) suites.push(entry.name);
    const nearest = nearestName(basename(resolve(folder)), suites);
    if (nearest !== null) return join(place, nearest);
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
