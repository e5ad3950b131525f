/** What a chassis is told of the machine in it: a file, so that it is there again after a power cut. */
export interface ChassisConfig {
  /** The node's name. */
  node: string;
  /** In the order of the machine's slots. */
  nics: { nic: string; mac: string }[];
  managementMac: string;
  memoryMb: number;
  /** As QEMU's -accel has it. */
  accelerator: "kvm" | "tcg";
  /** 32 hexadecimal digits (machine-id(5)). */
  machineId: string;
}

/** What a machine can be told from outside: `node chassis.mjs <order>` in its chassis (orders.ts). */
export type Order = "freeze" | "thaw" | "state" | "save" | "unplug" | "load";

/** In the chassis. */
export const CONFIG_AT = "/etc/hachaos/chassis.json";
export const PROGRAM_AT = "/opt/hachaos/chassis.mjs";
/** A tree of what this one node has and no other: the machine's second disk is a tar of it. */
export const SEED_AT = "/var/lib/hachaos/seed";
/** The machine's serial line: what its kernel says. */
export const CONSOLE_AT = "/var/log/hachaos-console.log";
/** The link between a chassis and its machine, in the chassis' own namespace: link-local (RFC 3927), as no cluster's network is. */
export const MANAGEMENT = { chassis: "169.254.13.1", machine: "169.254.13.2", prefix: 30 } as const;
