import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

/** What each layer names; it may also import everything beneath what it names. */
const NAMES: Record<string, string[]> = {
  kernel: [],
  cluster: ["kernel"],
  lab: ["cluster"],
  fault: ["lab"],
  probe: ["lab"],
  history: ["cluster"],
  run: ["fault", "probe", "history", "lab"],
  keeper: ["run"],
  timing: ["history"],
  check: ["history", "timing"],
  report: ["check", "timing", "history"],
  suite: ["run", "check", "timing"],
  live: ["run", "check", "report", "suite"],
  console: ["live", "report", "run"],
  cli: ["kernel", "cluster", "lab", "fault", "probe", "history", "run", "timing", "check", "report", "suite", "live", "console"],
  robustness: ["cli"],
  "ground-truth": ["robustness", "cli"],
  portability: ["robustness", "cli"],
};
const HARNESS = fileURLToPath(new URL("..", import.meta.url));
/** file -> imported files, both relative to harness/. */
const imports = new Map(sourceFiles().map((file) => [file, importsOf(file, specifiers)]));
/** The same for what is left at run time: a registry's contract may be imported as a type by what it lists. */
const runtimeImports = new Map(sourceFiles().map((file) => [file, importsOf(file, runtimeSpecifiers)]));

test("every folder of harness/ is a layer with a rule", () => {
  const folders = readdirSync(HARNESS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((folder) => folder.name).filter((name) => !(name in NAMES))).toEqual([]);
});

test("imports point to the layers named, or beneath them", () => {
  const wrong = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => !allowed(layerOf(file)).has(layerOf(target))).map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("files do not import each other in a circle", () => {
  expect(cycles(runtimeImports)).toEqual([]);
});

describe("the test itself", () => {
  test("sees import, export from, type-only and dynamic imports", () => {
    const text = `import a from "./a.js"; import type { B } from "./b.js"; export * from "./c.js"; const d = await import("./d.js"); let e: import("./e.js").E;`;
    expect(specifiers("x.ts", text)).toEqual(["./a.js", "./b.js", "./c.js", "./d.js", "./e.js"]);
  });
  test("leaves types out at run time", () => {
    const text = `import a from "./a.js"; import type { B } from "./b.js"; import { type C } from "./c.js"; export type * from "./d.js"; let e: import("./e.js").E;`;
    expect(runtimeSpecifiers("x.ts", text)).toEqual(["./a.js", "./c.js"]);
  });
  test("allows what is beneath and nothing else", () => {
    expect([...allowed("probe")].sort()).toEqual(["cluster", "kernel", "lab", "probe"]);
    expect(allowed("check").has("lab")).toBe(false);
  });
  test("finds a circle", () => {
    const circle = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(cycles(circle)).toEqual(["b -> c -> b"]);
  });
});

function sourceFiles(): string[] {
  return readdirSync(HARNESS, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.[mc]?[tj]s$/.test(file) && !file.endsWith(".d.ts"),
  );
}

function importsOf(file: string, read: typeof specifiers): string[] {
  return read(file, readFileSync(join(HARNESS, file), "utf8"))
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(HARNESS, resolve(HARNESS, dirname(file), specifier)).replace(/\.js$/, ".ts"))
    .filter((target) => !target.startsWith(".."));
}

function specifiers(file: string, text: string): string[] {
  return specifiersWhere(file, text, () => true);
}

function runtimeSpecifiers(file: string, text: string): string[] {
  return specifiersWhere(file, text, (node) => !isTypeOnly(node));
}

/** With verbatimModuleSyntax only what is marked as a type is left out. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  return ts.isImportTypeNode(node) || (ts.isExportDeclaration(node) && node.isTypeOnly);
}

function specifiersWhere(file: string, text: string, wanted: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const target = specifierNode(node);
    if (target !== undefined && ts.isStringLiteral(target) && wanted(node)) found.push(target.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return found;
}

function specifierNode(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  return undefined;
}

function layerOf(file: string): string {
  return file.split("/")[0] ?? "";
}

function allowed(layer: string): Set<string> {
  const found = new Set([layer]);
  for (const name of NAMES[layer] ?? []) for (const beneath of allowed(name)) found.add(beneath);
  return found;
}

function cycles(graph: Map<string, string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
