import { expect, test } from "vitest";
import { servedBy } from "./served-by.js";

const page = (node: string) => `<!DOCTYPE html><title>${node}</title><p>served by ${node}</p>\n`;

test.each([
  ["vm-node1", ["vm-node1", "vm-node2"], "vm-node1"],
  ["web10", ["web1", "web10"], "web10"],
  ["node1-dr", ["node1", "node1-dr"], "node1-dr"],
  ["b", ["p", "b"], "b"],
  ["gamma", ["alpha", "beta"], null],
])("the page of %s, among %j, is served by %s", (node, nodes, expected) => {
  expect(servedBy(page(node), nodes)).toBe(expected);
});
