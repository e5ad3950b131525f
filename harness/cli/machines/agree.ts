import { HachaosError } from "../../kernel/errors.js";
import type { Terminal } from "../terminal/terminal.js";

/** Whoever sits here says yes to what was just shown, or has said so before. Throws `usage` where nobody can, and `interrupted` for a no. */
export async function agree({ ask }: Pick<Terminal, "ask">, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (ask === null) {
    throw new HachaosError("usage", `${question} Nobody is here to say so`, {
      hint: "--yes says so beforehand; --dry-run only shows the commands",
    });
  }
  const answer = await ask.choose(question, [{ value: "no" }, { value: "yes" }], "no");
  if (answer !== "yes") throw new HachaosError("interrupted", "not agreed to", { hint: "nothing was done" });
}
