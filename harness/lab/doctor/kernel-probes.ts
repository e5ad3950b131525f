import type { Container } from "dockerode";
import { messageOf } from "../../kernel/errors.js";
import { LABELS, ownerMark } from "../containers/labels.js";
import type { Engine } from "../engine.js";
import type { Finding } from "./finding.js";

interface KernelProbe {
  what: string;
  command: string[];
  /** Which mechanism is used when the command works, and when it does not; null: a lab cannot do without. */
  yes: string;
  no: string | null;
}

/** What the kernel can do is found out by doing it, in the empty network of a scratch container. */
const PROBES: KernelProbe[] = [
  { what: "cables", command: ["ip", "link", "add", "probe0", "type", "veth", "peer", "name", "probe1"], yes: "veth pairs", no: null },
  { what: "switches", command: ["ip", "link", "add", "probe2", "type", "bridge"], yes: "the kernel's bridge", no: null },
  {
    what: "bonds",
    command: ["ip", "link", "add", "probe3", "type", "bond"],
    yes: "the kernel's bonding driver",
    no: "Open vSwitch in userspace, same parameters",
  },
  {
    what: "silent drop",
    command: ["nft", "add table netdev probe; add chain netdev probe c { type filter hook ingress device lo priority 0; }"],
    yes: "nft at the netdev hook",
    no: null,
  },
  {
    what: "delay",
    command: ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"],
    yes: "netem",
    no: "this kernel has no netem",
  },
];

/** Tries each probe and says which mechanism a lab would use. */
export async function* kernelFindings(engine: Engine, image: string): AsyncGenerator<Finding> {
  let container: Container | undefined;
  try {
    container = await scratch(engine, image);
    for (const probe of PROBES) yield judge(probe, await attempt(container, probe.command));
  } catch (error) {
    yield {
      what: "kernel",
      state: "problem",
      detail: `no container could be started: ${messageOf(error).trim()}`,
      fix: "hachaos image build --force",
    };
  } finally {
    await container?.remove({ force: true, v: true }).catch(() => undefined);
  }
}

export function judge(probe: KernelProbe, failure: string | null): Finding {
  const { what, yes, no } = probe;
  if (failure === null) return { what, state: "ok", detail: yes, fix: null };
  if (no !== null) return { what, state: "note", detail: `${no} (${failure})`, fix: null };
  return {
    what,
    state: "problem",
    detail: `not with this kernel: ${failure}`,
    fix: `use a kernel or engine where this works: ${probe.command.join(" ")}`,
  };
}

async function scratch(engine: Engine, image: string): Promise<Container> {
  const container = await engine.docker.createContainer({
    Image: image,
    Entrypoint: ["sleep", "120"],
    Labels: { [LABELS.lab]: `doctor-${process.pid}`, [LABELS.owner]: ownerMark(), [LABELS.createdAt]: new Date().toISOString() },
    HostConfig: { NetworkMode: "none", CapAdd: ["NET_ADMIN"] },
  });
  await container.start();
  return container;
}

/** null when the command worked, else its last words. */
async function attempt(container: Container, command: string[]): Promise<string | null> {
  const exec = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true, Tty: true });
  let words = "";
  for await (const chunk of await exec.start({ Tty: true })) words += String(chunk);
  const { ExitCode } = await exec.inspect();
  return ExitCode === 0 ? null : (words.trim().split(/\r?\n/).at(-1) ?? `exit ${String(ExitCode)}`);
}
