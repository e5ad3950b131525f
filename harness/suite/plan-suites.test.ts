import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { planSuites } from "./plan-suites.js";

it("a fault that needs virtual machines is refused with other nodes, before a lab is built", async () => {
  const parent = await mkdtemp(join(tmpdir(), "hachaos-needs-"));
  onTestFinished(() => rm(parent, { recursive: true }));
  await cp("suites/failover", join(parent, "base"), { recursive: true });
  const folder = join(parent, "mine");
  await mkdir(folder);
  await writeFile(join(folder, "cluster.yaml"), "extends: ../base\ntests: [{ name: stands-still, fault: node-freeze }]\n");
  const plan = (provider: string, filter = "") => planSuites({ suites: [folder], provider, filter });
  expect(await plan("vm")).toHaveLength(1);
  expect(await plan("containers", "another")).toEqual([]);
  await expect(plan("containers")).rejects.toMatchObject({
    code: "capability-missing",
    message: expect.stringMatching(
      /mine, stands-still: the fault node-freeze needs virtual machines, and nodes of the provider containers are none$/,
    ) as string,
  });
});
