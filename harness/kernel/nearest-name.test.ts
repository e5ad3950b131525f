import { describe, expect, it } from "vitest";
import { nearestName, suggestName } from "./nearest-name.js";

describe("nearestName", () => {
  it("finds the name that was meant", () => {
    expect(nearestName("apache-kil", ["link-down", "apache-kill"])).toBe("apache-kill");
    expect(nearestName("Failovre", ["article", "failover"])).toBe("failover");
  });

  it("finds none when nothing is near", () => {
    expect(nearestName("quorum", ["link-down", "apache-kill"])).toBeNull();
    expect(nearestName("anything", [])).toBeNull();
  });
});

describe("suggestName", () => {
  it("says the nearest, else all, else that there is none", () => {
    expect(suggestName("vpi", ["vip", "httpd"])).toBe("did you mean vip?");
    expect(suggestName("database", ["vip", "httpd"])).toBe("known: vip, httpd");
    expect(suggestName("vip", [])).toBe("none is defined");
  });
});
