import { afterEach, expect, test, vi } from "vitest";
import { connectEngine } from "./engine.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test("the engine of this machine describes itself", async () => {
  const engine = await connectEngine();
  expect(engine.version).toMatch(/^\d+\.\d+/);
  expect([1, 2]).toContain(engine.cgroupVersion);
  expect(engine.cpus).toBeGreaterThan(0);
  expect(engine.dataDir).toMatch(/^\//);
  await expect(engine.docker.ping()).resolves.toBeDefined();
});

test("a DOCKER_HOST that does not answer is engine-missing with exit code 3, not another engine", async () => {
  vi.stubEnv("DOCKER_HOST", "unix:///nonexistent/docker.sock");
  await expect(connectEngine()).rejects.toMatchObject({
    code: "engine-missing",
    exitCode: 3,
    message: expect.stringContaining("DOCKER_HOST is unix:///nonexistent/docker.sock") as string,
  });
});
