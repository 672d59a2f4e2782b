import { afterEach, describe, expect, test, vi } from "vitest";
import { checkSelfSignature, validateCertificate } from "../../src/certificates/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";

const CODE = "sig.self_signature_invalid";

afterEach(() => vi.restoreAllMocks());

/** As a library of cryptography answers where its policy does not allow the algorithm. */
function refused(): DOMException {
  return new DOMException(
    "The operation failed for an operation-specific reason",
    "OperationError",
  );
}

describe("where the machine's policy forbids SHA-1", () => {
  test.each(["RSA-2048", "P-256"] as const)(
    "a signature with it, of %s, could not be checked, and is not called wrong",
    async (keyAlgorithm) => {
      const { pem } = await createTestCertificate({ keyAlgorithm, hash: "sha1" });
      vi.spyOn(process.getBuiltinModule("node:crypto"), "verify").mockImplementation(() => {
        throw new Error("error:03000098:digital envelope routines::invalid digest");
      });
      vi.spyOn(crypto.subtle, "verify").mockRejectedValue(refused());
      const { findings, checks } = await checkSelfSignature(validateCertificate(pem));
      expect(findings.map(({ code }) => code)).not.toContain(CODE);
      expect(checks.find(({ id }) => id === CODE)).toMatchObject({ status: "skipped" });
    },
  );

  test("the fingerprint is made without it", async () => {
    const { certificate, pem } = await createTestCertificate();
    const native = process.getBuiltinModule("node:crypto");
    const { hash } = native;
    vi.spyOn(native, "hash").mockImplementation((algorithm, ...rest) => {
      if (algorithm === "sha1") throw new Error("error:0308010C:digital envelope routines");
      return hash(algorithm, ...rest);
    });
    expect(validateCertificate(pem).certificate?.fingerprint).toEqual(certificate.fingerprint);
  });
});
