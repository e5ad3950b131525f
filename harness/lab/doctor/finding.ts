/** ok; note: works, and worth knowing; problem: a lab cannot be built, `fix` says what to do. */
export interface Finding {
  what: string;
  state: "ok" | "note" | "problem";
  detail: string;
  fix: string | null;
}
