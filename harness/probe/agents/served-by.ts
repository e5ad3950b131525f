/** The node whose name is in the page as a word of its own (web1 is not in web10), or null. Markup does not count as words. */
export function servedBy(page: string, nodes: readonly string[]): string | null {
  const words = new Set(page.replace(/<[^>]*>/g, " ").match(/[A-Za-z0-9-]+/g));
  return nodes.find((node) => words.has(node)) ?? null;
}
