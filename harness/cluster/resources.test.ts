import { beforeAll, describe, expect, it } from "vitest";
import type { ClusterDefinition } from "./definition.js";
import { loadDefinition } from "./load-definition.js";
import { parseCrm } from "./parse-crm.js";
import { pingResource, serviceResource, vipResource } from "./resources.js";

let failover: ClusterDefinition;
beforeAll(async () => {
  failover = await loadDefinition("suites/failover");
});
const withCrm = (text: string, service: Partial<ClusterDefinition["service"]> = {}): ClusterDefinition => ({
  ...failover,
  service: { ...failover.service, ...service },
  pacemaker: { ...failover.pacemaker, crm: parseCrm(text).crm },
});

describe("the resources that matter", () => {
  it("are found in the failover suite", () => {
    expect(vipResource(failover)?.id).toBe("vip");
    expect(serviceResource(failover)?.id).toBe("httpd");
    expect(pingResource(failover)?.id).toBe("gateway-ping");
  });

  it("are found for nginx by systemd in a group, beside another web server", () => {
    const text = `primitive other systemd:nginx
primitive mail Dummy
primitive www systemd:nginx
primitive ip ocf:heartbeat:IPaddr2 ip=192.168.1.60
group site ip www mail`;
    expect(serviceResource(withCrm(text, { unit: "nginx", process: "nginx" }))?.id).toBe("www");
  });

  it("falls back to what is placed with the address, not to what is kept away from it", () => {
    const base = "primitive ip IPaddr2 ip=192.168.1.60\nprimitive app Dummy\nprimitive far Dummy\n";
    const vipOf = (text: string) => serviceResource(withCrm(text))?.id;
    expect(vipOf(`${base}colocation a -inf: far ip\ncolocation b inf: app ip`)).toBe("app");
    expect(vipOf(base)).toBeUndefined();
    expect(pingResource(withCrm(base))).toBeNull();
  });
});
