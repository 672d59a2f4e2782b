import { spawnSync } from "node:child_process";
import { constants, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { certified, inFolder, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const pyca = requireProgram("/usr/bin/python3", ["-c", "import cryptography"]);
const xml =
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_1" entityID="urn:a"><Extensions/></EntityDescriptor>';
const URI = "http://www.w3.org/2007/05/xmldsig-more#";
const PSS = constants.RSA_PKCS1_PSS_PADDING;

/** Signs the SignedInfo of a document anew, after a change. */
function resigned(
  signed: string,
  change: (signedInfo: string) => string,
  make: (bytes: Buffer) => Buffer,
): string {
  const [before] = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(signed) as RegExpExecArray;
  const after = change(before);
  const canonical = after
    .replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
    .replaceAll(/<(ds:\w+)([^<>]*)\/>/g, "<$1$2></$1>");
  const value = make(Buffer.from(canonical)).toString("base64");
  return signed
    .replace(before, after)
    .replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${value}`);
}

const VERIFY = `
import base64, sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import load_pem_x509_certificate
certificate, data, value, name = sys.argv[1:]
key = load_pem_x509_certificate(open(certificate, "rb").read()).public_key()
hash = getattr(hashes, name.upper())()
pss = padding.PSS(mgf=padding.MGF1(hash), salt_length=hash.digest_size)
key.verify(base64.b64decode(value), open(data, "rb").read(), pss, hash)
`;

describe.skipIf(openssl.missing)(`RSA-PSS${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: signer.certificate };
  const codeOf = (document: string, options: object = {}): string => {
    try {
      return verifyMetadata(document, { trust, ...options }).signature.algorithm;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each(["sha256", "sha384", "sha512"] as const)(
    "is signed and verified with %s",
    async (hash) => {
      const signed = signMetadata(xml, { ...signer, hash, padding: "pss" });
      expect(codeOf(signed)).toBe(`${URI}${hash}-rsa-MGF1`);
      expect(await verifyEntities(signed, { trust })).toHaveLength(1);
      expect(codeOf(signed.replace("urn:a", "urn:b"))).toBe("signature.digest");
      expect(codeOf(signed.replace(/SignatureValue>./, "SignatureValue>/"))).toBe(
        "signature.changed",
      );
    },
  );

  it.skipIf(pyca.missing).each(["sha256", "sha384", "sha512"] as const)(
    `is signed as pyca verifies it, with %s${pyca.note}`,
    (hash) => {
      const signed = signMetadata(xml, { ...signer, hash, padding: "pss" });
      const canonical: Buffer[] = [];
      resigned(
        signed,
        (same) => same,
        (bytes) => {
          canonical.push(bytes);
          return bytes;
        },
      );
      const [, value = ""] = /<ds:SignatureValue>([^<]*)/.exec(signed) ?? [];
      const answer = inFolder((folder) => {
        const [program, certificate, data] = ["verify.py", "crt", "data"].map((name) =>
          join(folder, name),
        ) as [string, string, string];
        writeFileSync(program, VERIFY);
        writeFileSync(certificate, signer.certificate);
        writeFileSync(data, canonical[0] as Buffer);
        return spawnSync("/usr/bin/python3", [program, certificate, data, value, hash], {
          encoding: "utf8",
        });
      });
      expect(answer.stderr).toBe("");
      expect(answer.status).toBe(0);
    },
  );

  it.each(["sha1", "sha224", "sha256", "sha384", "sha512"])("is verified with %s", (hash) => {
    const key = createPrivateKey(signer.privateKey);
    const made = resigned(
      signMetadata(xml, signer),
      (info) =>
        info.replace(/<ds:SignatureMethod [^>]*/, (method) =>
          method.replace(/"[^"]*"/, `"${URI}${hash}-rsa-MGF1"`),
        ),
      (bytes) =>
        sign(hash, bytes, { key, padding: PSS, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
    );
    expect(codeOf(made)).toBe(hash === "sha1" ? "signature.sha1" : `${URI}${hash}-rsa-MGF1`);
    expect(codeOf(made, { unsafe: { sha1: true } })).toBe(`${URI}${hash}-rsa-MGF1`);
  });

  it("is refused with another salt length, and as a PKCS #1 signature", () => {
    const key = createPrivateKey(signer.privateKey);
    const signed = signMetadata(xml, { ...signer, padding: "pss" });
    const same = (info: string): string => info;
    for (const saltLength of [0, 20, 48]) {
      const made = resigned(signed, same, (bytes) =>
        sign("sha256", bytes, { key, padding: PSS, saltLength }),
      );
      expect(codeOf(made)).toBe("signature.changed");
    }
    expect(codeOf(resigned(signed, same, (bytes) => sign("sha256", bytes, key)))).toBe(
      "signature.changed",
    );
  });

  it("is refused with parameters of its own, by name", () => {
    const signed = signMetadata(xml, { ...signer, padding: "pss" });
    const named = signed.replace("#sha256-rsa-MGF1", "#rsa-pss");
    expect(() => verifyMetadata(named, { trust })).toThrow(`"${URI}rsa-pss"`);
  });

  it("is the only signature of a key that is restricted to it", () => {
    const restricted = generateKeyPairSync("rsa-pss" as never, {
      modulusLength: 2048,
      hashAlgorithm: "sha384",
      mgf1HashAlgorithm: "sha384",
      saltLength: 48,
    });
    const own = certified(restricted.privateKey, "sha384");
    const certificates = own.certificate;
    const signed = signMetadata(xml, own);
    const { signature } = verifyMetadata(signed, { trust: { certificates } });
    expect(signature.algorithm).toBe(`${URI}sha384-rsa-MGF1`);
    expect(codeOf(signMetadata(xml, signer), { trust: { certificates } })).toBe(
      "signature.untrusted",
    );
    expect(() => signMetadata(xml, { ...own, padding: "pkcs1" })).toThrow(
      expect.objectContaining({ code: "signature.padding" }),
    );
  });

  it("is not an option for EC keys", () => {
    expect(() => signMetadata(xml, { ...makeSigner("P-256"), padding: "pss" })).toThrow(
      "The padding pss does not fit a key that signs with ec.",
    );
  });
});
