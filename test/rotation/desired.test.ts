import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { desiredFromMetadata, type GuardOverride } from "../../src/rotation/index.ts";
import { signMetadata } from "../../src/signature/index.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { type Cast, cast, day } from "./support/certificates.ts";

let all: Cast;
let signer: TestCertificate;
beforeAll(async () => {
  all = await cast();
  const life = { notBefore: day(-10), notAfter: day(1000) };
  signer = await createTestCertificate({ keyAlgorithm: "RSA-2048", ...life });
});

const entityId = "http://www.okta.com/exk1";
const now = day(0);

function document(keys: readonly Certificate[], id = entityId): string {
  return buildIdentityProviderMetadata({
    entityId: id,
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates: keys,
  });
}

const group = (...documents: readonly string[]) =>
  `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${documents
    .map((text) => text.replace(/^<\?xml[^>]*\?>/, ""))
    .join("")}</EntitiesDescriptor>`;

const code = (name: string) => expect.objectContaining({ code: name });

describe("desiredFromMetadata", () => {
  it("gives the signing keys, the identity provider, and says that nothing was verified", async () => {
    const xml = document([all.current, all.next]);
    const desired = await desiredFromMetadata(xml, { entityId, now });
    expect(desired.certificates.map(({ subject }) => subject.text)).toEqual([
      "CN=current",
      "CN=next",
    ]);
    expect(desired).toMatchObject({ entityId, identityProvider: "okta", verified: false });
    expect(desired.findings).toEqual([code("rotation.metadata_unverified")]);
  });

  it("says which certificates of the metadata it left aside", async () => {
    const authority = await createTestCertificate({ subject: { CN: "Example CA" } });
    const issued = await createTestCertificate({ issuer: authority, notAfter: day(900) });
    const broken = issued.derBase64.slice(0, -8);
    const xml = document([all.current])
      .replace(
        all.current.derBase64,
        `${issued.derBase64}</ds:X509Certificate><ds:X509Certificate>${authority.derBase64}`,
      )
      .replace(
        "<md:KeyDescriptor",
        `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${broken}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor`,
      );
    const desired = await desiredFromMetadata(xml, { entityId, now });
    expect(desired.certificates).toEqual([issued.certificate]);
    expect(desired.findings).toEqual([
      code("rotation.metadata_unverified"),
      code("metadata.certificate.unreadable"),
      code("chain.issuer_left_aside"),
    ]);
  });

  it("refuses metadata whose only signing certificate cannot be read", async () => {
    const xml = document([all.current]).replace(
      all.current.derBase64,
      `${all.current.derBase64}AAAA`,
    );
    await expect(desiredFromMetadata(xml, { entityId, now })).rejects.toEqual(
      code("metadata.no_usable_key"),
    );
  });

  it.each<[string, () => string, string, GuardOverride]>([
    [
      "only expired keys",
      () => document([all.expired, all.ancient]),
      "guard.expired_successor",
      "trust_expired_certificate",
    ],
    [
      "another entity",
      () => document([all.next], "https://other.example.com"),
      "guard.other_entity",
      "accept_other_entity",
    ],
    [
      "no key",
      () =>
        document([all.next]).replace(
          /<(?:\w+:)?KeyDescriptor[\s\S]*<\/(?:\w+:)?KeyDescriptor>/,
          "",
        ),
      "guard.nothing_desired",
      "remove_every_certificate",
    ],
  ])("stops at %s, unless the danger is accepted", async (_, xml, guard, override) => {
    await expect(desiredFromMetadata(xml(), { entityId, now })).rejects.toThrow(code(guard));
    const accepted = await desiredFromMetadata(xml(), { entityId, now, overrides: [override] });
    expect(accepted.findings).toHaveLength(1);
  });

  it("needs the entityID where there are several", async () => {
    const xml = group(document([all.current]), document([all.next], "https://b.example.com"));
    await expect(desiredFromMetadata(xml, { now })).rejects.toThrow(
      code("rotation.entity_ambiguous"),
    );
    const picked = await desiredFromMetadata(xml, { now, entityId: "https://b.example.com" });
    expect(picked.certificates.map(({ subject }) => subject.text)).toEqual(["CN=next"]);
  });

  it("refuses metadata that describes no identity provider", async () => {
    const xml = document([all.next])
      .replaceAll("IDPSSODescriptor", "SPSSODescriptor")
      .replace(
        /<(\w+:)?SingleSignOnService[^>]*>/,
        '<$1AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/>',
      );
    await expect(desiredFromMetadata(xml, { now })).rejects.toThrow(
      code("rotation.no_identity_provider"),
    );
  });

  it("verifies the signature where an anchor is given", async () => {
    const options = { privateKey: signer.privateKeyPem, certificate: signer.certificate };
    const xml = signMetadata(document([all.next]), options);
    const trust = { certificates: [signer.pem] };
    const desired = await desiredFromMetadata(xml, { entityId, now, trust });
    expect(desired).toMatchObject({ verified: true, findings: [] });
    const unsigned = desiredFromMetadata(document([all.next]), { entityId, now, trust });
    await expect(unsigned).rejects.toThrow(code("signature.missing"));
  });
});
