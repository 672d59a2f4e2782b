import { describe, expect, it } from "vitest";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xml =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:a"><Extensions/></EntityDescriptor>';

/** What a variable of the environment that is not set leaves in options. */
describe.skipIf(openssl.missing)(`options that are missing${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const signed = openssl.missing ? "" : signMetadata(xml, signer);

  it.each([
    undefined,
    null,
    {},
    { certificates: [undefined] },
    { publicKeys: [null] },
    { certificates: [{}] },
  ])("trust nobody: %o", (trust) => {
    expect(() => verifyMetadata(signed, { trust: trust as never })).toThrow(
      expect.objectContaining({ code: "signature.trust" }),
    );
  });

  it.each([
    ["privateKey", "signature.key"],
    ["certificate", "signature.key_mismatch"],
  ])("sign nothing without %s", (name, code) => {
    const options = { ...signer, [name]: undefined };
    expect(() => signMetadata(xml, options)).toThrow(expect.objectContaining({ code }));
  });

  it("are no time", () => {
    const options = { trust: { certificates: [signer.certificate] } };
    expect(() => verifyMetadata(signed, { ...options, now: "2031-07-09" as never })).toThrow(
      RangeError,
    );
    expect(verifyMetadata(signed, { ...options, limits: null as never }).signed).toBe(true);
  });
});
