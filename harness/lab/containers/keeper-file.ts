import { AGENTS_AT } from "./machine.js";

/** The keeper in one file, in the fabric. */
export const KEEPER_AT = `${AGENTS_AT}/keeper.mjs`;
