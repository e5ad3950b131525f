import { inject } from "vitest";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { DEFINITION_FILE } from "../cluster/load-definition.js";
import { suite } from "./suite.js";

/** The suite of a folder that has no *.suite.ts of its own. Its tests are known from the definition alone (plan-suites.ts). */
suite(pathToFileURL(join(inject("hachaos").folder, DEFINITION_FILE)).href, []);
