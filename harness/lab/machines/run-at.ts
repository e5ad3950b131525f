/** Where our notes lie on a machine: in memory (file-hierarchy(7)), so that a machine that boots begins without faults and without them. */
export const RUN_AT = "/run/hachaos";
