import { afterEach, expect, test, vi } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("certificates that a test makes over several seconds begin at one instant", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(new Date("2031-05-04T12:00:00.900Z"));
  const first = await createTestCertificate();
  vi.setSystemTime(new Date("2031-05-04T12:00:03.100Z"));
  const second = await createTestCertificate();

  expect(first.certificate.notBefore.iso).toBe("2031-05-03T00:00:00Z");
  expect(second.certificate.notBefore).toEqual(first.certificate.notBefore);
  expect(second.certificate.notAfter).toEqual(first.certificate.notAfter);
});
