import type { YamlPath, YamlSource } from "./yaml-source.js";

/** What a suite says for itself alone: its name, its tests, and what they must find. */
const NOT_INHERITED = ["extends", "name", "tests", "expected"];

/** The keys of a cluster.yaml over those of the one it extends. A place is that of the key in the file where it stands. */
export function extendedSource(own: YamlSource, base: YamlSource, baseFile: string): YamlSource {
  const inherited = Object.fromEntries(Object.entries(mapOf(base.value)).filter(([key]) => !NOT_INHERITED.includes(key)));
  const keys = mapOf(own.value);
  const elsewhere = (path: YamlPath) => {
    const key = String(path[0] ?? "");
    return !Object.hasOwn(keys, key) && Object.hasOwn(inherited, key);
  };
  return {
    value: { ...inherited, ...keys },
    problems: [...own.problems, ...base.problems.map((problem) => ({ ...problem, file: baseFile }))],
    valueAt: (path) => (elsewhere(path) ? { ...base.valueAt(path), file: baseFile } : own.valueAt(path)),
    keyAt: (path) => (elsewhere(path) ? { ...base.keyAt(path), file: baseFile } : own.keyAt(path)),
  };
}

/** Whatever is no map has no keys: the schema says so in its own words. */
function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
