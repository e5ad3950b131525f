import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFINITION_FILE } from "../../cluster/load-definition.js";
import { sampleDefinition } from "../../history/testing/sample-definition.js";
import { fakeProvider } from "../../lab/fake/fake-provider.js";
import type { Lab } from "../../lab/lab.js";
import type { LiveOutcome } from "../../live/live-run.js";
import { openConsole, type OpenConsole } from "../open-console.js";
import { reportSoFar, type RunSoFar } from "../report-so-far.js";

/** A console on a pretended cluster, which can end and be opened again while the cluster lives on. */
export interface FakeConsole {
  lab: Lab;
  console: OpenConsole;
  /** Saved suites lie there as well. */
  reportDir: string;
  /** Ends the console, once. */
  close(): Promise<LiveOutcome>;
  /** Ends the console and opens another one at the same address. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

const TOKEN = "the-token-of-a-pretended-console";

export async function fakeConsole(options: { locked?: boolean } = {}): Promise<FakeConsole> {
  const reportDir = mkdtempSync(join(tmpdir(), "hachaos-console-"));
  // The lab's own suite, which saved ones extend.
  mkdirSync(join(reportDir, "suite"));
  writeFileSync(join(reportDir, "suite", DEFINITION_FILE), "");
  const lab = await fakeProvider.start({
    name: "pretended",
    definition: sampleDefinition(),
    folder: join(reportDir, "suite"),
    keep: true,
    onStep: () => undefined,
  });
  const report = (run: RunSoFar) => Promise.resolve(reportSoFar(run));
  const open = (port: number) =>
    openConsole({ lab, reportDir, port, locked: options.locked ?? false, token: TOKEN, here: reportDir, report });
  let closing: Promise<LiveOutcome> | null = null;
  const fake: FakeConsole = {
    lab,
    console: await open(0),
    reportDir,
    close: () => (closing ??= fake.console.close()),
    async restart() {
      const port = Number(new URL(fake.console.url).port);
      await fake.close();
      closing = null;
      fake.console = await open(port);
    },
    async end() {
      await fake.close();
      await lab.destroy();
      rmSync(reportDir, { recursive: true });
    },
  };
  return fake;
}
