import { describe, expect, it } from "vitest";
import {
  acceptUnverified,
  buildMetadata,
  checkQueryAnswer,
  diffMetadata,
  type EntityDescriptor,
  type OtherElement,
  parseMetadata,
  readEntities,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { fc } from "../../support/property.ts";

const MD = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';
const SAML2 = "urn:oasis:names:tc:SAML:2.0:protocol";

function entity(content: string, attributes = 'entityID="https://e.example.com/"'): string {
  return `<EntityDescriptor ${MD} xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:x="urn:x" ${attributes}>${content}</EntityDescriptor>`;
}

function idp(content = "", attributes = ""): string {
  return `<IDPSSODescriptor ${attributes} protocolSupportEnumeration="${SAML2}">${content}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://e.example.com/sso"/></IDPSSODescriptor>`;
}

const read = (xml: string): EntityDescriptor => parseMetadata(xml).entities[0]!;

describe("content without a property in the model", () => {
  const foreign = (content: string): OtherElement =>
    read(entity(`<Extensions>${content}</Extensions>${idp()}`)).extensions!.other![0]!;

  it.each([
    ["<x:p>one <x:b>two</x:b> three<x:i/> four</x:p>", ["one ", " three", " four"]],
    ["<x:p><x:b/>after</x:p>", ["", "after"]],
    ["<x:p>before<x:b/></x:p>", ["before", ""]],
    ["<x:p>a<x:b/><x:b/> <x:b/>z</x:p>", ["a", "", " ", "z"]],
    ["<x:p>a<!-- --><![CDATA[<b>]]><x:b/>&amp;</x:p>", ["a<b>", "&"]],
    ["<x:p>only</x:p>", undefined],
    ["<x:p> <x:b/>after</x:p>", [" ", "after"]],
    ["<x:p> <!-- --><x:b/>after</x:p>", [" ", "after"]],
    ["<x:p><x:b/> <!-- -->after</x:p>", ["", " after"]],
    ["<x:p>\n<x:b/>\n<x:b/> x</x:p>", ["\n", "\n", " x"]],
    ["<x:p> <x:b/><![CDATA[ ]]>&#32;</x:p>", undefined],
    ["<x:p>\n <x:b/>\n</x:p>", undefined],
  ])("text keeps its place among elements: %s", (content, texts) => {
    const element = foreign(content);
    expect(element.texts).toEqual(texts);
    if (texts !== undefined) expect(element.text).toBe(texts.join(""));
    const again = buildMetadata(read(entity(`<Extensions>${content}</Extensions>${idp()}`)));
    expect(read(again).extensions?.other).toEqual([element]);
  });

  it("text keeps its white space wherever a stream is cut", async () => {
    const content = `<x:p><x:b/>${" ".repeat(16)}after</x:p>`.repeat(20_000);
    const xml = entity(`<Extensions>${content}</Extensions>${idp()}`);
    const { other } = read(xml).extensions!;
    expect(new Set(other!.map(({ text }) => text))).toEqual(new Set([`${" ".repeat(16)}after`]));
    for await (const streamed of readEntities(Buffer.from(xml))) {
      expect(streamed.extensions!.other!.length).toBe(other!.length);
      expect(new Set(streamed.extensions!.other!.map(({ text }) => text)).size).toBe(1);
    }
  });

  it("changed text must fit its elements", () => {
    const element = foreign("<x:p>one <x:b/> two</x:p>");
    const { text, texts, ...rest } = element;
    const build = (other: OtherElement): string =>
      buildMetadata({ ...read(entity(idp())), extensions: { other: [other] } });
    expect(build({ ...rest, text: "first" })).toMatch(/>first<x:b[^>]*\/></);
    expect(build({ ...rest, text, texts: ["a", "b"] })).toMatch(/>a<x:b[^>]*\/>b</);
    expect(() => build({ ...rest, texts: ["a", "b", "c"] })).toThrow(
      expect.objectContaining({ code: "metadata.build.value" }),
    );
  });

  it("values of the wrong type are kept separately and not written", () => {
    const organization = `<Organization><OrganizationName xml:lang="en">E</OrganizationName><OrganizationDisplayName xml:lang="en">E</OrganizationDisplayName><OrganizationURL xml:lang="en">https://e.example.com/</OrganizationURL></Organization>`;
    const xml = entity(
      `${idp("", 'WantAuthnRequestsSigned="maybe"')}${organization}<ContactPerson contactType="security"/>`,
    );
    const model = read(xml);
    const [role] = model.roles!;
    expect(role).toMatchObject({
      otherAttributes: [{ name: "WantAuthnRequestsSigned", value: "maybe" }],
    });
    expect(model.contacts).toEqual([
      { otherAttributes: [{ name: "contactType", value: "security" }] },
    ]);
    expect(() => buildMetadata(model)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^metadata\.build\./) }),
    );
    const changed = diffMetadata(xml, xml.replace('"maybe"', '"perhaps"'));
    expect(changed.changes).toHaveLength(1);
  });

  it("elements of the wrong type, and surplus ones, are kept whole", () => {
    const key = `<KeyDescriptor><ds:KeyInfo Id="k"><ds:KeyName>n</ds:KeyName></ds:KeyInfo><EncryptionMethod Algorithm="urn:a"><xenc:KeySize xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">big</xenc:KeySize></EncryptionMethod></KeyDescriptor>`;
    const model = read(entity(`<Extensions/>${idp(key)}<Extensions><x:second/></Extensions>`));
    expect(model.other).toMatchObject([{ name: "Extensions", children: [{ name: "second" }] }]);
    const [descriptor] = model.roles![0]!.keyDescriptors!;
    expect(descriptor).toMatchObject({
      keyInfo: { id: "k", keyNames: ["n"] },
      encryptionMethods: [{ algorithm: "urn:a", other: [{ name: "KeySize", text: "big" }] }],
    });
  });

  it("a KeyInfo keeps its Id and its other children", async () => {
    const { certificate } = await createTestCertificate();
    const key = `<KeyDescriptor use="signing"><ds:KeyInfo Id="k"><ds:X509Data><ds:X509SubjectName>CN=x</ds:X509SubjectName><ds:X509Certificate>${certificate.derBase64}</ds:X509Certificate><x:X509Certificate>foreign</x:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
    const model = read(entity(idp(key)));
    const { keyInfo } = model.roles![0]!.keyDescriptors![0]!;
    expect(keyInfo?.other).toMatchObject([
      {
        name: "X509Data",
        children: [
          { name: "X509SubjectName", text: "CN=x" },
          { namespace: "urn:x", name: "X509Certificate", text: "foreign" },
        ],
      },
    ]);
    const again = read(buildMetadata(model)).roles![0]!.keyDescriptors![0]!.keyInfo;
    expect(again?.id).toBe("k");
    expect(again?.other).toEqual(keyInfo?.other);
  });

  it("a private key in an X509Certificate is not kept", async () => {
    const { privateKeyPem } = await createTestCertificate();
    const base64 = privateKeyPem.replace(/-----[A-Z ]+-----|\s/g, "");
    for (const text of [privateKeyPem, base64]) {
      const key = `<KeyDescriptor><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
      const xml = entity(idp(key));
      const said = JSON.stringify([
        read(xml),
        diffMetadata(entity(idp()), xml),
        validateMetadata(xml, { now: 0 }),
      ]);
      expect(said).toContain("private key");
      expect(said).not.toContain(base64.slice(40, 80));
    }
  });
});

