import { inject } from "vitest";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { loadDefinition, DEFINITION_FILE } from "../cluster/load-definition.js";
import { FAULTS } from "../fault/registry.js";
import { scenariosOf } from "../run/scenario.js";
import { suite } from "./suite.js";

/** The suite of a folder that has no *.suite.ts of its own: the tests that cluster.yaml lists, or the standard ones. */
const { folder } = inject("hachaos");
const definition = await loadDefinition(folder, { faultKinds: Object.keys(FAULTS) });
suite(pathToFileURL(join(folder, DEFINITION_FILE)).href, scenariosOf(definition));
