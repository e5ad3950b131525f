import { expect, test } from "vitest";
import { nodesIn } from "./write-attributes.js";

test("nodes of which the ping attribute is known, an erased one not", () => {
  const said = 'name="pingd" host="vm-node1" value="1000"\nname="pingd" host="vm-node2" value=""\nname="pingd" host="vm-node3" value="0"\n';
  expect(nodesIn(said)).toEqual(["vm-node1", "vm-node3"]);
});
