import { writeFileSync } from "node:fs";
import { describe } from "./describe.js";
import { TREE_FILE } from "./load-tree.js";

// The last step of the build.
writeFileSync(TREE_FILE, `${JSON.stringify(await describe())}\n`);
