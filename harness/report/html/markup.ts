/** Text that is safe to put into the page as it stands. Made only by `html` and `raw`. */
export interface Markup {
  readonly markup: string;
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

/** Template tag: every value is escaped unless it is Markup, so text from nodes and services stays text. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return { markup: unindented(strings).reduce((text, part, index) => text + render(values[index - 1]) + part) };
}

/** The source's line breaks and indentation are for its readers; in the page each is one space. Worked out once per template. */
function unindented(strings: TemplateStringsArray): readonly string[] {
  const known = TEMPLATES.get(strings);
  if (known) return known;
  const parts = strings.map((part) => part.replace(/\s*\n\s*(?=>)/g, "").replace(/\s*\n\s*/g, " "));
  TEMPLATES.set(strings, parts);
  return parts;
}

const TEMPLATES = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Our own constants (style, script, numbers already formatted). Never for text from a history. */
export function raw(markup: string): Markup {
  return { markup };
}

/** Escapes text for element content and quoted attributes; control and bidi-override characters become visible. */
export function escapeText(text: string): string {
  return text.replace(UNPRINTABLE, "\u{FFFD}").replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

// C0/C1 controls but tab and newline; U+202A-202E and U+2066-2069 reorder a line as shown (Unicode TR 9)
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function render(value: Value): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(render).join("");
}
