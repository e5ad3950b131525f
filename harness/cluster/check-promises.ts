import { suggestName } from "../kernel/nearest-name.js";
import type { Complain } from "./check-wiring.js";
import type { DefinitionFile } from "./definition-schema.js";
import { FAILBACK } from "./resolve-definition.js";
import type { YamlPath } from "./yaml-source.js";

/** Names a definition may refer to; what is not given is not checked. */
export interface KnownNames {
  faultKinds?: readonly string[];
  checkerIds?: readonly string[];
  resourceIds?: readonly string[];
  /** Addresses the crm configuration moves between nodes. */
  vips?: readonly string[];
}

/** The keys of which each promise has one, with the key that may go with it. */
const KINDS = { prefers: "resources", together: null, survives: "within", "single-owner": null } as const;
const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** Promises, budgets and expected violations say one thing each, of names that are there. */
export function checkPromises(file: DefinitionFile, known: KnownNames, complain: Complain): void {
  const nodes = Object.keys(file.nodes);
  const check = (
    path: YamlPath,
    what: string,
    name: string,
    names: readonly string[] | undefined,
    which: "key" | "value" = "value",
  ): void => {
    if (names !== undefined && !names.includes(name)) complain(path, `${name} is no ${what}; ${suggestName(name, names)}`, which);
  };
  for (const [id, promise] of Object.entries(file.promises)) {
    const path = ["promises", id];
    checkKind(path, promise, complain);
    if (promise.prefers !== undefined) check([...path, "prefers"], "node", promise.prefers, nodes);
    if (promise.survives !== undefined) check([...path, "survives"], "fault", promise.survives, known.faultKinds);
    const owned = promise["single-owner"];
    if (owned !== undefined) check([...path, "single-owner"], `address of an IPaddr2 in ${file.pacemaker}`, owned, known.vips);
    for (const key of ["resources", "together"] as const) {
      promise[key]?.forEach((name, index) => check([...path, key, index], `resource of ${file.pacemaker}`, name, known.resourceIds));
    }
  }
  const budgeted = known.faultKinds === undefined ? undefined : [...known.faultKinds, FAILBACK];
  for (const kind of Object.keys(file.budgets)) check(["budgets", kind], "fault", kind, budgeted, "key");
  const constraints = known.checkerIds === undefined ? undefined : [...Object.keys(file.promises), ...known.checkerIds];
  file.expected.forEach((entry, index) => {
    for (const key of ["violates", "may-violate"] as const) {
      entry[key]?.forEach((name, at) => check(["expected", index, key, at], "promise or checker", name, constraints));
    }
    const catcher = entry["caught-by"];
    if (catcher !== undefined) check(["expected", index, "caught-by"], "entry of violates", catcher, entry.violates);
    const tests = file.tests?.map((test) => test.name);
    check(["expected", index, "in"], "test of this suite", entry.in, tests);
  });
  checkTests(file.tests ?? [], known, complain);
}

/** A fault and what goes with it, or none and how long to watch; each test has a name of its own. */
function checkTests(tests: NonNullable<DefinitionFile["tests"]>, { faultKinds }: KnownNames, complain: Complain): void {
  tests.forEach((test, index) => {
    const path = ["tests", index];
    if (test.fault !== undefined && faultKinds?.includes(test.fault) === false) {
      complain([...path, "fault"], `${test.fault} is no fault; ${suggestName(test.fault, faultKinds)}`);
    }
    const [belongs, strays] = test.fault === undefined ? ["without", WITH_FAULT] : ["with", WITHOUT_FAULT];
    for (const key of strays) {
      if (test[key] !== undefined) complain([...path, key], `${key} means nothing in a test ${belongs} a fault; take it out`, "key");
    }
    if (tests.findIndex((other) => other.name === test.name) < index)
      complain([...path, "name"], `there are two tests ${test.name}; give one of them another name`);
  });
}

const WITH_FAULT = ["target", "params", "expect"] as const;
const WITHOUT_FAULT = ["watch"] as const;

function checkKind(path: YamlPath, promise: DefinitionFile["promises"][string], complain: Complain): void {
  const id = String(path.at(-1));
  const kinds = KIND_NAMES.filter((kind) => promise[kind] !== undefined);
  const [kind, second] = kinds;
  if (kind === undefined) complain(path, `promise ${id} says nothing; add one of ${KIND_NAMES.join(", ")}`, "key");
  if (second !== undefined) complain([...path, second], `promise ${id} has ${kinds.join(" and ")}; make a promise of each`, "key");
  if (kind === "prefers" && promise.resources === undefined)
    complain(path, `promise ${id} prefers a node for nothing; add resources: [...]`, "key");
  for (const owner of KIND_NAMES) {
    const extra = KINDS[owner];
    if (extra === null || promise[extra] === undefined || promise[owner] !== undefined) continue;
    complain([...path, extra], `${extra} goes with ${owner} only; take it out`, "key");
  }
}
