import { spawnSync } from "node:child_process";
import { constants, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import { certified, inFolder, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const pyca = requireProgram("/usr/bin/python3", ["-c", "import cryptography, lxml"]);
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

const SIGN = `
import base64, hashlib, sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree
key, document, name, salt = sys.argv[1:]
DS = "{http://www.w3.org/2000/09/xmldsig#}"
def canonical(node):
    return etree.tostring(node, method="c14n", exclusive=True)
tree = etree.parse(document)
signature = tree.getroot().find(DS + "Signature")
bare = etree.parse(document)
bare.getroot().remove(bare.getroot().find(DS + "Signature"))
value = base64.b64encode(hashlib.sha512(canonical(bare.getroot())).digest()).decode()
signature.find(".//" + DS + "DigestValue").text = value
hash = getattr(hashes, name.upper())()
pss = padding.PSS(mgf=padding.MGF1(hash), salt_length=int(salt))
private = serialization.load_pem_private_key(open(key, "rb").read(), None)
made = private.sign(canonical(signature.find(DS + "SignedInfo")), pss, hash)
signature.find(DS + "SignatureValue").text = base64.b64encode(made).decode()
sys.stdout.write(etree.tostring(tree, encoding="unicode"))
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

  const DIGESTS = {
    sha1: "http://www.w3.org/2000/09/xmldsig#sha1",
    sha224: "http://www.w3.org/2001/04/xmldsig-more#sha224",
    sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
    sha384: "http://www.w3.org/2001/04/xmldsig-more#sha384",
    sha512: "http://www.w3.org/2001/04/xmlenc#sha512",
  } as const;
  type Hash = keyof typeof DIGESTS;
  const digest = (hash: Hash): string => `<ds:DigestMethod Algorithm="${DIGESTS[hash]}"/>`;
  const mgf = (hash: Hash): string =>
    `<pss:MaskGenerationFunction Algorithm="${URI}MGF1">${digest(hash)}</pss:MaskGenerationFunction>`;
  const parameters = (...content: readonly string[]): string =>
    `<pss:RSAPSSParams xmlns:pss="${URI}">${content.join("")}</pss:RSAPSSParams>`;

  /** A document as lxml canonicalises it and pyca signs it, in the form of eIDAS nodes. */
  const foreign = (algorithm: string, content: string, hash: Hash, salt: number): string =>
    inFolder((folder) => {
      const [program, key, document] = ["sign.py", "key", "xml"].map((name) =>
        join(folder, name),
      ) as [string, string, string];
      writeFileSync(program, SIGN);
      writeFileSync(key, signer.privateKey);
      const transform =
        '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>';
      const template = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
  <ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
    <ds:SignatureMethod Algorithm="${URI}${algorithm}">${content}</ds:SignatureMethod>
    <ds:Reference URI="#_1"><ds:Transforms>${transform}</ds:Transforms>${digest("sha512")}<ds:DigestValue/></ds:Reference>
  </ds:SignedInfo>
  <ds:SignatureValue/>
</ds:Signature>`;
      writeFileSync(document, xml.replace("><", `>${template}<`));
      const { stdout, stderr } = spawnSync(
        "/usr/bin/python3",
        [program, key, document, hash, `${salt}`],
        {
          encoding: "utf8",
        },
      );
      expect(stderr).toBe("");
      return stdout;
    });

  const SIGNED: readonly (readonly [
    algorithm: string,
    content: string,
    hash: Hash,
    salt: number,
  ])[] = [
    ["sha224-rsa-MGF1", "", "sha224", 28],
    ["sha256-rsa-MGF1", "", "sha256", 32],
    ["sha384-rsa-MGF1", "", "sha384", 48],
    ["sha512-rsa-MGF1", "", "sha512", 64],
    ["rsa-pss", "", "sha256", 32],
    ["rsa-pss", parameters(), "sha256", 32],
    ["rsa-pss", parameters("<pss:SaltLength>20</pss:SaltLength>"), "sha256", 20],
    ["rsa-pss", parameters(digest("sha512"), mgf("sha512")), "sha512", 64],
    [
      "rsa-pss",
      parameters(digest("sha384"), "<pss:SaltLength> 32 </pss:SaltLength>"),
      "sha384",
      32,
    ],
    [
      "rsa-pss",
      parameters(
        ...[digest("sha256"), mgf("sha256")],
        ...["<pss:SaltLength>32</pss:SaltLength>", "<pss:TrailerField>1</pss:TrailerField>"],
      ),
      "sha256",
      32,
    ],
    [
      "rsa-pss",
      parameters(digest("sha512"), mgf("sha512"), "<pss:SaltLength>0</pss:SaltLength>"),
      "sha512",
      0,
    ],
  ];

  it.skipIf(pyca.missing).each(SIGNED)(
    `is verified as lxml and pyca sign it: %s%s with %s and a salt of %i bytes${pyca.note}`,
    async (algorithm, content, hash, salt) => {
      const signed = foreign(algorithm, content, hash, salt);
      expect(codeOf(signed)).toBe(`${URI}${algorithm}`);
      expect(await verifyEntities(signed, { trust })).toHaveLength(1);
      expect(codeOf(signed.replace("urn:a", "urn:b"))).toBe("signature.digest");
      if (content.includes("SaltLength")) {
        const other = signed.replace(/(SaltLength>)\s*\d+/, "$133");
        expect(codeOf(other)).toBe("signature.untrusted");
      }
    },
  );

  it.skipIf(pyca.missing)(`is refused with SHA-1 among its parameters${pyca.note}`, () => {
    const signed = foreign("rsa-pss", parameters(digest("sha1"), mgf("sha1")), "sha1", 20);
    expect(codeOf(signed)).toBe("signature.sha1");
    expect(codeOf(signed, { unsafe: { sha1: true } })).toBe(`${URI}rsa-pss`);
  });

  it.each([
    ["an unknown element", `<pss:RSAPSSParameters xmlns:pss="${URI}"/>`],
    ["two sets", parameters() + parameters()],
    ["another trailer", parameters("<pss:TrailerField>2</pss:TrailerField>")],
    ["a salt that is no number", parameters("<pss:SaltLength>x</pss:SaltLength>")],
    ["a salt that is too long", parameters("<pss:SaltLength>513</pss:SaltLength>")],
    ["a salt with a child", parameters("<pss:SaltLength>1<a/></pss:SaltLength>")],
    ["two salts", parameters("<pss:SaltLength>1</pss:SaltLength>".repeat(2))],
    ["a mask with another hash", parameters(digest("sha512"), mgf("sha256"))],
    ["a mask of SHA-256 by default", parameters(digest("sha512"), "<pss:MaskGenerationFunction/>")],
    ["another mask", parameters(mgf("sha256").replace("#MGF1", "#MGF2"))],
    ["an unknown hash", parameters(digest("sha256").replace("sha256", "sha257"))],
    ["a comment", parameters("<!-- c -->")],
    ["text", parameters("text")],
    ["content in the hash", parameters(digest("sha256").replace("/>", "><a/></ds:DigestMethod>"))],
  ])("is refused with parameters that have %s", (_, content) => {
    const signed = signMetadata(xml, { ...signer, padding: "pss" });
    const named = signed.replace(
      /<ds:SignatureMethod [^>]*>/,
      `<ds:SignatureMethod Algorithm="${URI}rsa-pss">${content}</ds:SignatureMethod>`,
    );
    expect(codeOf(named)).toBe("signature.structure");
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
    // The key's parameters do not allow SHA-256.
    const other = signed.replace("#sha384-rsa-MGF1", "#sha256-rsa-MGF1");
    expect(codeOf(other, { trust: { certificates } })).toBe("signature.changed");
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