describe("a validUntil that is not a time", () => {
  const soon = entity(idp(), 'entityID="https://soon.example.com/" validUntil="soon"');
  const fine = entity(idp(), 'entityID="https://fine.example.com/"');
  const group = (content: string, attributes = ""): string =>
    `<EntitiesDescriptor ${MD} ${attributes}>${content}</EntitiesDescriptor>`;

  it("makes only its entity count as expired", async () => {
    const document = group(soon + fine, 'validUntil="2031-01-01T00:00:00Z"');
    const { entities } = parseMetadata(document);
    expect(entities.map(({ inherited }) => inherited?.validUntil)).toEqual([
      { unixSeconds: -62_135_596_800, iso: "0001-01-01T00:00:00Z", unreadable: "soon" },
      { unixSeconds: Date.UTC(2031, 0) / 1000, iso: "2031-01-01T00:00:00Z" },
    ]);
    const streamed: EntityDescriptor[] = [];
    for await (const one of readEntities(document)) streamed.push(one);
    expect(streamed).toEqual(entities);
    const [finding] = validateMetadata(document, { now: 0 }).findings;
    expect(finding).toMatchObject({ code: "metadata.schema.value", severity: "error" });
  });

  it("applies to everything in its group", () => {
    const { entities } = parseMetadata(group(fine, 'validUntil=""'));
    expect(entities[0]?.inherited?.validUntil?.unixSeconds).toBeLessThan(0);
  });

  it("is refused in an answer to a query, and is not written", () => {
    const model = acceptUnverified(read(soon));
    expect(() => checkQueryAnswer([model], { entityId: model.entityId, now: 0 })).toThrow(
      expect.objectContaining({ code: "metadata.time" }),
    );
    expect(() => buildMetadata(model)).toThrow(
      expect.objectContaining({
        code: "metadata.build.value",
        message: expect.stringContaining("soon"),
      }),
    );
  });

  it.each(["", " ", "0", "2031-02-30T00:00:00Z", "2031-01-01", "0000-01-01T00:00:00Z", "NaN"])(
    "is %j too",
    (text) => {
      const model = read(entity(idp(), `entityID="urn:e:1" validUntil="${text}"`));
      expect(model.validUntil?.unixSeconds).toBeLessThan(0);
      expect(model.validUntil?.unreadable).toBe(text);
    },
  );

  it("is not a year of more than four digits", () => {
    const model = read(
      entity(idp(), 'entityID="urn:e:1" validUntil="292278994-08-17T07:12:55.807Z"'),
    );
    expect(model.validUntil?.unreadable).toBeUndefined();
    expect(model.validUntil?.unixSeconds).toBeGreaterThan(Date.UTC(9000, 0) / 1000);
    expect(buildMetadata(model)).toMatch(/validUntil="9[6-9]\d\d-08-17T07:12:55Z"/);
  });

  it("is never read as a later time", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replace(/[^ -~]|[<&"]/g, "?");
        const model = read(entity(idp(), `entityID="urn:e:1" validUntil="${escaped}"`));
        expect(model.validUntil?.unixSeconds).toBeLessThan(0);
      }),
    );
  });
});
