import { z } from "zod";

/** A key of cluster.yaml with what it means: messages and docs/definition.md are made from it. */
export const described = <T extends z.ZodType>(type: T, description: string, example: string): T =>
  type.meta({ ...type.meta(), description, example });

/** Text that ends up as one argument of a command: never an option, never more than one word's worth. */
export const word = (pattern: RegExp, what: string): z.ZodString => z.string().regex(pattern, `${what}; correct the spelling`);
