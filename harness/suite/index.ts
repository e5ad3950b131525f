/** What a suite file imports. */
export { suite } from "./suite.js";
export { fault, quiet, standardScenarios, type FaultOptions, type Scenario } from "../run/scenario.js";
