import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { HachaosError, messageOf } from "../kernel/errors.js";
import { detachedForks } from "./detached-forks.js";
import type { RunLink } from "./run-link.js";
import { withOwnSignals } from "./with-own-signals.js";

/**
 * Runs one suite file by vitest, in a process of its own. Verdicts are in the history, not in what vitest counts;
 * a file that cannot even be loaded throws.
 */
export async function runByVitest(file: string, link: RunLink): Promise<void> {
  // Loading vitest takes most of a second, which only commands that run something should pay.
  const { createVitest, ForksPoolWorker } = await import("vitest/node");
  // Each of them listens to a few of the process's events as long as it runs, which with many cells is no leak.
  process.setMaxListeners(process.getMaxListeners() + 1);
  // vitest exits on a signal; ours must first heal, tear down and report.
  const vitest = await withOwnSignals(() =>
    createVitest(
      "test",
      {
        config: false,
        watch: false,
        // Nothing but the user's own files in the suite's folder.
        cache: false,
        root: dirname(file),
        include: [file],
        reporters: [{}],
        pool: detachedForks({ ForksPoolWorker }),
        execArgv: link.purpose === "lab" ? ["--import", new URL("heed-parent.js", import.meta.url).href] : [],
        fileParallelism: false,
        testTimeout: 0,
        hookTimeout: 0,
        teardownTimeout: TEARDOWN_WITHIN_MS,
        provide: { hachaos: link },
        server: { deps: { external: [/\/dist\/harness\//] } },
      },
      // Whatever folder the suite lies in, "hachaos" is this very package.
      { resolve: { alias: [{ find: /^hachaos$/, replacement: fileURLToPath(new URL("index.js", import.meta.url)) }] }, logLevel: "silent" },
    ),
  );
  try {
    await vitest.start([file]);
    const broken = vitest.state.getFiles().find((loaded) => loaded.result?.state === "fail" && loaded.tasks.length === 0);
    const [error] = [...(broken?.result?.errors ?? []), ...vitest.state.getUnhandledErrors()];
    if (error !== undefined)
      throw new HachaosError("definition-invalid", `${file}: ${messageOf((error as { message?: string }).message ?? error)}`);
  } finally {
    await vitest.close();
    process.setMaxListeners(process.getMaxListeners() - 1);
  }
}

/** Removing a lab takes some seconds, and it is never to be cut short. */
const TEARDOWN_WITHIN_MS = 60_000;
