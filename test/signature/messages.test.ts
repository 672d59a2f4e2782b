import { describe, expect, it } from "vitest";
import { signMetadata, verifyEntities, verifyMetadata } from "../../src/signature/index.ts";
import {
  makeChain,
  makeSigner,
  signatureTemplate,
  xmlsec1Signs,
} from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);
const xmlsec1 = requireProgram("xmlsec1");
const MD = 'xmlns="urn:oasis:names:tc:SAML:2.0:metadata"';
const xml = `<EntityDescriptor ${MD} ID="_1" entityID="urn:a">
  <Extensions/>
  <Organization/>
</EntityDescriptor>`;

describe.skipIf(openssl.missing)(`the message about a signature${openssl.note}`, () => {
  const signer = openssl.missing ? ({} as never) : makeSigner("rsa");
  const trust = { certificates: [signer.certificate] };
  const signed = openssl.missing ? "" : signMetadata(xml, signer);
  const [signature = ""] = /<ds:Signature .*<\/ds:Signature>/s.exec(signed) ?? [];
  const refusal = async (
    document: string,
    certificates = [signer.certificate],
  ): Promise<object> => {
    const errors = [
      await verifyEntities(document, { trust: { certificates } }).catch((error: unknown) => error),
    ];
    try {
      verifyMetadata(document, { trust: { certificates } });
    } catch (error) {
      errors.push(error);
    }
    expect(errors[0]).toEqual(errors[1]);
    return errors[1] as object;
  };

  it("says that a reformatted document names a trusted certificate", async () => {
    const reformatted = signed.replaceAll("><", ">\n<");
    expect(await refusal(reformatted)).toMatchObject({
      code: "signature.changed",
      message: expect.stringContaining("in KeyInfo is trusted"),
    });
    const stranger = makeSigner("rsa").certificate;
    expect(await refusal(reformatted, [stranger])).toMatchObject({ code: "signature.untrusted" });
  });

  it("does not take the issuer of the signer for the signer", async () => {
    const { leaf, issuer } = makeChain();
    const body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, "");
    const chained = signMetadata(xml, leaf).replace(
      "</ds:X509Data>",
      `<ds:X509Certificate>${body(issuer.certificate)}</ds:X509Certificate></ds:X509Data>`,
    );
    expect(await refusal(chained, [issuer.certificate])).toMatchObject({
      code: "signature.untrusted",
    });
    const reformatted = chained.replace("<ds:SignedInfo>", "<ds:SignedInfo> ");
    expect(await refusal(reformatted, [issuer.certificate])).toMatchObject({
      code: "signature.untrusted",
    });
    expect(await refusal(reformatted, [leaf.certificate])).toMatchObject({
      code: "signature.changed",
    });
  });

  it.each([
    ["last in the root", "</Ent", 4, "EntityDescriptor"],
    ["after another element", "\n  <Organization", 2, "EntityDescriptor"],
    ["in Extensions", "<Extensions/>", 2, "Extensions"],
    ["in the last element", "<Organization/>", 3, "Organization"],
    ["in an element that has another ID", '<Organization ID="_2"/>', 3, "Organization"],
    ["empty, and last in the root", "</Entity", 4, "EntityDescriptor"],
    ["of a reference to all with an empty URI", "<Extensions/>", 2, "Extensions"],
  ])("says where a signature is that is %s", async (kind, place, line, parent) => {
    const own = kind.startsWith("empty")
      ? '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
      : signature.replace(/URI="#_1"/, kind.includes("URI") ? 'URI=""' : "$&");
    const [tag = ""] = place.endsWith("/>") ? [place.replace("/>", ">")] : [];
    const [, name = ""] = /^<(\w+)/.exec(place) ?? [];
    const inside = tag === "" ? own + place : `${tag}${own}</${name}>`;
    const unsigned = signed.replace(signature, "");
    const base = place.includes("_2") ? unsigned.replace("<Organization/>", place) : unsigned;
    const moved = base.replace(place, inside);
    expect(await refusal(moved)).toMatchObject({
      code: "signature.misplaced",
      message: `The signature is in <${parent}> at line ${line}; it must be the first child of the root.`,
      at: { line },
    });
  });

  it("says that only a part is signed", async () => {
    const group = `<EntitiesDescriptor ${MD}>\n${signed}</EntitiesDescriptor>`;
    expect(await refusal(group)).toMatchObject({
      code: "signature.of_part",
      message: expect.stringContaining("at line 2 signs only its <EntityDescriptor>"),
    });
  });

  it("prefers the misplaced signature of the document to that of a part", async () => {
    const own = signature.replace("#_1", "#_0");
    const group = `<EntitiesDescriptor ${MD} ID="_0">\n${signed}\n${own}</EntitiesDescriptor>`;
    expect(await refusal(group)).toMatchObject({ code: "signature.misplaced", at: { line: 6 } });
    const deep = signed
      .replace(signature, "")
      .replace("<Extensions/>", `<Extensions>${signature}</Extensions>`);
    const nested = `<EntitiesDescriptor ${MD}>\n${deep}</EntitiesDescriptor>`;
    expect(await refusal(nested)).toMatchObject({
      code: "signature.of_part",
      at: { line: 3 },
    });
  });

  it("says that there is no signature", async () => {
    const start = `<EntityDescriptor ${MD} entityID="urn:a"`;
    const bare = ["/>", "></EntityDescriptor>", "> <!-- empty -->\n</EntityDescriptor>"];
    for (const document of [xml, ...bare.map((end) => start + end)]) {
      expect(await refusal(document)).toMatchObject({ code: "signature.missing" });
    }
  });

  it.skipIf(xmlsec1.missing)(`names the algorithm${xmlsec1.note}`, async () => {
    const template = (parts: object): string =>
      xmlsec1Signs(xml.replace(">", `>${signatureTemplate("_1", parts)}`), signer);
    const md5 = "http://www.w3.org/2001/04/xmldsig-more#rsa-md5";
    expect(await refusal(template({ signature: md5 }))).toMatchObject({
      code: "signature.algorithm",
      message: expect.stringContaining(md5),
    });
    const sha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    expect(await refusal(template({ digest: sha1 }))).toMatchObject({
      code: "signature.sha1",
      message: expect.stringContaining(sha1),
    });
    const xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    const transform = `<Transform Algorithm="${xpath}"><XPath>true()</XPath></Transform>`;
    expect(await refusal(template({ transform }))).toMatchObject({
      code: "signature.transform",
      message: expect.stringContaining(xpath),
    });
  });

  it("names the element at which a signature is malformed", async () => {
    const commented = signed.replace(
      /(<ds:DigestMethod[^>]*)\/>/,
      "$1><!-- c -->x</ds:DigestMethod>",
    );
    expect(await refusal(commented)).toMatchObject({
      code: "signature.structure",
      message: "The signature is malformed at <DigestMethod>.",
    });
    const misleading = signed.replace("</ds:KeyInfo>", "<Reference/></ds:KeyInfo>");
    expect(await refusal(misleading)).toMatchObject({
      message: expect.stringContaining("<KeyInfo>"),
    });
  });

  it.skipIf(xmlsec1.missing)(`names an inherited xml: attribute${xmlsec1.note}`, async () => {
    const canonical = '<CanonicalizationMethod Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>';
    const template = xml.replace(
      ' ID="_1" entityID="urn:a">',
      ` ID="_1" xml:base="urn:b" entityID="urn:a">${signatureTemplate("_1", { canonical })}`,
    );
    expect(await refusal(xmlsec1Signs(template, signer))).toMatchObject({
      code: "signature.inherited_attribute",
      message: expect.stringContaining("xml:base"),
    });
  });

  it("comes quickly for a PrefixList of 1 MB", async () => {
    const list = "x ".repeat(100_000);
    const namespaces = `<InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="${list}"/>`;
    const long = signed.replace(
      /(<ds:Transform Algorithm="[^"]*exc-c14n#")\/>/,
      `$1>${namespaces}</ds:Transform>`,
    );
    const start = performance.now();
    expect(await refusal(long)).toMatchObject({ code: "signature.limit.prefixes" });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it("names the size of the start of a stream in which the signature must end", async () => {
    const long = signed.replace("<ds:SignatureValue>", `<ds:SignatureValue>${" ".repeat(300_000)}`);
    await expect(verifyEntities(long, { trust })).rejects.toMatchObject({
      code: "signature.too_long",
    });
  });
});
