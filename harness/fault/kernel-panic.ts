import { z } from "zod";
import { waitUntil } from "../kernel/wait-until.js";
import type { ClusterNode } from "../lab/lab.js";
import { defineFault } from "./fault.js";
import { nodePowerOff } from "./node-power-off.js";
import { virtualOf } from "./virtual-of.js";

/** It writes some hundred lines to an emulated serial port; a busy host gets many times the second that took. */
const DEAD_WITHIN_MS = 20_000;
const LAST_WORDS = /Kernel panic - not syncing: .*/g;

/** A bug in the kernel: the node hangs for good, and neither takes its leave nor lets go of its NICs. Healing switches it off and on. */
export const kernelPanic = defineFault({
  kind: "kernel-panic",
  title: "Kernel panic",
  summary: "The node's kernel panics (`echo c > /proc/sysrq-trigger`) and hangs: its cables keep their carrier (virtual nodes only).",
  params: z.strictObject({}),
  targets: "nodes",
  needs: "virtual",
  expects: "standby",
  draw: (_lab, nodes) => ({ label: "kernel panic", colour: "#9f1239", nodes, nics: [], processes: [], gatewayFrom: [] }),
  async inject({ nodes, notePower }) {
    const before = await Promise.all(nodes.map(panics));
    for (const { exec } of nodes) {
      // Nothing answers from a dead kernel: the command is sent, and what comes of it is told by the serial line.
      await exec(["sh", "-c", "(sleep 0.2; echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &"]);
    }
    return () =>
      Promise.all(
        nodes.map(async (node, index) => {
          const proof = await provePanic(node, before[index] ?? 0);
          // Nothing acts in it any more, and nothing will be heard of it.
          notePower(node.name, false);
          return proof;
        }),
      );
  },
  // As a node that lost its power: it can only be switched off and on.
  undo: (site) => {
    const power = nodePowerOff.undo(site);
    return {
      async undo() {
        for (const node of site.nodes) if (node.virtual && (await node.isOn()) && (await panics(node)) > 0) await node.powerOff();
        await power.undo();
      },
      prove: () => power.prove(),
    };
  },
});

async function provePanic(node: ClusterNode, before: number): Promise<string> {
  return waitUntil(
    `the kernel of ${node.name} has panicked`,
    async () => {
      const words = await lastWords(node);
      return words.length > before
        ? { done: true, value: `${node.name}: ${words.at(-1) ?? ""} (serial line)` }
        : { done: false, seen: "no word of it" };
    },
    { timeoutMs: DEAD_WITHIN_MS, everyMs: 100, code: "fault-not-proven" },
  );
}

async function panics(node: ClusterNode): Promise<number> {
  return (await lastWords(node)).length;
}

async function lastWords(node: ClusterNode): Promise<string[]> {
  return (await virtualOf(node).console()).match(LAST_WORDS) ?? [];
}
