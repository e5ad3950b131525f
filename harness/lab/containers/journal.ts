import type { Engine } from "../engine.js";
import type { FaultInForce, Host, Journal } from "../lab.js";
import type { LabSummary } from "../labs.js";
import { containerHost } from "./container-host.js";

const FOLDER = "/var/lib/hachaos/faults";

/** One file for each fault, in the fabric: it lasts as long as the lab, whoever dies. */
export function containerJournal(fabric: Host): Journal {
  const file = (id: string) => `${FOLDER}/${id}.json`;
  return {
    async add(fault) {
      await fabric.exec(["mkdir", "--parents", FOLDER]);
      // Written beside and moved, so that nobody reads half of it.
      await fabric.exec(["tee", `${file(fault.id)}.new`], { stdin: `${JSON.stringify(fault)}\n` });
      await fabric.exec(["mv", `${file(fault.id)}.new`, file(fault.id)]);
    },
    async remove(id) {
      await fabric.exec(["rm", "--force", file(id)]);
    },
    async list() {
      const { stdout } = await fabric.exec(["find", FOLDER, "-name", "*.json", "-exec", "cat", "{}", "+"], { allow: "any" });
      const faults = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as FaultInForce]));
      return faults.sort((a, b) => a.since.localeCompare(b.since));
    },
  };
}

/** The faults of a lab, however little of it there is: none where its fabric does not run. */
export async function faultsInForce({ docker }: Pick<Engine, "docker">, { hosts }: LabSummary): Promise<FaultInForce[]> {
  const fabric = hosts.find(({ role, state }) => role === "fabric" && state === "running");
  return fabric === undefined ? [] : containerJournal(containerHost(docker, fabric.id, "fabric")).list();
}
