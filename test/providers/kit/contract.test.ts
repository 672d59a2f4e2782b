import { describe, expect, test } from "vitest";
import { memoryStore, testCertificateStore } from "../../../src/testing/index.ts";
import { EVERY } from "./every.ts";

const APPROVED = { maxCertificates: 2, observes: "nothing", needsApproval: true } as const;

describe.each([
  ["items", "items", {}],
  ["items of which five fit, and one stays", "items", { maxCertificates: 5, minCertificates: 1 }],
  ["items that the provider shows by fingerprint", "items", { observes: "fingerprint" }],
  ["items that somebody approves and nobody sees", "items", APPROVED],
  ["a list", "list", {}],
  ["a list of five", "list", { maxCertificates: 5, minCertificates: 1 }],
  ["a document", "document", {}],
  ["two slots", "slots", {}],
] as const)("%s", (_, shape, capabilities) => {
  testCertificateStore((stored) => memoryStore(shape, stored, { capabilities }), {
    test,
    every: EVERY,
  });
});

test("memoryStore refuses an unknown shape", () => {
  expect(() => memoryStore("tree" as "list")).toThrow("shape must be items");
});
