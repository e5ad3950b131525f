import { expect, test } from "vitest";
import { pickUris, securityBeside, sourceLines } from "./mirror.js";

test("Debian's archives are picked, others' are not", () => {
  const lines = [
    "Vendor Ltd|bookworm|http://vendor.example/debian/",
    "Debian|bookworm-security|http://mirror.example/debian-security/",
    "Debian|bookworm|http://mirror.example/debian/",
    "Debian|bookworm-updates|http://mirror.example/debian/",
  ];
  expect(pickUris(lines.join("\n"))).toEqual({ main: "http://mirror.example/debian/", security: "http://mirror.example/debian-security/" });
});

test("before the first apt-get update the origin is not known: the path tells", () => {
  expect(pickUris("|bookworm|http://mirror.example/debian\n|nodistro|http://vendor.example/node")).toEqual({
    main: "http://mirror.example/debian",
    security: "http://mirror.example/debian-security",
  });
});

test("a host without Debian's archive gives none", () => {
  expect(pickUris("Ubuntu|noble|http://mirror.example/ubuntu/\n")).toBeNull();
});

test("release, updates and security", () => {
  const uris = { main: "http://m.example/debian/", security: securityBeside("http://m.example/debian/") };
  expect(sourceLines("trixie", uris, "[signed-by=/k] ")).toEqual([
    "deb [signed-by=/k] http://m.example/debian/ trixie main",
    "deb [signed-by=/k] http://m.example/debian/ trixie-updates main",
    "deb [signed-by=/k] http://m.example/debian-security trixie-security main",
  ]);
});
