import { describe, expect, it } from "vitest";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xml =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:a"><Extensions/></EntityDescriptor>';

describe.skipIf(openssl.missing)(`an option from an unset variable${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const signed = openssl.missing ? "" : signMetadata(xml, signer);

  it.each([
    [undefined, "signature.trust"],
    [{}, "signature.trust"],
    [{ certificates: undefined }, "signature.trust"],
    [{ certificates: [] }, "signature.trust"],
    [{ certificates: [undefined] }, "signature.trust_unreadable"],
    [{ publicKeys: [null] }, "signature.trust_unreadable"],
    [{ certificates: [{}] }, "signature.trust_unreadable"],
    [{ certificates: "" }, "signature.trust_unreadable"],
  ])("verifyMetadata trusts nobody: %o", (trust, code) => {
    expect(() => verifyMetadata(signed, { trust: trust as never })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it("signMetadata signs nothing", () => {
    expect(() => signMetadata(xml, { ...signer, privateKey: undefined } as never)).toThrow(
      "privateKey must be a string or a Uint8Array.",
    );
    expect(() => signMetadata(xml, { ...signer, certificate: undefined } as never)).toThrow(
      expect.objectContaining({ code: "signature.certificate_unreadable" }),
    );
  });
});
