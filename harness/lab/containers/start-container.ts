import type { DeviceMapping } from "dockerode";
import { GenericContainer, type StartedTestContainer } from "testcontainers";
import { KEEPER_AT } from "./keeper-file.js";
import { LABELS, ownerMark } from "./labels.js";

export type Role = "node" | "chassis" | "gateway" | "client" | "fabric";

export interface ContainerRequest {
  image: string;
  lab: string;
  suite: string;
  host: string;
  role: Role;
  /** A lab that stays has no owner, so no later command takes it for a leftover. */
  keep: boolean;
  /** The fingerprint of a lab that waits until somebody takes it. */
  spare: string | undefined;
  extraHosts: { host: string; ipAddress: string }[];
  files: { content: string | Buffer; target: string; mode?: number }[];
  folders: { source: string; target: string }[];
  /** Of the engine's host. */
  devices?: DeviceMapping[];
}

/**
 * What each role may do; nothing is privileged. Nodes boot systemd (SYS_ADMIN for its mounts) and run corosync
 * (SYS_NICE for real-time priority, IPC_LOCK for mlockall). A chassis joins cables and machine (NET_ADMIN); what is in the machine is its own. The fabric enters other namespaces (SYS_ADMIN,
 * SYS_PTRACE, pid of the engine's host) and makes links there (NET_ADMIN).
 */
const CAPABILITIES: Record<Role, string[]> = {
  node: ["NET_ADMIN", "NET_RAW", "SYS_NICE", "IPC_LOCK", "SYS_ADMIN"],
  chassis: ["NET_ADMIN"],
  fabric: ["NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE"],
  gateway: ["NET_ADMIN", "NET_RAW"],
  client: ["NET_ADMIN", "NET_RAW"],
};

/** Starts one container of a lab, through testcontainers, without any network of the engine's. */
export async function startContainer(request: ContainerRequest): Promise<StartedTestContainer> {
  const container = new LabContainer(request.image, request.role)
    .withName(containerName(request.lab, request.host))
    .withHostname(request.host)
    .withNetworkMode("none")
    .withAddedCapabilities(...CAPABILITIES[request.role])
    .withExtraHosts(request.extraHosts)
    .withCopyContentToContainer(request.files)
    .withCopyDirectoriesToContainer(request.folders)
    .withDevices(request.devices ?? [])
    // Clean-up is by our own marks: a lab may have to outlive this process, and the reaper's image may not be there.
    .withAutoCleanup(false)
    .withLabels({
      [LABELS.lab]: request.lab,
      [LABELS.suite]: request.suite,
      // To whoever looks at a lab from outside, a machine in its chassis is a node.
      [LABELS.role]: request.role === "chassis" ? "node" : request.role,
      [LABELS.host]: request.host,
      [LABELS.owner]: request.keep ? "" : ownerMark(),
      [LABELS.createdAt]: new Date().toISOString(),
      ...(request.spare !== undefined && { [LABELS.spare]: `${request.spare} ${ownerMark()}` }),
    });
  return container.start();
}

export function containerName(lab: string, host: string): string {
  return `hachaos-${lab}-${host}`;
}

/**
 * corosync and pacemaker talk through rings in /dev/shm (libqb). Measured: 32 to 48 MB in a quiet two-node cluster, so
 * the engine's default of 64 MB is full when several clients come at once, and a daemon that finds it full exits.
 */
const SHARED_MEMORY_BYTES = 512 * 1024 ** 2;
/**
 * The client's probes need little CPU, but at once: beside ten containers with the engine's default of 1024 each, of which
 * some boot, one request in a hundred was sent 150 to 240 ms late on two cores.
 */
const CLIENT_CPU_SHARES = 16 * 1024;

/** testcontainers has no setter for devices and for the cgroup and pid namespaces, so they are set on its host configuration. */
class LabContainer extends GenericContainer {
  withDevices(devices: DeviceMapping[]): this {
    this.hostConfig.Devices = devices;
    return this;
  }

  constructor(image: string, role: Role) {
    super(image);
    Object.assign(this.hostConfig, { CgroupnsMode: "private" });
    // The engine gives a container the host's name servers, which nobody here reaches: lookups shall fail at once, not after 10 s.
    this.hostConfig.Dns = ["127.0.0.1"];
    this.hostConfig.SecurityOpt = ["seccomp=unconfined", "apparmor=unconfined"];
    if (role === "node") {
      // systemd wants these as tmpfs; the image's own content there is not needed.
      this.hostConfig.Tmpfs = { "/run": "", "/run/lock": "" };
      this.withSharedMemorySize(SHARED_MEMORY_BYTES);
    }
    if (role === "node" || role === "chassis") {
      // So a node that lost its power comes back to wait for it, whoever took it and whoever still lives (power.ts).
      this.hostConfig.RestartPolicy = { Name: "always" };
    } else if (role === "fabric") {
      this.hostConfig.PidMode = "host";
      // Should the keeper end, the lab must not: its switches are in this container. It has nothing to keep before the lab is built, and
      // must not take the CPU (0.2 s) from that.
      this.withEntrypoint(["sh", "-c", 'while sleep 5; do node "$0"; done', KEEPER_AT]);
    } else {
      this.withEntrypoint(["sleep"]).withCommand(["infinity"]);
    }
    if (role === "client") this.hostConfig.CpuShares = CLIENT_CPU_SHARES;
  }
}
