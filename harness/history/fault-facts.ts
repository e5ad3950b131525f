import { z } from "zod";

export const faultSpec = z.object({
  kind: z.string(),
  /** As asked for: a node name, a role (active, standby, all) or "" when the fault has no target. */
  target: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type FaultSpec = z.infer<typeof faultSpec>;

/** What a fault breaks, so that pictures of old runs stay right for ever. */
export const drawing = z.object({
  label: z.string(),
  /** CSS colour name or hex. */
  colour: z.string(),
  nodes: z.array(z.string()),
  /** NICs with a cut cable, as node.nic. */
  nics: z.array(z.string()),
  /** Processes killed, as node.process. */
  processes: z.array(z.string()),
  /** Nodes that cannot reach the gateway. */
  gatewayFrom: z.array(z.string()),
  /** What is hit may be there again before the fault is taken back, as a machine is that was reset; absent: it must not. */
  passes: z.boolean().optional(),
});
export type Drawing = z.infer<typeof drawing>;
