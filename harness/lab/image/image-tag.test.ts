import { expect, test } from "vitest";
import { imageHash, imageTag } from "./image-tag.js";
import { readRecipe, type Recipe } from "./recipe.js";

const recipe: Recipe = {
  kind: "node",
  release: "bookworm",
  arch: "x64",
  packages: ["corosync", "pacemaker"],
  nodeRuntime: "20.20.2",
  setup: "/setup",
  entryPoint: "/init",
  env: { container: "docker" },
  files: [{ path: "/init", content: Buffer.from("#!/bin/sh\n"), executable: true }],
  disk: null,
};

test("the tag of a virtual node's chassis names the release of what runs in it", () => {
  const chassis: Recipe = { ...recipe, kind: "chassis", release: "trixie", disk: { ...recipe, kind: "guest" } };
  expect(imageTag(chassis)).toBe(`hachaos-chassis:bookworm-${imageHash(chassis).slice(0, 12)}`);
});

test("the tag names the release and the first 12 digits of the hash", () => {
  expect(imageTag(recipe)).toBe(`hachaos-node:bookworm-${imageHash(recipe).slice(0, 12)}`);
  expect(imageTag(recipe)).toMatch(/^hachaos-node:bookworm-[0-9a-f]{12}$/);
});

test("the same recipe has the same hash", () => {
  expect(imageHash(structuredClone(recipe))).toBe(imageHash(recipe));
});

const changes: [string, Partial<Recipe>][] = [
  ["release", { release: "trixie" }],
  ["arch", { arch: "arm64" }],
  ["packages", { packages: ["corosync", "nginx-light", "pacemaker"] }],
  ["nodeRuntime", { nodeRuntime: "20.20.1" }],
  ["env", { env: { container: "lxc" } }],
  ["disk", { disk: { ...recipe, kind: "guest" } }],
  ["file content", { files: [{ path: "/init", content: Buffer.from("#!/bin/ah\n"), executable: true }] }],
  ["file path", { files: [{ path: "/unit", content: Buffer.from("#!/bin/sh\n"), executable: true }] }],
  ["file mode", { files: [{ path: "/init", content: Buffer.from("#!/bin/sh\n"), executable: false }] }],
];
test.each(changes)("another %s makes another hash", (_name, change) => {
  expect(imageHash({ ...recipe, ...change })).not.toBe(imageHash(recipe));
});

test("the recipe in images/node: packages sorted, with the suite's own, each once; scripts are executable", () => {
  const read = readRecipe("bookworm", ["nginx-light", "corosync"]);
  expect(read.packages).toEqual([...new Set(read.packages)].sort());
  expect(read.packages).toEqual(expect.arrayContaining(["corosync", "nginx-light", "pacemaker"]));
  expect(read.files.find((file) => file.path === read.entryPoint)?.executable).toBe(true);
  expect(read.files.find((file) => file.path === read.setup)?.executable).toBe(true);
});

test("a package name that is none is refused before it reaches a tool", () => {
  expect(() => readRecipe("bookworm", ["--hook=x"])).toThrow("no Debian package name");
});

test("the chassis' recipe: its disk is the node's system with a kernel and the suite's packages, which the chassis itself does without", () => {
  const { kind, packages, entryPoint, files, disk } = readRecipe("bookworm", ["nginx-light"], "chassis");
  expect(kind).toBe("chassis");
  expect(packages).toContain("qemu-system-x86");
  expect(packages).not.toContain("nginx-light");
  expect(files.find((file) => file.path === entryPoint)?.executable).toBe(true);
  expect(disk?.packages).toEqual(expect.arrayContaining(["corosync", "linux-image-cloud-amd64", "nginx-light", "openssh-server"]));
  const setups = disk?.files.filter(({ path }) => path === disk.setup) ?? [];
  expect(setups.map(({ content }) => content.includes("update-initramfs"))).toEqual([true]);
});
