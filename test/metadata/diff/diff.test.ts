import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../../src/certificates/index.ts";
import {
  buildIdentityProviderMetadata,
  buildServiceProviderMetadata,
  diffMetadata,
  type EntityDescriptor,
  parseMetadata,
  readEntities,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";

let a: Certificate;
let b: Certificate;

beforeAll(async () => {
  a = (await createTestCertificate({ subject: { CN: "a" } })).certificate;
  b = (await createTestCertificate({ subject: { CN: "b" } })).certificate;
});

function idp(signingCertificates: readonly Certificate[], more: object = {}): string {
  return buildIdentityProviderMetadata({
    entityId: "https://idp.example.com/saml",
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates,
    ...more,
  });
}

describe("diffMetadata", () => {
  it("sees no change in order, prefixes, white space and signatures", () => {
    const before = idp([a, b], { nameIdFormats: ["urn:x:1", "urn:x:2"] });
    const after = idp([b, a], { nameIdFormats: ["urn:x:2", "urn:x:1"], format: "compact" })
      .replaceAll("md:", "m:")
      .replace("xmlns:md=", "xmlns:m=")
      .replace(
        /(<m:EntityDescriptor[^>]*>)/,
        '$1<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
      )
      .replace("urn:x:1", "\n urn:x:1 \n");
    expect(diffMetadata(before, after)).toMatchObject({ same: true, changes: [], keys: [] });
  });

  it.each([
    ["introduced", [0], [0, 1]],
    ["retired", [0, 1], [1]],
    ["replaced", [0], [1]],
    ["added", [], [0]],
    ["removed", [0], []],
  ] as const)("knows a key that is %s", (stage, before, after) => {
    const of = (list: readonly number[]): string => idp(list.map((i) => (i === 0 ? a : b)));
    const diff = diffMetadata(of(before), of(after));
    expect(diff).toMatchObject({ same: false, isRotation: true, changes: [] });
    expect(diff.keys).toMatchObject([{ role: "IDPSSODescriptor", use: "signing", stage }]);
  });

  it("names keys by their fingerprints", () => {
    const [change] = diffMetadata(idp([a]), idp([a, b])).keys;
    expect(change).toMatchObject({
      added: [b.fingerprint.sha256],
      removed: [],
      kept: [a.fingerprint.sha256],
    });
  });

  it("reports other changes, which make it no rotation", () => {
    const diff = diffMetadata(
      idp([a]),
      idp([b], {
        singleSignOnServices: ["https://evil.example.com/sso"],
        validUntil: 2_000_000_000,
      }),
    );
    expect(diff.isRotation).toBe(false);
    expect(diff.changes.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual([
      "added IDPSSODescriptor/singleSignOnServices",
      "added IDPSSODescriptor/singleSignOnServices",
      "added validUntil",
      "removed IDPSSODescriptor/singleSignOnServices",
      "removed IDPSSODescriptor/singleSignOnServices",
    ]);
  });

  it("reports added and removed entities", () => {
    const before = idp([a]);
    const after = before.replace("https://idp.example.com/saml", "https://idp.example.com/new");
    expect(diffMetadata(before, after).entities).toEqual({
      added: ["https://idp.example.com/new"],
      removed: ["https://idp.example.com/saml"],
    });
  });

  it("ignores attributes about the form of the document", () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const before = idp([a]);
    const after = before.replace(
      "<md:EntityDescriptor ",
      `<md:EntityDescriptor ${xsi} xsi:schemaLocation="urn:a b.xsd" xml:space="preserve" `,
    );
    expect(diffMetadata(before, after)).toMatchObject({ same: true, changes: [] });
    const lang = before.replace("<md:EntityDescriptor ", '<md:EntityDescriptor xml:lang="en" ');
    expect(diffMetadata(before, lang).same).toBe(false);
  });

  it("reports an unreadable key and its use", () => {
    // Two makers wrote the namespace of XML Signature with https.
    const before = idp([a]).replaceAll(
      "http://www.w3.org/2000/09/xmldsig#",
      "https://www.w3.org/2000/09/xmldsig#",
    );
    const after = before.replace(a.derBase64, b.derBase64);
    expect(after).not.toBe(before);
    expect(diffMetadata(before, after).changes).toMatchObject([
      { path: "IDPSSODescriptor/signing/keyDescriptor", kind: "changed" },
    ]);
    const other = diffMetadata(before, before.replace('use="signing"', 'use="encryption"'));
    expect(other.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "removed IDPSSODescriptor/signing/keyDescriptor",
      "added IDPSSODescriptor/encryption/keyDescriptor",
    ]);
    const wrong = diffMetadata(idp([a]), idp([a]).replace('use="signing"', 'use="sign"'));
    expect(wrong.same).toBe(false);
  });

  const group = (content: string, attributes = "", date = "2030-01-01"): string =>
    `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ${attributes}><md:Extensions><mdrpi:PublicationInfo xmlns:mdrpi="urn:oasis:names:tc:SAML:metadata:rpi" publisher="https://example.org" creationInstant="${date}T00:00:00Z"/></md:Extensions>${content.replace(/^<\?.*\?>/, "")}</md:EntitiesDescriptor>`;

  it("reports changes of a group by its name", () => {
    const before = group(idp([a]), 'Name="https://example.org/"');
    const after = before.replace('publisher="https://example.org"', 'publisher="https://evil.org"');
    expect(diffMetadata(before, after).changes).toMatchObject([
      {
        entityId: "https://example.org/",
        path: "EntitiesDescriptor/extensions/publicationInfo/publisher",
        before: '"https://example.org"',
        after: '"https://evil.org"',
      },
    ]);
    const renamed = diffMetadata(before, before.replace("example.org/", "example.org/all"));
    expect(renamed.changes.length).toBeGreaterThan(0);
  });

  it("recognises a rotation in a republished document", () => {
    const diff = diffMetadata(group(idp([a])), group(idp([a, b]), "", "2030-01-02"));
    expect(diff).toMatchObject({ isRotation: true, keys: [{ stage: "introduced" }] });
    expect(diff.changes).toHaveLength(1);
  });

  describe("diffMetadata of entities in groups", () => {
    const in_ = (name: string, ...content: readonly string[]): string =>
      `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${name === "" ? "" : ` Name="${name}"`}>${content.map((one) => one.replace(/^<\?.*\?>/, "")).join("")}</md:EntitiesDescriptor>`;
    const other = (): string => idp([b]).replaceAll("idp.example.com", "other.example.com");
    const moves = (before: string, after: string): readonly unknown[] =>
      diffMetadata(before, after).changes.filter(({ path }) => path === "groups");

    it("reports a move to another group, which can change trust", () => {
      const before = in_("all", in_("trusted", idp([a])), in_("guests", other()));
      const after = in_("all", in_("trusted"), in_("guests", other(), idp([a])));
      expect(diffMetadata(before, after)).toMatchObject({ same: false, isRotation: false });
      const entityId = "https://idp.example.com/saml";
      expect(moves(before, after)).toEqual([
        {
          entityId,
          path: "groups",
          kind: "changed",
          before: '"all / trusted"',
          after: '"all / guests"',
        },
      ]);
      const outside = in_("all", in_("trusted"), in_("guests", other()), idp([a]));
      expect(moves(before, outside)).toMatchObject([{ entityId, after: '"all"' }]);
      expect(
        moves(in_("", in_("x", idp([a])), other()), in_("", idp([a]), in_("x", other()))),
      ).toEqual([
        { entityId, path: "groups", kind: "removed", before: '"x"' },
        {
          entityId: "https://other.example.com/saml",
          path: "groups",
          kind: "added",
          after: '"x"',
        },
      ]);
    });

    it("reports no move if only one version is in a group", () => {
      expect(moves(idp([a]), in_("all", idp([a])))).toEqual([]);
      expect(moves(in_("all", idp([a])), idp([a]))).toEqual([]);
      // The old group is gone, but the new one was there before.
      const before = in_("", in_("old", idp([a])), in_("new", other()));
      const after = in_("", in_("new", other(), idp([a])));
      expect(moves(before, after)).toMatchObject([{ before: '"old"', after: '"new"' }]);
      // The new group is new, but the old one is still there.
      const kept = in_("", in_("old", other()), in_("newer", idp([a])));
      expect(moves(in_("", in_("old", other(), idp([a]))), kept)).toMatchObject([
        { before: '"old"', after: '"newer"' },
      ]);
    });

    it("reports a move of streamed entities too", async () => {
      const before = in_("all", in_("trusted", idp([a]), other()));
      const after = in_("all", in_("trusted", other()), in_("guests", idp([a])));
      const streamed: EntityDescriptor[] = [];
      for await (const one of readEntities(after)) streamed.push(one);
      expect(diffMetadata(parseMetadata(before).entities, streamed).changes).toEqual(
        moves(before, after),
      );
      expect(moves(before, after)).toHaveLength(1);
    });

    it("reports a renamed group once, and nothing for an empty one", () => {
      const before = in_("all", idp([a]), other());
      expect(moves(before, in_("everybody", idp([a]), other()))).toEqual([]);
      expect(diffMetadata(before, in_("everybody", idp([a]), other())).same).toBe(false);
      expect(diffMetadata(before, in_("", before)).same).toBe(true);
      // Whether an entity stands in an aggregate is not its own affair.
      expect(moves(idp([a]), in_("all", idp([a])))).toEqual([]);
    });
  });

  it("reports a change of one of several keys", () => {
    const sp = (encryptionMethods?: readonly string[]): string =>
      buildServiceProviderMetadata({
        entityId: "https://sp.example.com/",
        assertionConsumerServices: ["https://sp.example.com/acs"],
        encryptionCertificates: [a, b],
        encryptionMethods,
      });
    const before = sp();
    const at = before.lastIndexOf("<md:EncryptionMethod");
    const after = before.slice(0, at) + before.slice(before.indexOf("/>", at) + 2);
    expect(diffMetadata(before, after).changes).toMatchObject([
      { path: "SPSSODescriptor/encryptionMethods", kind: "removed" },
    ]);
    expect(diffMetadata(after, before).changes).toHaveLength(1);
    // A key that comes with the methods of the others says nothing new.
    const alone = before.replace(
      /<md:KeyDescriptor(?:(?!<md:KeyDescriptor)[\s\S])*?<\/md:KeyDescriptor>\s*/,
      "",
    );
    expect(diffMetadata(alone, before)).toMatchObject({ changes: [], isRotation: true });
    expect(diffMetadata(before, sp([])).changes).toHaveLength(3);
  });
});
