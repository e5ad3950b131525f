import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { freeSpaceMb, requireDiskSpace } from "./disk-space.js";
import { makerOf } from "../../kernel/work-folder.js";

test("too little space is no-disk-space, exit 3, and names the folder", async () => {
  await expect(requireDiskSpace("/data", async () => 1_999)).rejects.toMatchObject({
    code: "no-disk-space",
    exitCode: 3,
    message: "/data has 1999 MB left; the node image needs 2000 MB",
  });
});

test("enough space, or a folder that cannot be seen from here, is fine", async () => {
  await expect(requireDiskSpace("/data", async () => 2_000)).resolves.toBeUndefined();
  await expect(requireDiskSpace("/data", async () => null)).resolves.toBeUndefined();
});

test("free space is read from the file system", async () => {
  expect(await freeSpaceMb(tmpdir())).toBeGreaterThan(0);
  expect(await freeSpaceMb("/nonexistent/folder")).toBeNull();
});

test("only our own work folders count as left over", () => {
  expect(makerOf("hachaos-4711-Ab12cd")).toBe(4711);
  expect(makerOf("hachaos-image-notes")).toBeNull();
  expect(makerOf("systemd-private-1-x")).toBeNull();
});
