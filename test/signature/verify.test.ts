import { createHash, createPublicKey, verify as isSignedBy } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MetadataError, SignatureError } from "../../src/core/errors.ts";
import { trustOf } from "../../src/metadata/model/trust.ts";
import {
  signMetadata,
  type VerifyOptions,
  verifyEntities,
  verifyMetadata,
} from "../../src/signature/index.ts";
import { canonicalPart, type Preamble, readPreamble } from "../../src/signature/preamble.ts";
import { DEFAULT_LIMITS } from "../../src/xml/limits.ts";
import { makeSigner, signatureTemplate, xmlsec1Signs } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

const role =
  '<SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/></SPSSODescriptor>';

function document(signature: string, attributes = 'ID="_1"', before = "", after = ""): string {
  return `${before}<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:x="urn:x" ${attributes} entityID="https://sp.example.com/">${signature}
  ${role}
</EntityDescriptor>${after}`;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "verified";
  } catch (error) {
    expect(error instanceof SignatureError || error instanceof MetadataError, String(error)).toBe(
      true,
    );
    return (error as { code: string }).code;
  }
}

describe.skipIf(openssl.missing)(`verifyMetadata${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };
  const signed = openssl.missing ? "" : signMetadata(document(""), signer);
  const verify = (xml: string, options: Partial<VerifyOptions> = {}): string =>
    codeOf(() => verifyMetadata(xml, { trust, ...options }));

  it("returns entities that are marked as verified, and how they were signed", () => {
    const { entities, signature, signed: isSigned } = verifyMetadata(signed, { trust });
    expect(entities).toHaveLength(1);
    expect(trustOf(entities[0]!)).toBe("verified");
    expect(trustOf({ ...entities[0]! })).toBe("untrusted");
    expect(isSigned).toBe(true);
    expect(signature).toMatchObject({ algorithm: `${MORE}rsa-sha256`, secondOpinion: false });
    expect(signature.keySha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("trusts the certificates and keys that are given, and no other", () => {
    const other = makeSigner("rsa").certificate;
    const key = createPublicKey(signer.certificate);
    expect(verify(signed, { trust: { certificates: [other, signer.certificate] } })).toBe(
      "verified",
    );
    expect(verify(signed, { trust: { publicKeys: [key] } })).toBe("verified");
    const pem = key.export({ type: "spki", format: "pem" }).toString();
    expect(verify(signed, { trust: { publicKeys: [pem], certificates: [other] } })).toBe(
      "verified",
    );
    expect(verify(signed, { trust: { certificates: [other] } })).toBe("signature.untrusted");
    expect(verify(signed, { trust: { certificates: [makeSigner("P-256").certificate] } })).toBe(
      "signature.untrusted",
    );
  });

  it("refuses an RSA key with the exponent 1, with which everybody can sign", () => {
    const { n, kty } = createPublicKey(signer.certificate).export({ format: "jwk" });
    const key = createPublicKey({ key: { kty, n, e: "AQ" } as never, format: "jwk" });
    const preamble = readPreamble({ latin1: signed, high: undefined }, true, DEFAULT_LIMITS);
    const method = { isExclusive: true, withComments: false, inclusivePrefixes: [] };
    const bytes = canonicalPart(preamble as Preamble, "SignedInfo", method, DEFAULT_LIMITS);
    // RFC 8017, 9.2: the message that is raised to a power.
    const digest = createHash("sha256").update(bytes).digest("hex");
    const info = `3031300d060960864801650304020105000420${digest}`;
    const padded = `0001${"ff".repeat(256 - 3 - info.length / 2)}00${info}`;
    const value = Buffer.from(padded, "hex");
    // OpenSSL takes it; BoringSSL has no use for such a key.
    const isBoring = "bun" in process.versions;
    expect(isSignedBy("sha256", Buffer.from(bytes), key, value)).toBe(!isBoring);
    const forged = signed.replace(
      /<ds:SignatureValue>[^<]*/,
      `<ds:SignatureValue>${value.toString("base64")}`,
    );
    expect(verify(forged, { trust: { publicKeys: [key] } })).toBe("signature.untrusted");
  });

  it("refuses a private key as an anchor", () => {
    expect(verify(signed, { trust: { publicKeys: [signer.privateKey] } })).toBe(
      "signature.trust_unreadable",
    );
  });

  it("refuses a document without a signature, or with one that is not the first child", () => {
    expect(verify(document(""))).toBe("signature.missing");
    const [signature] = /<ds:Signature .*<\/ds:Signature>/s.exec(signed) as unknown as [string];
    const moved = signed
      .replace(signature, "")
      .replace("</EntityDescriptor>", (end) => signature + end);
    expect(verify(moved)).toBe("signature.misplaced");
    expect(verify(signed.replace(signature, signature + signature))).toBe("signature.several");
    expect(verify(signed.replace("<SPSSO", `${signature}<SPSSO`))).toBe("signature.several");
  });

  it("refuses a second element with the ID of the root, whatever the attribute is called", () => {
    for (const name of ["ID", "Id", "id", "xml:id", "x:iD"]) {
      const doubled = signed.replace(
        "<SPSSODescriptor",
        `<SPSSODescriptor ${name}="${/ID="(\w+)"/.exec(signed)![1]}"`,
      );
      expect(verify(doubled), name).toBe("signature.duplicate_id");
    }
  });

  it("refuses an ID that other programs may not accept, and a root that has it twice", () => {
    const id = /ID="(\w+)"/.exec(signed)![1] as string;
    for (const odd of ["xpointer(/)", "xpointer(id('_1'))", " _1", "_1 a", "%5F1", ""]) {
      expect(verify(signed.replaceAll(id, odd)), odd).toBe("signature.reference");
    }
    expect(verify(signed.replace(" ID=", ` Id="${id}" ID=`))).toBe("signature.duplicate_id");
  });

  it("refuses an expired document, entity or role, and allows for clock skew", () => {
    const until = "2030-01-01T00:00:00Z";
    const time = Date.parse(until) / 1000;
    for (const xml of [
      document("", `ID="_1" validUntil="${until}"`),
      document("").replace("<SPSSODescriptor", `<SPSSODescriptor validUntil="${until}"`),
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><EntitiesDescriptor validUntil="${until}">${document("")}</EntitiesDescriptor></EntitiesDescriptor>`,
    ]) {
      const dated = signMetadata(xml, signer);
      expect(verify(dated, { now: time })).toBe("verified");
      expect(verify(dated, { now: new Date((time + 179) * 1000) })).toBe("verified");
      expect(verify(dated, { now: time + 180 })).toBe("signature.expired");
      expect(verify(dated, { now: time, validity: { clockSkewSeconds: 0 } })).toBe(
        "signature.expired",
      );
    }
  });

  it("requires and limits validUntil if the caller does", () => {
    const now = Date.parse("2030-01-01T00:00:00Z") / 1000;
    const dated = (until: string): string =>
      signMetadata(document("", `ID="_1" validUntil="${until}"`), signer);
    for (const validity of [{ requireValidUntil: true }, { maxValiditySeconds: 60 }]) {
      expect(verify(signed, { now, validity })).toBe("signature.valid_until_missing");
    }
    expect(verify(signed, { now, validity: { requireValidUntil: false } })).toBe("verified");
    const validity = { maxValiditySeconds: 86_400, requireValidUntil: true };
    expect(verify(dated("2030-01-01T12:00:00Z"), { now, validity })).toBe("verified");
    expect(verify(dated("2030-01-03T00:00:00Z"), { now, validity })).toBe(
      "signature.valid_until_far",
    );
    // At the boundary: 86,400 s, and 180 s by which clocks may differ.
    expect(verify(dated("2030-01-02T00:03:00Z"), { now, validity })).toBe("verified");
    expect(verify(dated("2030-01-02T00:03:01Z"), { now, validity })).toBe(
      "signature.valid_until_far",
    );
  });

  describe.skipIf(xmlsec1.missing)(`verifies a signature of xmlsec1${xmlsec1.note}`, () => {
    const method = (algorithm: string, content = ""): string =>
      `<CanonicalizationMethod Algorithm="${algorithm}">${content}</CanonicalizationMethod>`;
    const transform = (algorithm: string, content = ""): string =>
      `<Transform Algorithm="${algorithm}">${content}</Transform>`;
    const prefixes = (list: string): string =>
      `<InclusiveNamespaces xmlns="${EXCLUSIVE}" PrefixList="${list}"/>`;

    it.each([
      ["exclusive", method(EXCLUSIVE), transform(EXCLUSIVE)],
      ["with comments", method(`${EXCLUSIVE}WithComments`), transform(`${EXCLUSIVE}WithComments`)],
      ["inclusive", method(C14N), transform(C14N)],
      [
        "inclusive with comments",
        method(`${C14N}#WithComments`),
        transform(`${C14N}#WithComments`),
      ],
      [
        "1.1",
        method("http://www.w3.org/2006/12/xml-c14n11"),
        transform("http://www.w3.org/2006/12/xml-c14n11"),
      ],
      ["by default", method(C14N), ""],
      [
        "with a prefix list",
        method(EXCLUSIVE, prefixes("x  #default")),
        transform(EXCLUSIVE, prefixes("#default x q")),
      ],
    ])("%s", async (_, canonical, transformed) => {
      const template = signatureTemplate("_1", { canonical, transform: transformed });
      for (const comment of ["", "\n", "<!-- a comment\r\n -->"]) {
        const xml = document(
          template + comment,
          `ID="_1"${comment && ' xml:lang="en"'}`,
          comment,
          comment,
        );
        const made = xmlsec1Signs(xml, signer);
        const { entities } = verifyMetadata(made, { trust });
        expect(entities).toHaveLength(1);
        expect(await verifyEntities(made, { trust })).toEqual(entities);
        expect(verify(made.replace("/acs", "/bcs"))).toBe("signature.digest");
      }
    });

    it.each([
      ["P-256", "ecdsa-sha256", `${MORE}sha384`],
      ["P-384", "ecdsa-sha384", `${MORE}sha384`],
      ["P-521", "ecdsa-sha512", "http://www.w3.org/2001/04/xmlenc#sha512"],
      ["rsa", "rsa-sha384", "http://www.w3.org/2001/04/xmlenc#sha256"],
    ] as const)("with a key %s and %s", (kind, algorithm, digest) => {
      const own = makeSigner(kind);
      const template = signatureTemplate("_1", { signature: MORE + algorithm, digest });
      const made = xmlsec1Signs(document(template), own);
      const result = verifyMetadata(made, { trust: { certificates: [own.certificate] } });
      expect(result.signature).toMatchObject({ algorithm: MORE + algorithm, secondOpinion: false });
    });

    it("with SHA-1 or a short key only if an unsafe option says so", () => {
      const sha1 = xmlsec1Signs(
        document(
          signatureTemplate("_1", { signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }),
        ),
        signer,
      );
      expect(verify(sha1)).toBe("signature.sha1");
      expect(verify(sha1, { unsafe: { sha1: true } })).toBe("verified");
      const digest = "http://www.w3.org/2000/09/xmldsig#sha1";
      const weak = xmlsec1Signs(document(signatureTemplate("_1", { digest })), signer);
      expect(verify(weak)).toBe("signature.sha1");
      const short = makeSigner("rsa1024");
      const made = xmlsec1Signs(document(signatureTemplate("_1")), short);
      const own = { trust: { certificates: [short.certificate] } };
      expect(verify(made, own)).toBe("signature.short_key");
      expect(verify(made, { ...own, unsafe: { shortRsaKeys: true } })).toBe("verified");
    });

    it("unless its validUntil is not a time", () => {
      const xml = document(signatureTemplate("_1"), 'ID="_1" validUntil="soon"');
      expect(verify(xmlsec1Signs(xml, signer), { now: 0 })).toBe("signature.valid_until");
    });

    it('with URI="" only if the caller allows it, and never with another ID', () => {
      const empty = xmlsec1Signs(document(signatureTemplate("")), signer);
      expect(verify(empty)).toBe("signature.reference_empty");
      expect(verify(empty, { allowEmptyReference: true })).toBe("verified");
      const inner = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_2">${signatureTemplate("_1")}${document("")}</EntitiesDescriptor>`;
      expect(verify(xmlsec1Signs(inner, signer))).toBe("signature.reference");
    });
  });

  it("reads the signature from a stream that is cut anywhere", async () => {
    const bytes = Buffer.from(signed);
    async function* single(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    expect(await verifyEntities(single(), { trust })).toHaveLength(1);
    await expect(verifyEntities(bytes.subarray(0, -3), { trust })).rejects.toMatchObject({
      code: "xml.truncated",
    });
  });

  it("reads no more of a stream than the bytes within which the signature must end", async () => {
    const [before = "", after = ""] = signed.split("<ds:SignatureValue>");
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${before}<ds:SignatureValue>`);
      for (; read < 4 * 1024 * 1024; read += 1024) yield Buffer.alloc(1024, 0x20);
      yield Buffer.from(after);
    }
    await expect(verifyEntities(endless(), { trust })).rejects.toMatchObject({
      code: "signature.too_long",
    });
    expect(read).toBeGreaterThan(200 * 1024);
    expect(read).toBeLessThan(512 * 1024);
    const long = signed.replace("<ds:SignatureValue>", `$&${" ".repeat(200_000)}`);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(long);
      for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
    }
    expect(await verifyEntities(pieces(), { trust })).toHaveLength(1);
  });

  it("counts the bytes of all entities of a stream that it holds", async () => {
    const members = ["a", "b", "c"].map((id) =>
      document("", "").replace('https://sp.example.com/"', `urn:${id}"`),
    );
    const aggregate = signMetadata(
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${members.join("")}</EntitiesDescriptor>`,
      signer,
    );
    const [size = 0] = members.map(({ length }) => length);
    const read = async (maxBytes: number) =>
      await verifyEntities(aggregate, { trust, limits: { maxBytes } }).then(
        ({ length }) => length,
        ({ code }) => code,
      );
    expect(await read(3 * size)).toBe(3);
    expect(await read(3 * size - 1)).toBe("signature.limit.held");
    // Gaps between pieces move the window.
    async function* single(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.from(aggregate);
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    }
    const found = await verifyEntities(single(), { trust, limits: { maxBytes: 3 * size } });
    expect(found.map(({ entityId }) => entityId)).toEqual(["urn:a", "urn:b", "urn:c"]);
  });

  it("returns only the selected entities of a stream, and holds no more than the limit", async () => {
    const members = ["a", "b", "c"].map((id) =>
      document("", "").replace('https://sp.example.com/"', `urn:${id}"`),
    );
    const aggregate = signMetadata(
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" Name="g">${members.join("")}</EntitiesDescriptor>`,
      signer,
    );
    const select = { entityIds: ["urn:b"] };
    const found = await verifyEntities(aggregate, { trust, select });
    expect(found).toMatchObject([{ entityId: "urn:b", inherited: { groups: ["g"] } }]);
    expect(trustOf(found[0]!)).toBe("verified");
    const limits = { maxBytes: 500 };
    await expect(verifyEntities(aggregate, { trust, limits })).rejects.toMatchObject({
      code: "signature.limit.held",
    });
    const changed = aggregate.replace("urn:c", "urn:d");
    await expect(verifyEntities(changed, { trust, select })).rejects.toMatchObject({
      code: "signature.digest",
    });
  });
});
