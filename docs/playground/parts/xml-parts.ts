import type { Explained, Part, Piece } from "./annotated.ts";

/** The elements and attributes of metadata that people ask about, in one sentence each. */
const MEANINGS: Readonly<Record<string, string>> = {
  EntityDescriptor: "One SAML party: an identity provider or a service provider.",
  EntitiesDescriptor: "A list of parties, as a federation publishes it.",
  "@entityID": "The name of the party. Both sides must write it the same, character by character.",
  "@validUntil": "The moment after which nobody may use this document any more.",
  "@cacheDuration": "How long a reader may keep the document before it asks again.",
  IDPSSODescriptor: "The party is an identity provider: it signs people in.",
  SPSSODescriptor: "The party is a service provider: people sign in to it.",
  "@AuthnRequestsSigned": "True if the service provider signs its requests.",
  "@WantAssertionsSigned": "True if the service provider accepts signed assertions only.",
  "@WantAuthnRequestsSigned": "True if the identity provider accepts signed requests only.",
  "@protocolSupportEnumeration": "The protocols of this role; SAML 2.0 has a fixed name.",
  KeyDescriptor: "A key of the party. There can be two during a key rotation: trust both.",
  "@use": "The purpose of the key: signing or encryption. Without it the key is for both.",
  X509Certificate: "The certificate in base64. SAML trusts the key in it.",
  EncryptionMethod: "An algorithm that messages to this party may be encrypted with.",
  NameIDFormat: "The kind of name that people get: an address, or a fixed or changing identifier.",
  AssertionConsumerService: "The endpoint (ACS) to which the browser brings the Response.",
  SingleSignOnService: "The endpoint to which the browser brings the sign-in request.",
  SingleLogoutService: "The endpoint for logout messages.",
  ArtifactResolutionService: "The endpoint that exchanges an artifact for its message.",
  "@Binding": "How the message travels: in a form (POST) or in the URL (Redirect).",
  "@Location": "The URL of the endpoint.",
  "@index": "The number of the endpoint, by which a request can choose it.",
  "@isDefault": "The endpoint that counts if a request chooses none.",
  AttributeConsumingService: "The attributes that the service asks for.",
  RequestedAttribute: "One attribute that the service asks for.",
  Organization: "The organization that runs the party.",
  ContactPerson: "Whom to ask.",
  Extensions: "Additions to SAML, such as a logo or the registrar.",
  Signature: "The publisher's signature of the document.",
};

function titleOf(id: string): string {
  return id.startsWith("@") ? id.slice(1) : `<${id}>`;
}

function known(id: string): string | undefined {
  return Object.hasOwn(MEANINGS, id) ? id : undefined;
}

/** The pieces of a tag: its name, its attributes and their values. */
function tagPieces(tag: string): { pieces: Piece[]; element: string } {
  const [, open = "<", name = ""] = /^(<[/?!]?)([^\s/>?]*)/.exec(tag) ?? [];
  const element = name.split(":").at(-1) ?? "";
  const pieces: Piece[] = [{ text: open + name, part: known(element), colour: "x-tag" }];
  let at = open.length + name.length;
  for (const match of tag.slice(at).matchAll(/([\w:.-]{1,80})(\s*=\s*)("[^"]*"|'[^']*')/g)) {
    const start = open.length + name.length + match.index;
    const [, attribute = "", equals = "", value = ""] = match;
    const part = known(`@${attribute.split(":").at(-1)}`);
    pieces.push(
      { text: tag.slice(at, start) },
      { text: attribute, part, colour: "x-name" },
      { text: equals },
      { text: value, part, colour: "x-value" },
    );
    at = start + match[0].length;
  }
  pieces.push({ text: tag.slice(at), colour: "x-tag" });
  return { pieces, element };
}

/** The pieces of an XML text. It does not judge the text: a reader has done so before. */
export function xmlParts(xml: string): Explained {
  const pieces: Piece[] = [];
  let inside = "";
  for (const [text] of xml.matchAll(/<!--[\s\S]*?-->|<[^>]*>?|[^<]+/g)) {
    if (text.startsWith("<!--")) pieces.push({ text, colour: "x-note" });
    else if (text.startsWith("<")) {
      const tag = tagPieces(text);
      pieces.push(...tag.pieces);
      inside = text.startsWith("</") ? "" : tag.element;
    } else pieces.push({ text, part: text.trim() === "" ? undefined : known(inside) });
  }
  const used = new Set(pieces.flatMap(({ part }) => part ?? []));
  const parts = Array.from(
    used,
    (id): Part => ({ id, title: titleOf(id), about: MEANINGS[id] ?? "" }),
  );
  return { pieces, parts };
}
