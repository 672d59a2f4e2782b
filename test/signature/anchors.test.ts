import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseCertificate } from "../../src/certificates/index.ts";
import { signMetadata, type TrustAnchors, verifyMetadata } from "../../src/signature/index.ts";
import { makeChain, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xml =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:a"><Extensions/></EntityDescriptor>';

describe.skipIf(openssl.missing)(`trust anchors${openssl.note}`, () => {
  const [old, next, other] = openssl.missing
    ? ([] as never)
    : [makeSigner("rsa"), makeSigner("P-256"), makeSigner("rsa")];
  const by = (signer: typeof old): string => signMetadata(xml, signer);
  const outcome = (document: string, trust: TrustAnchors): string => {
    try {
      return verifyMetadata(document, { trust }).signature.keySha256 === "" ? "?" : "verified";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it("are read whole from one PEM text with two certificates", () => {
    const bundle = `Old signer:\n${old.certificate}\nNew signer:\r\n${next.certificate}`;
    for (const certificates of [bundle, [bundle], Buffer.from(bundle), [Buffer.from(bundle)]]) {
      expect(outcome(by(old), { certificates })).toBe("verified");
      expect(outcome(by(next), { certificates })).toBe("verified");
      expect(outcome(by(other), { certificates })).toBe("signature.untrusted");
    }
  });

  it("may be DER, certificates that were read, and keys", () => {
    const certificate = parseCertificate(old.certificate);
    const der = Buffer.from(certificate.derBase64, "base64");
    for (const certificates of [der, [der], certificate, [certificate, next.certificate]]) {
      expect(outcome(by(old), { certificates })).toBe("verified");
    }
    expect(verifyMetadata(by(old), { trust: { certificates: der } }).signature.keySha256).toBe(
      certificate.publicKey.spkiSha256,
    );
  });

  it.each([
    ["a certificate and a private key", () => `${old.certificate}${old.privateKey}`],
    [
      "a certificate and a damaged one",
      () => `${old.certificate}${next.certificate.replace("A", "*")}`,
    ],
    ["a certificate and a cut one", () => old.certificate + next.certificate.slice(0, 200)],
    ["two certificates in one block", () => joined(old.certificate, next.certificate)],
    ["bytes after the certificate", () => joined(old.certificate, "AAAA")],
    ["a private key", () => old.privateKey],
    ["text", () => "hello"],
  ])("are refused if they cannot be read whole: %s", (_, text) => {
    expect(() => verifyMetadata(by(old), { trust: { certificates: [text()] } })).toThrow(
      expect.objectContaining({
        code: "signature.trust_unreadable",
        message: expect.stringContaining("trust.certificates[0]"),
      }),
    );
  });

  it("count only as the end entity of a chain in one text", () => {
    const { leaf, issuer } = makeChain();
    for (const chain of [
      leaf.certificate + issuer.certificate,
      issuer.certificate + leaf.certificate,
    ]) {
      expect(outcome(by(leaf), { certificates: chain })).toBe("verified");
      expect(outcome(by(issuer), { certificates: chain })).toBe("signature.untrusted");
    }
    // An item of its own counts.
    const certificates = [leaf.certificate, issuer.certificate];
    expect(outcome(by(issuer), { certificates })).toBe("verified");
  });

  it("count each if one text has several public keys", () => {
    const spki = (pem: string): string =>
      createPublicKey(pem).export({ type: "spki", format: "pem" }).toString();
    const both = spki(old.certificate) + spki(next.certificate);
    for (const signer of [old, next]) {
      expect(outcome(by(signer), { publicKeys: [both] })).toBe("verified");
    }
    const cut = spki(old.certificate) + spki(next.certificate).slice(0, 80);
    expect(outcome(by(old), { publicKeys: [cut] })).toBe("signature.trust_unreadable");
  });

  it("are refused if they are weak keys", () => {
    const weak = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    const koblitz = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey;
    expect(outcome(by(old), { publicKeys: [weak] })).toBe("signature.short_key");
    expect(outcome(by(next), { publicKeys: [koblitz] })).toBe("signature.short_key");
  });
});

/** The base64 of two blocks in one. */
function joined(a: string, b: string): string {
  const body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, "");
  const bytes = Buffer.concat([a, b].map((pem) => Buffer.from(body(pem), "base64")));
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString("base64")}\n-----END CERTIFICATE-----\n`;
}
