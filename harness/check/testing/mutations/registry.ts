import type { Mutation } from "./mutation.js";
import { expectations } from "./expectations.js";
import { files } from "./files.js";
import { gaps } from "./gaps.js";
import { load } from "./load.js";
import { observers } from "./observers.js";
import { owners } from "./owners.js";
import { places } from "./places.js";
import { proofs } from "./proofs.js";

/** Every way a run may go wrong that the judge is tried with, by what it touches. */
export const MUTATIONS: Record<string, Mutation[]> = { owners, places, gaps, load, proofs, observers, files, expectations };
