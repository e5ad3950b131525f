import type { Readable, Writable } from "node:stream";
import { HachaosError } from "../../kernel/errors.js";
import type { Ask } from "./ask.js";

/** Asks with @clack/prompts, which is loaded with the first question. */
export function askOnTerminal(streams: { input: Readable; output: Writable }): Ask {
  return {
    async choose(message, choices, initial) {
      const { select } = await import("@clack/prompts");
      const options = choices.map(({ value, label = value, hint }) => ({ value, label, ...(hint !== undefined && { hint }) }));
      return answered(await select({ ...streams, message, options, ...(initial !== undefined && { initialValue: initial }) }));
    },
    async text(message, initialValue, check) {
      const { text } = await import("@clack/prompts");
      return answered(await text({ ...streams, message, initialValue, validate: (value) => check(value ?? "") ?? undefined }));
    },
  };
}

/** Ctrl-C and Esc give a symbol in place of an answer. */
function answered(answer: string | symbol): string {
  if (typeof answer === "string") return answer;
  throw new HachaosError("interrupted", "interrupted at a question", { hint: "nothing was done" });
}
