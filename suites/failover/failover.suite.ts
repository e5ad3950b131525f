import { fault, quiet, suite } from "hachaos";

// What every administrator hopes for, one thing broken at a time.
suite(import.meta.url, [
  quiet("baseline", 30_000),
  fault("link-down-active", "link-down", { target: "active", params: { nic: "eth0" } }),
  fault("link-down-standby", "link-down", { target: "standby", params: { nic: "eth0" } }),
  fault("private-links-cut", "private-links-cut"),
  fault("apache-kill", "apache-kill", { target: "active" }),
  fault("gateway-blackhole", "gateway-blackhole", { target: "active" }),
  fault("node-power-off", "node-power-off", { target: "active" }),
]);
