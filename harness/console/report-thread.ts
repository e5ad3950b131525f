import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { reportSoFar, type RunSoFar } from "./report-so-far.js";

// The probes come first. On Linux a nice value is the thread's own (setpriority(2), "C library/kernel differences").
setPriority(constants.priority.PRIORITY_LOW);
parentPort?.postMessage(reportSoFar(workerData as RunSoFar));
