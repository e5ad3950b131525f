import { z } from "zod";
import { definitionFile } from "./definition-schema.js";
import { formatDuration } from "./duration.js";
import { unwrap } from "./schema-issues.js";

/** The table of all keys of cluster.yaml as Markdown, made from the schema: docs/definition.md holds it, and a test compares. */
export function definitionKeyTable(): string {
  const rows = keyRows(definitionFile, "").map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
  return ["| key | value | without it | what it is |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function keyRows(schema: z.ZodType, prefix: string): string[][] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([key, value]) => {
      const path = prefix === "" ? key : `${prefix}.${key}`;
      return [[`\`${path}\``, typeName(value), absence(value), meaning(value)], ...keyRows(value, path)];
    });
  }
  if (inner instanceof z.ZodRecord) return keyRows(inner.valueType as z.ZodType, `${prefix}.<name>`);
  if (inner instanceof z.ZodArray) return keyRows(inner.element as z.ZodType, `${prefix}[]`);
  return [];
}

function meaning(schema: z.ZodType): string {
  const { description = "", example } = schema.meta() ?? {};
  return typeof example === "string" && example !== "" ? `${description}. For example \`${example}\`` : description;
}

function typeName(schema: z.ZodType): string {
  const inner = unwrap(schema);
  if (inner.meta()?.["kind"] === "duration") return "duration";
  if (inner instanceof z.ZodEnum) return "one of these words";
  if (inner instanceof z.ZodArray) return `list of ${typeName(inner.element as z.ZodType)}`;
  if (inner instanceof z.ZodRecord) return `map of ${typeName(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodObject) return "keys below";
  if (inner instanceof z.ZodIPv4) return "IPv4 address";
  if (inner instanceof z.ZodNumber) return "number";
  if (inner instanceof z.ZodBoolean) return "`true` or `false`";
  return inner instanceof z.ZodCIDRv4 ? "subnet" : "text";
}

function absence(schema: z.ZodType): string {
  if (schema instanceof z.ZodOptional) return "optional";
  if (!(schema instanceof z.ZodDefault)) return "**needed**";
  const value: unknown = schema.def.defaultValue;
  if (typeof value === "number") return unwrap(schema).meta()?.["kind"] === "duration" ? formatDuration(value) : `\`${value}\``;
  return typeof value === "string" || typeof value === "boolean" ? `\`${value}\`` : "none";
}
