/** A fault's colour as stored in the history, or a neutral one when it is not a plain colour name or hex value. */
export function safeColour(colour: string): string {
  return /^(#[0-9a-f]{3,8}|[a-z]{3,30})$/i.test(colour) ? colour : "#808080";
}
