import { readFile } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { messageOf } from "../kernel/errors.js";
import type { DefinitionFile } from "./definition-schema.js";
import type { YamlPath } from "./yaml-source.js";

/** The native files' text as it stands; null where a file could not be read. */
export interface NativeFiles {
  corosync: string | null;
  pacemaker: string | null;
  /** One for each entry of `files`. */
  files: (string | null)[];
  /** Where each was found, by the name that cluster.yaml gives it. */
  places: Record<string, string>;
}

/**
 * Reads the files that cluster.yaml names from the first of the folders that holds them; each that cannot be read is reported at the
 * place that names it.
 */
export async function readNativeFiles(
  folders: readonly string[],
  file: DefinitionFile,
  missing: (path: YamlPath, message: string) => void,
): Promise<NativeFiles> {
  const places: Record<string, string> = {};
  async function read(name: string, path: YamlPath): Promise<string | null> {
    // A suite is a folder that can be copied or sent as it is, so it holds all it needs.
    if (isAbsolute(name) || normalize(name).startsWith("..")) {
      missing(path, `${name} is outside the suite's folder; copy it beside cluster.yaml and name the copy`);
      return null;
    }
    for (const place of folders.map((folder) => join(folder, name))) {
      try {
        const content = await readFile(place, "utf8");
        places[name] = place;
        return content;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") continue;
        missing(path, `${name} cannot be read: ${messageOf(error)}`);
        return null;
      }
    }
    missing(path, `there is no file ${name} beside cluster.yaml; create it or correct the name`);
    return null;
  }
  return {
    corosync: await read(file.corosync, ["corosync"]),
    pacemaker: await read(file.pacemaker, ["pacemaker"]),
    files: await Promise.all(file.files.map((entry, index) => read(entry.file, ["files", index, "file"]))),
    places,
  };
}
