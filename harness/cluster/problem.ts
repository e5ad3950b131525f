/** Something wrong in a file, at a place: lines and columns count from 1. The message says what is wrong and how to put it right. */
export interface Problem extends Position {
  message: string;
}

/** A place in a file. */
export interface Position {
  line: number;
  column: number;
  /** Set where the place is in another file than the one that is spoken of. */
  file?: string;
}
