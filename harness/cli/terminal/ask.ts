export interface Choice {
  value: string;
  label?: string;
  /** Shown beside the one that is about to be chosen. */
  hint?: string;
}

/** Questions to whoever sits at the terminal. Ctrl-C throws `interrupted`. */
export interface Ask {
  choose(question: string, choices: readonly Choice[], initial?: string): Promise<string>;
  /** `check` says what is wrong with an answer, or null. */
  text(question: string, initial: string, check: (text: string) => string | null): Promise<string>;
}
