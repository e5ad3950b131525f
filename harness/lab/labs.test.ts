import { expect, test } from "vitest";
import { LABELS, ownerMark } from "./containers/labels.js";
import { NOTE_AT, TAKEN_AT } from "./containers/lab-note.js";
import type { Engine } from "./engine.js";
import { isSpare, listLabs } from "./labs.js";

const DEAD = "1:1@elsewhere";

/** An engine with one lab: a fabric with these files, or a lab without a fabric yet. */
function engine(spare: string | null, files: string[] | null): Pick<Engine, "docker"> {
  const labels = { [LABELS.lab]: "failover", [LABELS.owner]: "", ...(spare !== null && { [LABELS.spare]: spare }) };
  const container = (role: string) => ({ Id: role, State: "running", Labels: { ...labels, [LABELS.host]: role, [LABELS.role]: role } });
  const docker = {
    listContainers: () => Promise.resolve([container("client"), ...(files === null ? [] : [container("fabric")])]),
    getContainer: () => ({
      infoArchive: ({ path }: { path: string }) =>
        files?.includes(path) ? Promise.resolve() : Promise.reject(Object.assign(new Error("no such file"), { statusCode: 404 })),
    }),
  };
  return { docker: docker as unknown as Engine["docker"] };
}

test.each([
  ["made by up", null, [NOTE_AT], "stays", false],
  ["a spare that waits, whoever made it", `0a1b ${DEAD}`, [NOTE_AT], "spare", true],
  ["a spare that is being made", `0a1b ${ownerMark()}`, [], "spare", true],
  ["a spare whose fabric is still to come", `0a1b ${ownerMark()}`, null, "spare", true],
  ["a spare whose maker died before it was finished", `0a1b ${DEAD}`, [], "orphaned", true],
  ["a spare that was taken", `0a1b ${DEAD}`, [NOTE_AT, TAKEN_AT], "stays", false],
])("%s", async (_, mark, files, state, spare) => {
  const [lab] = await listLabs(engine(mark, files));
  expect(lab).toMatchObject({ name: "failover", state, spare: mark === null ? null : "0a1b" });
  expect(lab && isSpare(lab)).toBe(spare);
});
