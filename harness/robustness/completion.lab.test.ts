import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../kernel/package-root.js";
import { KEYS, onTerminal, type OnTerminal } from "./testing/on-terminal.js";

let folder: string;
let bash: OnTerminal;

/** An engine that is not there: what needs none must be completed all the same. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hachaos-completion-"));
  const command = join(folder, "hachaos");
  writeFileSync(command, `#!/bin/sh\nexec ${process.execPath} ${join(packageRoot(), "dist/harness/cli/main.js")} "$@"\n`);
  chmodSync(command, 0o755);
  for (const suite of ["suites/failover", "suites/more/one"]) {
    mkdirSync(join(folder, suite), { recursive: true });
    writeFileSync(join(folder, suite, "cluster.yaml"), "");
  }
  const env = {
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    PS1: "READY> ",
    DOCKER_HOST: `unix://${folder}/no-engine.sock`,
    HOME: folder,
  };
  writeFileSync(join(folder, "rc"), "PS1='READY> '\nsource <(hachaos completion bash)\n");
  bash = onTerminal(["bash", "--rcfile", "rc", "-i"], { cwd: folder, env });
  await bash.until("READY> ");
});
afterAll(() => {
  bash.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ["hachaos inj", "hachaos inject "],
  ["hachaos inject gateway-b", "hachaos inject gateway-blackhole "],
  ["hachaos inject gateway-blackhole act", "hachaos inject gateway-blackhole active "],
  ["hachaos inject gateway-blackhole active h", "hachaos inject gateway-blackhole active how="],
  ["hachaos inject gateway-blackhole active how=dr", "hachaos inject gateway-blackhole active how=drop "],
  ["hachaos up suites/f", "hachaos up suites/failover "],
  ["hachaos run --provider f", "hachaos run --provider fake "],
  ["hachaos run suites/more/o", "hachaos run suites/more/one "],
  ["hachaos logs --fol", "hachaos logs --follow "],
  ["hachaos completion z", "hachaos completion zsh "],
  ["hachaos report --report-dir ./hach", "hachaos report --report-dir ./hachaos "],
])("bash makes %j into %j", async (typed, made) => {
  bash.type(`${typed}${KEYS.tab}`);
  await bash.until(made);
  await nextPrompt();
});

/** Away with the line. Not by Ctrl-C: when it came right behind a completion, bash was seen to show no prompt until the next key. */
async function nextPrompt(): Promise<void> {
  bash.type(KEYS.discard);
  bash.type(KEYS.enter);
  await bash.until("READY> ");
}

test("where there is a choice, bash shows it; where the engine must be asked and is not there, nothing is said", async () => {
  bash.type(`hachaos inject gateway-blackhole how=${KEYS.tab}${KEYS.tab}`);
  await bash.until("drop");
  await bash.until("reject");
  // The line is drawn again below the list.
  await bash.until("READY> hachaos inject gateway-blackhole how=");
  await nextPrompt();
  bash.type(`hachaos shell ${KEYS.tab}x`);
  await bash.until("hachaos shell x");
  await nextPrompt();
  expect(bash.said()).not.toMatch(/error|ECONN/i);
});
