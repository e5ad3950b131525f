import { z } from "zod";
import { suggestName } from "../kernel/nearest-name.js";
import { definitionFile } from "./definition-schema.js";
import type { Problem } from "./problem.js";
import type { YamlPath, YamlSource } from "./yaml-source.js";

/** zod's issues as problems with the place of the YAML node and what to write instead. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], source: YamlSource): Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== "symbol");
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(path);
      return issue.keys.map((key) => ({
        ...source.keyAt([...path, key]),
        message: `unknown key ${key}${within(path)}; ${suggestName(key, known)}`,
      }));
    }
    if (valueIn(source.value, path) === undefined) return [{ ...source.valueAt(path), message: missing(path) }];
    return [{ ...source.valueAt(path), message: wrong(issue, path) }];
  });
}

/** The schema of what stands at a path, or null. */
export function schemaAt(path: YamlPath): z.ZodType | null {
  let schema: z.ZodType = definitionFile;
  for (const step of path) {
    const inner = unwrap(schema);
    let next: unknown;
    if (inner instanceof z.ZodObject) next = (inner.shape as Record<string, unknown>)[String(step)];
    else if (inner instanceof z.ZodRecord) next = inner.valueType;
    else if (inner instanceof z.ZodArray) next = inner.element;
    if (!(next instanceof z.ZodType)) return null;
    schema = next;
  }
  return schema;
}

/** What is inside optional and default wrappers. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap() as z.ZodType;
  return inner;
}

function missing(path: YamlPath): string {
  const key = String(path.at(-1) ?? "");
  const example = exampleAt(path);
  return path.length === 0
    ? "the file is empty; hachaos init <folder> writes one to start from"
    : `key ${key} is missing${within(path.slice(0, -1))}; add ${example === "" ? `${key}:` : `${key}: ${example}`}`;
}

function wrong(issue: z.core.$ZodIssue, path: YamlPath): string {
  const where = path.length === 0 ? "the file" : path.join(".");
  const example = exampleAt(path);
  const fix = example === "" ? "docs/definition.md shows its form" : `for example ${example}`;
  if (issue.code === "custom" || (issue.code === "invalid_format" && issue.format === "regex")) return `${where}: ${issue.message}`;
  if (issue.code === "invalid_value") return `${where} has an unknown value; write one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_type") return `${where} must be ${TYPES[issue.expected] ?? issue.expected}; ${fix}`;
  if (issue.code === "invalid_format") return `${where} is no ${FORMATS[issue.format] ?? issue.format}; ${fix}`;
  if (issue.code === "too_small") return issue.message.includes(";") ? `${where} ${issue.message}` : `${where} is empty; ${fix}`;
  if (issue.code === "invalid_union") return `${where} is neither text nor number; ${fix}`;
  return `${where}: ${issue.message}; ${fix}`;
}

const TYPES: Record<string, string> = {
  string: "text",
  record: "a map (key: value)",
  object: "a map (key: value)",
  array: "a list ([a, b])",
};
const FORMATS: Record<string, string> = { ipv4: "IPv4 address", cidrv4: "IPv4 subnet (address/prefix)" };

const within = (path: YamlPath): string => (path.length === 0 ? "" : ` in ${path.join(".")}`);

function exampleAt(path: YamlPath): string {
  const schema = schemaAt(path);
  const example = schema?.meta()?.["example"];
  return typeof example === "string" ? example : "";
}

function keysAt(path: YamlPath): string[] {
  const schema = schemaAt(path);
  const inner = schema === null ? null : unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function valueIn(value: unknown, path: YamlPath): unknown {
  let inner = value;
  for (const step of path)
    inner = typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined;
  return inner ?? undefined;
}
