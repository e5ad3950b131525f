/** What a lab takes, MiB: two nodes, gateway, client and fabric 0.45 GB idle (measured), and about twice that while they fail over. */
export const LAB_MB = 1_000;
