import type { AdviceRule } from "./rule.js";
import { bondDowndelay } from "./rules/bond-downdelay.js";
import { noRecurringMonitor } from "./rules/no-recurring-monitor.js";
import { pingDampening } from "./rules/ping-dampening.js";
import { pingInterval } from "./rules/ping-interval.js";
import { pingTimeout } from "./rules/ping-timeout.js";
import { serviceMonitorInterval } from "./rules/service-monitor-interval.js";
import { stickiness } from "./rules/stickiness.js";
import { stopOrder } from "./rules/stop-order.js";
import { token } from "./rules/token.js";

/** Every rule: a new one is one file and one line here. */
export const ADVICE_RULES: readonly AdviceRule[] = [
  noRecurringMonitor,
  serviceMonitorInterval,
  pingInterval,
  pingTimeout,
  pingDampening,
  token,
  bondDowndelay,
  stopOrder,
  stickiness,
];
