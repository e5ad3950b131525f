import type { ClusterDefinition, NodeDefinition } from "../../cluster/definition.js";
import type { Engine } from "../engine.js";
import type { ImageKind } from "../image/recipe.js";
import type { Host } from "../lab.js";
import type { VmSetup } from "../vm/vm-setup.js";
import type { Bonding } from "./bonding/bonding.js";
import type { Machine } from "./machine.js";
import type { ContainerRequest } from "./start-container.js";

/** What a node is in its container: the container itself, or the machine that the container is the chassis of. */
export interface Housing {
  /** The provider's name. */
  name: string;
  /** Of the nodes' containers. */
  image: ImageKind;
  /** Made once for each lab, and kept in its note; null where there is nothing to be known. `image`: of the nodes' containers. */
  prepare(engine: Engine, image: string): Promise<VmSetup | null>;
  /** What the node's container is started with. */
  contents(definition: ClusterDefinition, node: NodeDefinition, setup: VmSetup | null): Promise<Contents>;
  /** The node in its container, where commands are run. */
  machine(container: Machine, setup: VmSetup | null): Machine;
  bonding(fabric: Host): Promise<Bonding>;
  /** See LabFacts; `beside`: a container with nothing else to do. */
  pace(nodes: readonly Host[], beside: Host): Promise<number>;
  /** Which mechanism does what, as the report says it. */
  mechanisms(bonding: Bonding, setup: VmSetup | null): Record<string, string>;
}

export type Contents = Pick<ContainerRequest, "role" | "extraHosts" | "files" | "folders" | "devices">;
