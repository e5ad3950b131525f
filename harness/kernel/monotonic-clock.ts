/**
 * CLOCK_MONOTONIC in microseconds. Containers share the kernel's clock with us, so what an observer stamps
 * inside a node and what we stamp here lie on one axis (clock_gettime(2)).
 */
export function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
