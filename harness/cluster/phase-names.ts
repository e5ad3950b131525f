/** What every move takes, there and back, in its order. */
const MOVE_PHASES = ["decision", "stop", "vip up", "arp", "service start", "first answer", "settle"] as const;

/** The phases of a failover, in their order; `fencing` only where the cluster fences (cluster/fencing.ts). Each is over when the next begins; one that was not observed leaves its time to the next. */
export const FAULT_PHASES = ["fault", "detection", "membership", "fencing", ...MOVE_PHASES] as const;

/** The phases of the way back after healing. */
export const FAILBACK_PHASES = ["heal", "membership", ...MOVE_PHASES] as const;

export type PhaseName = (typeof FAULT_PHASES)[number] | (typeof FAILBACK_PHASES)[number];
