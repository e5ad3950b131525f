import { randomBytes } from "node:crypto";
import ssh2 from "ssh2";
import type { Engine } from "../engine.js";
import { findAccelerator, type Accelerator } from "./find-accelerator.js";

/** What holds for all machines of a lab, for as long as it is there. */
export interface VmSetup {
  accelerator: Accelerator;
  /** Whoever has the lab's own keys, and nobody else, gets into its machines, and only into these. */
  user: KeyPair;
  /** The same on all of its machines. */
  host: KeyPair;
}

/** In OpenSSH's own formats. */
interface KeyPair {
  private: string;
  public: string;
}

export async function newSetup(engine: Engine, image: string): Promise<VmSetup> {
  return { accelerator: await findAccelerator(engine, image), user: newPair("hachaos"), host: newPair("hachaos-host") };
}

/** As machine-id(5) has it. */
export function newMachineId(): string {
  return randomBytes(16).toString("hex");
}

function newPair(comment: string): KeyPair {
  const { private: secret, public: open } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
  return { private: secret, public: open };
}
