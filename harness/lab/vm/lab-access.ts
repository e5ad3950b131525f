import { randomBytes } from "node:crypto";
import ssh2 from "ssh2";

/** The lab's own keys: whoever has them, and nobody else, gets into its machines, and only into these. */
export interface LabAccess {
  user: KeyPair;
  /** The same on all of its machines. */
  host: KeyPair;
}

/** In OpenSSH's own formats. */
interface KeyPair {
  private: string;
  public: string;
}

export function newAccess(): LabAccess {
  const pair = (comment: string): KeyPair => {
    const { private: secret, public: open } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    return { private: secret, public: open };
  };
  return { user: pair("hachaos"), host: pair("hachaos-host") };
}

/** As machine-id(5) has it. */
export function newMachineId(): string {
  return randomBytes(16).toString("hex");
}
