import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { planSuites } from "./plan-suites.js";
import { suiteFolders } from "./suite-folders.js";

it("a folder of suites stands for all of them, by name; a suite for itself", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hachaos-folders-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ["b", "a", "no-suite", "a/inner"]) await mkdir(join(folder, name), { recursive: true });
  for (const name of ["b", "a", "a/inner"]) await writeFile(join(folder, name, "cluster.yaml"), "");
  expect(await suiteFolders(folder)).toEqual([join(folder, "a"), join(folder, "b")]);
  expect(await suiteFolders(join(folder, "a"))).toEqual([join(folder, "a")]);
});

it("one that holds no suites is refused", async () => {
  const refused = planSuites({ suites: ["harness/suite"], provider: "containers" });
  await expect(refused).rejects.toMatchObject({
    code: "suite-not-found",
    message: "harness/suite is no suite: it holds no cluster.yaml, nor does a folder in it",
  });
});

it("for several releases each suite is planned once for each of them, by a name of its own", async () => {
  const parent = await mkdtemp(join(tmpdir(), "hachaos-releases-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  await cp("suites/failover", join(parent, "base"), { recursive: true });
  const folder = join(parent, "mine");
  await mkdir(folder);
  await writeFile(join(folder, "cluster.yaml"), "extends: ../base\ntests: [{ name: quiet, watch: 1s }]\n");
  const plan = async (...releases: string[]) =>
    (await planSuites({ suites: [folder], provider: "containers", ...(releases.length > 0 && { releases }) })).map(({ suite, from }) => [
      suite.replace(/^.*\//, ""),
      from.definition.release,
    ]);
  expect(await plan()).toEqual([["mine", "bookworm"]]);
  expect(await plan("trixie")).toEqual([["mine", "trixie"]]);
  expect(await plan("bookworm", "trixie")).toEqual([
    ["mine (bookworm)", "bookworm"],
    ["mine (trixie)", "trixie"],
  ]);
});

it("tests stand in one place, and their faults' parameters are checked before a lab is built", async () => {
  const parent = await mkdtemp(join(tmpdir(), "hachaos-twice-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  await cp("suites/failover", join(parent, "base"), { recursive: true });
  const folder = join(parent, "mine");
  await mkdir(folder);
  const plan = async (params: string) => {
    const test = `{ name: cable, fault: link-down, params: { ${params} } }`;
    await writeFile(join(folder, "cluster.yaml"), `extends: ../base\ntests: [${test}]\n`);
    return planSuites({ suites: [folder], provider: "containers" });
  };
  await expect(plan("nik: eth0")).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("cable: fault link-down") as string,
  });
  await writeFile(join(folder, "own.suite.ts"), "");
  await expect(plan("nic: eth0")).rejects.toMatchObject({
    code: "definition-invalid",
    message: `${folder} has tests in cluster.yaml and in own.suite.ts`,
  });
});
