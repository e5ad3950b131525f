import type { ClusterDefinition } from "../../cluster/definition.js";
import { aRun, onNode, type TrialOptions } from "./history-builder.js";

/** Failover as it should be, step by step, so that a test changes one step and leaves the rest. Each step acts on the run. */
export interface Steps {
  before: (run: Run) => void;
  inject: (run: Run) => void;
  during: (run: Run) => void;
  after: (run: Run) => void;
  trial: TrialOptions;
  definition: ClusterDefinition;
}
export type Run = ReturnType<typeof aRun>;

/** Apache dies on vm-node1: dark for 5 s, vm-node2 serves; after healing vm-node1 serves again after 2 s. */
export function apacheKill(change: Partial<Steps> = {}): Run {
  return failover({ inject: (run) => run.inject({ processes: ["vm-node1.apache2"] }), ...change });
}

/** vm-node1 no longer reaches the gateway: served on for 20 s, then moved with a gap of 2 s. */
export function gatewayBlackhole(change: Partial<Steps> = {}): Run {
  return failover({
    trial: { test: "gateway-blackhole" },
    inject: (run) => run.inject({ gatewayFrom: ["vm-node1"] }),
    during: (run) => {
      run.serve("vm-node1", 20_000);
      moveTo(run, "vm-node1", "vm-node2", 2_000);
    },
    ...change,
  });
}

/** vm-node1 loses power and gets it back. */
export function powerOff(change: Partial<Steps> = {}): Run {
  return failover({
    trial: { test: "node-power-off" },
    inject: (run) => run.powerOff("vm-node1").inject({ nodes: ["vm-node1"] }),
    during: (run) => {
      run.dark(7_000, "timeout").vip("vm-node2", true).cluster(onNode("vm-node2")).dark(500).serve("vm-node2", 6_000);
    },
    after: (run) => {
      run.powerOn("vm-node1").serve("vm-node2", 4_000).watch("vm-node1", false).cluster(onNode("vm-node2")).serve("vm-node2", 8_000);
      moveTo(run, "vm-node2", "vm-node1", 2_000);
    },
    ...change,
  });
}

/** 30 s without a fault. */
export function baseline(change: Partial<Steps> = {}): Run {
  const run = aRun(change.definition === undefined ? {} : { definition: change.definition });
  run.trial({ test: "baseline", fault: null, servedBy: "same", budgetMs: 0, failbackBudgetMs: 0, ...change.trial });
  (change.during ?? ((at: Run) => at.serve("vm-node1", 30_000)))(run);
  return run.gate().end().close();
}

/** A cable of vm-node1 is cut: nothing happens that a client would see. */
export function linkDown(change: Partial<Steps> = {}): Run {
  return failover({
    trial: { test: "link-down", servedBy: "same", budgetMs: 0 },
    inject: (run) => run.inject({ nics: ["vm-node1.eth0"] }),
    during: (run) => run.serve("vm-node1", 10_000),
    after: (run) => run.serve("vm-node1", 5_000),
    ...change,
  });
}

/** Everything leaves one node and arrives on the other; dark for so long. */
export function moveTo(run: Run, from: string, to: string, darkMs: number): void {
  run.vip(from, false).cluster({ vip: null, httpd: null });
  run.dark(darkMs / 2).vip(to, true);
  run
    .dark(darkMs / 2)
    .cluster(onNode(to))
    .serve(to, 6_000);
}

function failover(change: Partial<Steps>): Run {
  const run = aRun(change.definition === undefined ? {} : { definition: change.definition });
  run.trial(change.trial ?? {});
  (change.before ?? ((at: Run) => at.serve("vm-node1", 3_000)))(run);
  change.inject?.(run);
  const during =
    change.during ??
    ((at: Run) => {
      at.dark(3_000);
      moveTo(at, "vm-node1", "vm-node2", 2_000);
    });
  during(run);
  run.observed().heal();
  const after =
    change.after ??
    ((at: Run) => {
      at.serve("vm-node2", 1_000);
      moveTo(at, "vm-node2", "vm-node1", 2_000);
    });
  after(run);
  return run.healed().gate().end().close();
}
