import { z } from "zod";
import type { Fault } from "./fault.js";

export interface FaultParameter {
  name: string;
  /** What it may be: the words of a choice, or a JSON type. */
  values: string[];
  /** Whether `values` are words to choose from. */
  isChoice: boolean;
  /** Taken when nothing is told; null = none. */
  fallback: string | null;
  /** What happens without it: `needed`, `optional` or `default <JSON>`. */
  absence: string;
  description: string;
}

/** A fault's parameters for people, read from its schema. */
export function parametersOf({ params }: Pick<Fault, "params">): FaultParameter[] {
  const { properties = {}, required = [] } = z.toJSONSchema(params, { io: "input" });
  return Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === "boolean") {
      return { name, values: ["any"], isChoice: false, fallback: null, absence: "optional", description: "" };
    }
    const optional = schema.default === undefined ? "optional" : `default ${JSON.stringify(schema.default)}`;
    return {
      name,
      values: schema.enum?.map(String) ?? [schema.type ?? "any"].flat(),
      isChoice: schema.enum !== undefined,
      fallback: schema.default === undefined ? null : typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default),
      absence: required.includes(name) ? "needed" : optional,
      description: schema.description ?? "",
    };
  });
}
