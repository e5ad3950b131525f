import type { Position, Problem } from "./problem.js";

/** A `name { ... }` of corosync.conf; the root has no name. */
export interface CorosyncSection extends Position {
  name: string;
  values: ({ key: string; value: string } & Position)[];
  sections: CorosyncSection[];
}

/** Splits corosync.conf as corosync's coroparse.c does: one `name {`, `}`, `key: value` or # comment on each line. */
export function corosyncSections(text: string): { root: CorosyncSection; problems: Problem[] } {
  const root: CorosyncSection = { name: "", values: [], sections: [], line: 1, column: 1 };
  const problems: Problem[] = [];
  const open: CorosyncSection[] = [root];
  text.split("\n").forEach((raw, index) => {
    const content = raw.trim();
    if (content === "" || content.startsWith("#")) return;
    const place = { line: index + 1, column: raw.length - raw.trimStart().length + 1 };
    const inside = open.at(-1) ?? root;
    const colon = content.indexOf(":");
    if (content.endsWith("{")) {
      const section = { name: content.slice(0, -1).trim(), values: [], sections: [], ...place };
      inside.sections.push(section);
      open.push(section);
    } else if (content === "}") {
      if (open.length > 1) open.pop();
      else problems.push({ ...place, message: "} closes nothing; take it out or open its section" });
    } else if (colon > 0) {
      inside.values.push({ key: content.slice(0, colon).trim(), value: content.slice(colon + 1).trim(), ...place });
    } else {
      problems.push({ ...place, message: `"${content}" is neither a section, key: value, } nor a # comment; see corosync.conf(5)` });
    }
  });
  for (const section of open.slice(1)) {
    problems.push({ line: section.line, column: section.column, message: `section ${section.name} has no end; add } after its last line` });
  }
  return { root, problems };
}
