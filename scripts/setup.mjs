// Sets up all that hachaos needs on a fresh machine, step by step; what is there already is skipped.
// Plain JavaScript without packages: it runs before there are any.
//   node scripts/setup.mjs              for npm run failover
//   node scripts/setup.mjs --for test   also what the tests need
import { buildStep } from "./setup/build.mjs";
import { testToolsStep } from "./setup/test-tools.mjs";
import { engineStep } from "./setup/engine.mjs";
import { imageStep, machineImageStep } from "./setup/image.mjs";
import { nodeVersionStep } from "./setup/node-version.mjs";
import { packagesStep } from "./setup/packages.mjs";
import { runSteps } from "./setup/steps.mjs";

const steps = [nodeVersionStep, packagesStep, buildStep, engineStep, imageStep];
const forTests = process.argv.slice(2).join(" ") === "--for test";

process.exitCode = await runSteps(forTests ? [...steps, machineImageStep, testToolsStep] : steps);
