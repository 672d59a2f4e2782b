import { beforeAll, describe, expect, it } from "vitest";
import { repairCertificate, validateCertificate } from "../../../src/certificates/index.ts";
import {
  acceptUnverified,
  buildMetadata,
  diffMetadata,
  encryptionCertificates,
  parseMetadata,
  signingCertificates,
  summarizeEntities,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";

const now = "2030-01-01T00:00:00Z";
const dates = { notBefore: "2029-01-01T00:00:00Z", notAfter: "2032-01-01T00:00:00Z" };

let root: TestCertificate;
let authority: TestCertificate;
let leaf: TestCertificate;
let next: TestCertificate;

beforeAll(async () => {
  root = await createTestCertificate({ ...dates, subject: { CN: "Root" } });
  authority = await createTestCertificate({ ...dates, subject: { CN: "CA" }, issuer: root });
  leaf = await createTestCertificate({ ...dates, subject: { CN: "idp" }, issuer: authority });
  next = await createTestCertificate({ ...dates, subject: { CN: "idp" } });
});

const x509 = (...texts: readonly string[]): string =>
  `<ds:X509Data>${texts.map((text) => `<ds:X509Certificate>${text}</ds:X509Certificate>`).join("")}</ds:X509Data>`;

const key = (keyInfo: string, use = ' use="signing"'): string =>
  `<KeyDescriptor${use}><ds:KeyInfo>${keyInfo}</ds:KeyInfo></KeyDescriptor>`;

const idp = (...keys: readonly string[]): string =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example.com/" validUntil="2030-02-01T00:00:00Z">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys.join("")}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></IDPSSODescriptor>
</EntityDescriptor>`;

const names = (list: readonly { readonly derBase64: string }[]): readonly string[] =>
  list.map(({ derBase64 }) => derBase64);

function signing(xml: string): readonly string[] {
  const [entity] = parseMetadata(xml).entities;
  return names(signingCertificates(acceptUnverified(entity!), "IDPSSODescriptor"));
}

function findings(xml: string): Readonly<Record<string, string>> {
  const report = validateMetadata(xml, { now });
  return Object.fromEntries(report.findings.map(({ code, severity }) => [code, severity]));
}

async function summary(xml: string): Promise<readonly string[]> {
  for await (const { certificates } of summarizeEntities(xml)) return certificates;
  return [];
}

const base64 = (...parts: readonly (string | Uint8Array)[]): string =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "base64") : part)),
  ).toString("base64");

describe("the keys of metadata, and of the same text as an upload", () => {
  it("are the same, however the certificates stand in X509Data and KeyDescriptors", () => {
    const one = fc.nat(3);
    const data = fc.array(one, { minLength: 1, maxLength: 3 });
    const descriptor = fc.array(data, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(descriptor, { minLength: 1, maxLength: 2 }), (descriptors) => {
        const all = [leaf, authority, root, next].map(({ derBase64 }) => derBase64);
        const texts = descriptors.map((list) =>
          key(list.map((each) => x509(...each.map((i) => all[i] as string))).join("")),
        );
        const keys = signing(idp(...texts));
        for (const text of [idp(...texts), texts.join("\n")]) {
          const report = validateCertificate(text, { now });
          const found = report.certificate && [report.certificate.derBase64];
          expect(found).toEqual(keys.length === 1 ? keys : undefined);
          const codes = report.findings.map(({ code }) => code);
          expect(codes.includes("pem.multiple_certificates")).toBe(keys.length > 1);
          const repair = () => repairCertificate(text).certificate.derBase64;
          if (keys.length === 1) expect(repair()).toBe(keys[0]);
          else expect(repair).toThrow(`contains ${keys.length} certificates`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe("a chain in one X509Data", () => {
  it("gives the end entity's key alone, in any order", async () => {
    const all = [leaf, authority, root].map(({ derBase64 }) => derBase64);
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [0, 1],
      [1, 0],
    ]) {
      const xml = idp(key(x509(...order.map((i) => all[i]!))));
      expect(signing(xml)).toEqual([leaf.derBase64]);
      expect(await summary(xml)).toEqual([leaf.derBase64]);
      expect(findings(xml)).toMatchObject({ "metadata.key.issuers": "warning" });
      expect(findings(xml)).not.toHaveProperty("metadata.key.rotation");
      expect(findings(xml)).not.toHaveProperty("metadata.key.several");
    }
  });

  it("names the issuers", () => {
    const { findings: found } = validateMetadata(
      idp(key(x509(leaf.derBase64, authority.derBase64))),
      { now },
    );
    const issuers = found.find(({ code }) => code === "metadata.key.issuers");
    expect(issuers?.message).toContain('"CN=CA"');
  });

  it("counts for encryption too", () => {
    const xml = idp(key(x509(authority.derBase64, leaf.derBase64), ' use="encryption"'));
    const [entity] = parseMetadata(xml).entities;
    expect(names(encryptionCertificates(acceptUnverified(entity!)))).toEqual([leaf.derBase64]);
  });

  it("gives the same keys without the issuer", () => {
    const bare = idp(key(x509(leaf.derBase64)));
    const chain = idp(key(x509(leaf.derBase64, authority.derBase64)));
    expect(diffMetadata(bare, chain)).toMatchObject({ same: true, keys: [] });
  });

  it("is written again as a chain", () => {
    const chain = idp(key(x509(authority.derBase64, leaf.derBase64) + x509(next.derBase64)));
    const again = buildMetadata(parseMetadata(chain).root);
    expect(signing(again)).toEqual([leaf.derBase64, next.derBase64]);
    expect(again).toContain(authority.derBase64);
    const [entity] = parseMetadata(chain).entities;
    const [descriptor] = entity?.roles?.[0]?.keyDescriptors ?? [];
    const orphan = {
      ...descriptor,
      keyInfo: { certificates: [next.certificate], issuers: [root.certificate] },
    };
    const role = { ...entity!.roles![0]!, keyDescriptors: [orphan] };
    expect(() => buildMetadata({ ...entity!, roles: [role] })).toThrow("issued none");
  });

  it("gives no key of an authority next to an unreadable certificate", async () => {
    const constrained = await createTestCertificate({
      ...dates,
      subject: { CN: "CA" },
      extensions: [
        { oid: "2.5.29.19", critical: true, value: Uint8Array.from([0x30, 3, 1, 1, 0xff]) },
      ],
    });
    const xml = idp(key(x509("AAAA", constrained.derBase64)));
    expect(() => signing(xml)).toThrow(expect.objectContaining({ code: "metadata.no_usable_key" }));
    expect(signing(idp(key(x509("AAAA", next.derBase64))))).toEqual([next.derBase64]);
  });
});

describe("several certificates without a chain", () => {
  it("are several keys, in one X509Data, in several, and in several KeyDescriptors", async () => {
    const both = [leaf.derBase64, next.derBase64];
    for (const xml of [
      idp(key(x509(...both))),
      idp(key(both.map((one) => x509(one)).join(""))),
      idp(...both.map((one) => key(x509(one)))),
    ]) {
      expect(signing(xml)).toEqual(both);
      expect(await summary(xml)).toEqual(both);
      expect(findings(xml)).toMatchObject({ "metadata.key.rotation": "notice" });
    }
  });

  it("include an authority in an X509Data of its own", () => {
    const xml = idp(key(x509(leaf.derBase64) + x509(authority.derBase64)));
    expect(signing(xml)).toEqual([leaf.derBase64, authority.derBase64]);
  });
});

describe("extra bytes in X509Certificate", () => {
  const cases: readonly (readonly [string, (key: TestCertificate) => string])[] = [
    ["another certificate after it", (one) => base64(one.derBase64, next.derBase64)],
    ["the same certificate again", (one) => base64(one.derBase64, one.derBase64)],
    ["a zero byte after it", (one) => base64(one.derBase64, Uint8Array.of(0))],
    ["a line feed after it", (one) => base64(one.derBase64, Uint8Array.of(10))],
    ["a byte before it", (one) => base64(Uint8Array.of(5), one.derBase64)],
    ["a cut end", (one) => base64(Buffer.from(one.derBase64, "base64").subarray(0, -3))],
    [
      "a private key after it",
      (one) => base64(one.derBase64, one.privateKeyPem.replace(/-----[^-]+-----/g, "")),
    ],
    [
      "a private key before it",
      (one) => base64(one.privateKeyPem.replace(/-----[^-]+-----/g, ""), one.derBase64),
    ],
  ];

  it.each(cases)("are an error, and the certificate gives no key: %s", (name, make) => {
    const xml = idp(key(x509(make(leaf))));
    expect(findings(xml)).toMatchObject({ "metadata.certificate.unreadable": "error" });
    expect(() => signing(xml)).toThrow(expect.objectContaining({ code: "metadata.no_usable_key" }));
    const [entity] = parseMetadata(xml).entities;
    const { keyInfo } = entity!.roles![0]!.keyDescriptors![0]!;
    expect(keyInfo?.unreadableCertificates).toHaveLength(1);
    const holdsKey = name.includes("private key");
    expect("metadata.certificate.private_key" in findings(xml)).toBe(holdsKey);
    expect(keyInfo?.unreadableCertificates?.[0] === "(a private key)").toBe(holdsKey);
    // Another key of the role still counts.
    expect(signing(idp(key(x509(make(leaf))), key(x509(next.derBase64))))).toEqual([
      next.derBase64,
    ]);
  });

  it("are reported at the certificate", () => {
    const { findings: found } = validateMetadata(
      idp(key(x509(base64(leaf.derBase64, next.derBase64)))),
      { now },
    );
    const unreadable = found.find(({ code }) => code === "metadata.certificate.unreadable");
    expect(unreadable?.message).toMatch(/^A certificate cannot be used\. \S/);
    expect(unreadable?.at?.path).toMatch(/X509Certificate$/);
  });

  it("are always reported", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.boolean(), (bytes, after) => {
        const text = after ? base64(leaf.derBase64, bytes) : base64(bytes, leaf.derBase64);
        const xml = idp(key(x509(text)));
        expect(validateMetadata(xml, { now }).ok).toBe(false);
        expect(() => signing(xml)).toThrow(
          expect.objectContaining({ code: "metadata.no_usable_key" }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("do not include blank lines and indentation", () => {
    const wrapped = leaf.derBase64.replace(/.{20}/g, "$&\n\t ");
    expect(signing(idp(key(x509(wrapped))))).toEqual([leaf.derBase64]);
  });
});

describe("a private key written as XML", () => {
  it.each(["RSAKeyValue", "RSAKeyPair"])("is found in %s", (name) => {
    const value = `<ds:KeyValue><ds:${name}><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent><ds:D>AQAB</ds:D></ds:${name}></ds:KeyValue>`;
    expect(findings(idp(key(value + x509(leaf.derBase64))))).toMatchObject({
      "metadata.certificate.private_key": "error",
    });
  });
});
