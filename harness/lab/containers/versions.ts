import type { Host } from "../lab.js";

const PACKAGES = ["corosync", "pacemaker", "apache2", "nginx", "resource-agents", "crmsh", "openvswitch-switch", "systemd"];

/** Versions of what runs in the node, by package, the suite's own packages included; packages that are not there are left out. */
export async function readVersions(node: Host, own: readonly string[]): Promise<Record<string, string>> {
  const [packages, debian, kernel] = await Promise.all([
    node.exec(["dpkg-query", "--show", "--showformat=${Package} ${Version}\\n", ...PACKAGES, ...own], { allow: "any" }),
    node.exec(["cat", "/etc/debian_version"]),
    node.exec(["uname", "-r"]),
  ]);
  const pairs = packages.stdout.split("\n").map((line) => line.split(" "));
  const found = pairs.flatMap(([name, version]) => (name && version ? [[name, version] as const] : []));
  return { ...Object.fromEntries(found), debian: debian.stdout.trim(), kernel: kernel.stdout.trim() };
}
