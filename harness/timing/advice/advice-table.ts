import type { AdviceRule } from "./rule.js";

/** The table of all rules as Markdown: docs/timing.md holds it, and a test compares. */
export function adviceTable(rules: readonly AdviceRule[]): string {
  const head = ["rule", "applies when"];
  return [head, ["---", "---"], ...rows(rules)].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function rows(rules: readonly AdviceRule[]): string[][] {
  return rules.map(({ id, summary }) => [`\`${id}\``, summary]);
}
