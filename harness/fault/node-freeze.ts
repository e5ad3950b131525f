import { z } from "zod";
import { HachaosError } from "../kernel/errors.js";
import { defineFault } from "./fault.js";
import { virtualOf } from "./virtual-of.js";

/** A hypervisor that holds a guest up, as a live migration, a snapshot or a starved host does: it neither dies nor knows that time went by. */
export const nodeFreeze = defineFault({
  kind: "node-freeze",
  title: "Node frozen",
  summary: "The node stands still with all that is in it, and goes on when healed as if nothing had been (virtual nodes only).",
  params: z.strictObject({}),
  targets: "nodes",
  needs: "virtual",
  expects: "standby",
  draw: (_lab, nodes) => ({ label: "frozen", colour: "#0891b2", nodes, nics: [], processes: [], gatewayFrom: [] }),
  async inject({ nodes }) {
    const machines = nodes.map((node) => ({ name: node.name, virtual: virtualOf(node) }));
    for (const { virtual } of machines) await virtual.freeze();
    return () =>
      Promise.all(
        machines.map(async ({ name, virtual }) => {
          if (await virtual.isFrozen()) return `${name}: paused (QEMU, query-status)`;
          throw new HachaosError("fault-not-proven", `${name} still runs`);
        }),
      );
  },
  async find({ nodes }) {
    const frozen = await Promise.all(
      nodes.map(async (node) => node.virtual !== undefined && (await node.isOn()) && node.virtual.isFrozen()),
    );
    return nodes.filter((_node, index) => frozen[index]).map((node) => ({ nodes: [node], params: {} }));
  },
  undo: ({ nodes }) => ({
    async undo() {
      for (const { isOn, virtual } of nodes) if (virtual && (await isOn()) && (await virtual.isFrozen())) await virtual.thaw();
    },
    prove: () =>
      Promise.all(
        nodes.map(async (node) => {
          if (!(await node.isOn())) return `${node.name}: has no power`;
          if (await node.virtual?.isFrozen()) throw new HachaosError("undo-not-proven", `${node.name} is still paused`);
          return `${node.name}: ${(await node.exec(["uptime", "--pretty"])).stdout.trim()}, and goes on`;
        }),
      ),
  }),
});
