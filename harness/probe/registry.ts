import { httpKeptProbe } from "./http-kept.js";
import { httpProbe } from "./http.js";
import { neighboursProbe } from "./neighbours.js";
import { nodesProbe } from "./nodes.js";
import type { Probe } from "./probe.js";

/** What watches a lab: one file and one line here for each. */
export const PROBES: Probe[] = [nodesProbe, neighboursProbe, httpProbe, httpKeptProbe];
