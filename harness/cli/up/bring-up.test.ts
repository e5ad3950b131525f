import { expect, test } from "vitest";
import { loadDefinition } from "../../cluster/load-definition.js";
import { HachaosError } from "../../kernel/errors.js";
import { fakeProvider } from "../../lab/fake/fake-provider.js";
import type { Lab } from "../../lab/lab.js";
import type { LabRequest, Provider } from "../../lab/provider.js";
import { fakeTerminal } from "../testing/fake-terminal.js";
import { bringUp, type BringUp } from "./bring-up.js";
import { labsAtOnce } from "./labs-at-once.js";

const definition = await loadDefinition("suites/failover");
const wanted = (...names: string[]) => names.map((name) => ({ name, definition, folder: `suites/${name}` }));

/** Pretended labs, with spares by suite; `fails`: whose building fails. */
function stage(fails: string[] = []) {
  const waiting: Lab[] = [];
  const built: LabRequest[] = [];
  const provider: Provider = {
    ...fakeProvider,
    async start(request) {
      built.push(request);
      if (request.signal?.aborted) throw new HachaosError("interrupted", "interrupted");
      if (fails.includes(request.name)) throw new HachaosError("lab-not-ready", `${request.name} does not boot`);
      const lab = await fakeProvider.start(request);
      if (request.spare !== undefined) waiting.push(lab);
      return lab;
    },
    spares: {
      fingerprint: ({ folder }) => folder,
      names: (folder) => Promise.resolve(of(folder).map(({ name }) => name)),
      take(folder) {
        const [lab] = of(folder);
        if (lab) waiting.splice(waiting.indexOf(lab), 1);
        return Promise.resolve(lab ?? null);
      },
    },
  };
  const of = (folder: string) => waiting.filter(({ facts }) => facts.folder.endsWith(folder));
  const fake = fakeTerminal();
  const stop = new AbortController();
  const up = (names: string[], more: Partial<BringUp> = {}) =>
    bringUp({
      ...{ wanted: wanted(...names), provider, mayTake: true, spares: 0, terminal: fake.terminal, signal: stop.signal },
      ...{ atOnce: () => Promise.resolve(2), requireFree: () => Promise.resolve() },
      ...more,
    });
  const names = () => waiting.map(({ name }) => name);
  return { up, out: fake.out, err: fake.err, waiting: names, built: () => built.map(({ name }) => name), stop };
}

test("several labs come up, each line says whose it is, and one that fails keeps none of the others", async () => {
  const { up, out, err } = stage(["two"]);
  expect(await up(["one", "two", "three"])).toMatchObject([{ name: "two", error: { message: "two does not boot" } }]);
  expect(out()).toMatch(/^one is up after .*: vm-node1, vm-node2\nthree is up after /);
  expect(err()).toContain("one: pretend ...\n");
  expect(err()).toContain("three: pretend: 0 ms\n");
});

test("spares are made after the lab is up, taken under their own names, and made again until there are as many as told", async () => {
  const { up, out, built, waiting } = stage();
  expect(await up(["one"], { spares: 2 })).toEqual([]);
  expect(built()).toEqual(["one", expect.stringMatching(/^one-/), expect.stringMatching(/^one-/)]);
  const [first, second] = waiting();
  expect(await up(["one"], { spares: 2 })).toEqual([]);
  expect(out()).toContain(`${String(first)} is up after `);
  expect(waiting()).toHaveLength(2);
  expect(waiting()[0]).toBe(second);
  // Enough are there.
  expect(await up(["two"], { spares: 0 })).toEqual([]);
  expect(built()).toHaveLength(5);
});

test("with a name of one's own a lab is built, however many wait", async () => {
  const { up, waiting, built } = stage();
  await up(["one"], { spares: 1 });
  await up(["one"], { mayTake: false });
  expect(waiting()).toHaveLength(1);
  expect(built().filter((name) => name === "one")).toHaveLength(2);
});

test("a name that is not free is told before anything is built, with what was taken already", async () => {
  const { up, waiting, built } = stage();
  await up(["one"], { spares: 1 });
  const [spare] = waiting();
  const requireFree = (names: readonly string[]) => Promise.reject(new HachaosError("lab-exists", `${names.join()} is there`));
  await expect(up(["one", "two"], { requireFree })).rejects.toThrow(`two is there; up, and left as it is: ${String(spare)}`);
  await expect(up(["two"], { requireFree })).rejects.toThrow(/^two is there$/);
  expect(built()).not.toContain("two");
});

test("interrupted, it says what stays; while spares are made, the lab that was asked for", async () => {
  const { up, stop, out } = stage();
  const result = up(["one"], {
    spares: 1,
    atOnce() {
      stop.abort();
      return Promise.resolve(2);
    },
  });
  await expect(result).rejects.toMatchObject({ code: "interrupted", message: "interrupted; up, and left as it is: one" });
  expect(out()).toMatch(/^one is up/);
});

test("as many labs at once as there are cores, if the memory carries them, and never none", () => {
  expect(labsAtOnce({ cpus: 2, memoryMb: 24_000 })).toBe(2);
  expect(labsAtOnce({ cpus: 16, memoryMb: 4_500 })).toBe(4);
  expect(labsAtOnce({ cpus: 1, memoryMb: 256 })).toBe(1);
});
