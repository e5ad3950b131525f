import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { quiet } from "../../run/scenario.js";
import { askForWork } from "./ask-for-work.js";
import { openDesk, type DeskNews } from "./desk.js";

const trial = { scenario: quiet("a"), trial: 3, ms: 1_000 };

/** What a desk hears, which may be waited for. */
function hearing() {
  const heard: string[] = [];
  const news: DeskNews = { asked: (lab) => heard.push(`${lab} asked`), left: (lab) => heard.push(`${lab} left`) };
  const until = (what: string, times = 1) => vi.waitFor(() => expect(heard.filter((each) => each === what)).toHaveLength(times));
  return { news, until };
}

test("a lab asks and gets a trial when it is its turn; that it went is heard", async () => {
  const { news, until } = hearing();
  const desk = await openDesk(news);
  const work = askForWork(desk.path, "lab-1");
  const first = work.next();
  await until("lab-1 asked");
  desk.answer("lab-1", trial);
  expect(await first).toEqual(trial);
  const second = work.next();
  await until("lab-1 asked", 2);
  desk.answer("lab-1", null);
  expect(await second).toBeNull();
  work.leave();
  await until("lab-1 left");
  desk.close();
  expect(existsSync(dirname(desk.path))).toBe(false);
});

test("whoever waits for a turn gets none when it leaves, or when the run is gone", async () => {
  const { news, until } = hearing();
  const desk = await openDesk(news);
  const [leaving, orphaned, late] = [askForWork(desk.path, "lab-1"), askForWork(desk.path, "lab-2"), askForWork(desk.path, "lab-3")];
  const [first, second] = [leaving.next(), orphaned.next()];
  await until("lab-1 asked");
  await until("lab-2 asked");
  leaving.leave();
  expect(await first).toBeNull();
  expect(await leaving.next()).toBeNull();
  desk.close();
  expect(await second).toBeNull();
  expect(await late.next()).toBeNull();
  expect(await askForWork(desk.path, "lab-4").next(), "nobody is there").toBeNull();
});

test("where a socket's path would be too long, it says so and leaves nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), `hachaos-${"x".repeat(80)}-`));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  await expect(openDesk({ asked: () => undefined, left: () => undefined })).rejects.toMatchObject({ code: "usage", exitCode: 2 });
  expect(readdirSync(folder)).toEqual([]);
});
