import { watchBonds } from "./watch-bonds.js";
import { watchClock } from "./watch-clock.js";
import { watchCluster } from "./watch-cluster.js";
import { watchCorosync } from "./watch-corosync.js";
import { watchInterfaces } from "./watch-interfaces.js";
import { watchLogs } from "./watch-logs.js";
import type { Watcher } from "./watcher.js";

/** What is watched in every node: one file and one line here for each. */
export const WATCHERS: Watcher[] = [watchClock, watchInterfaces, watchBonds, watchCluster, watchCorosync, watchLogs];
