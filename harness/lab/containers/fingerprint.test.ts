import { expect, test } from "vitest";
import { loadDefinition } from "../../cluster/load-definition.js";
import { fingerprintOf } from "./fingerprint.js";

test("labs of the same files are the same, and those of others are not", async () => {
  const [definition, again] = [await loadDefinition("suites/failover"), await loadDefinition("suites/failover")];
  const fingerprint = fingerprintOf({ definition, folder: "suites/failover" });
  expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf({ definition: again, folder: "./suites/failover/" })).toBe(fingerprint);
  const others = [
    { definition, folder: "elsewhere/failover" },
    { definition: { ...definition, release: "trixie" }, folder: "suites/failover" },
    { definition: { ...definition, packages: ["nginx-light"] }, folder: "suites/failover" },
    {
      definition: { ...definition, pacemaker: { ...definition.pacemaker, content: `${definition.pacemaker.content}\n# other` } },
      folder: "suites/failover",
    },
  ].map(fingerprintOf);
  expect(new Set([fingerprint, ...others]).size).toBe(5);
});
