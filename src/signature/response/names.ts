import { cut, quoted } from "../../core/quote.ts";
import { namespaces, SAML2_PROTOCOL } from "../../core/uris.ts";
import { isNamed, type XmlElement } from "../../xml/element.ts";
import { bindingsOf } from "../../xml/scope.ts";
import type { Findings, Suspect } from "./attacks.ts";
import { ancestry, type ReadDocument } from "./document.ts";
import { found, placeOf } from "./issue.ts";
import { isOurs } from "./message.ts";

const { saml, ds, xenc } = namespaces;

/** Two attributes of one local name, or an ID in a namespace: look-ups by local name take either. */
export function* attributePollution({ document }: Suspect): Findings {
  for (const element of document.elements) {
    const confused = isOurs(element) ? confusedAttributes(element) : [];
    if (confused.length === 0) continue;
    const values = {
      element: cut(element.localName),
      attributes: cut(confused.slice(0, 5).join(", ")),
    };
    yield found("response.attribute_pollution", values, placeOf(document, element));
  }
}

function confusedAttributes({ attributes, namespace }: XmlElement): readonly string[] {
  const own = namespace === ds ? "Id" : "ID";
  return attributes
    .filter(({ localName, namespace: of }) => {
      const isOtherId = /^id$/i.test(localName) && (of !== "" || localName !== own);
      return isOtherId || attributes.filter((one) => one.localName === localName).length > 1;
    })
    .map(({ prefix, localName }) => (prefix === "" ? localName : `${prefix}:${localName}`));
}

/** The names that a verifier or a reader looks for, by their namespace. */
const NAMES: readonly (readonly [namespace: string, names: string])[] = [
  [ds, "Signature SignedInfo SignatureValue Reference DigestValue KeyInfo"],
  [SAML2_PROTOCOL, "Response Status StatusCode"],
  [saml, "Assertion EncryptedAssertion Issuer Subject NameID Conditions SubjectConfirmation"],
  [saml, "AttributeStatement AuthnStatement AudienceRestriction"],
];

const NAMESPACE_OF: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ NAMES.flatMap(([namespace, names]) =>
    names.split(" ").map((name): [string, string] => [name, namespace]),
  ),
);

const USUAL_PREFIXES: Readonly<Record<string, string>> = {
  ds,
  dsig: ds,
  saml,
  saml2: saml,
  samlp: SAML2_PROTOCOL,
  saml2p: SAML2_PROTOCOL,
  xenc,
};

/** A well-known name or prefix in another namespace: a reader that ignores namespaces takes it. */
export function* namespaceConfusion(suspect: Suspect): Findings {
  const { document } = suspect;
  const prefixes = new Set<string>();
  for (const element of document.elements) {
    const expected = NAMESPACE_OF.get(element.localName);
    if (expected !== undefined && expected !== element.namespace && isRead(suspect, element)) {
      const values = { name: `<${element.localName}>`, namespace: quoted(element.namespace) };
      yield found("response.namespace_confusion", values, placeOf(document, element));
    }
    for (const [prefix, namespace] of newBindings(document, element)) {
      const usual = Object.hasOwn(USUAL_PREFIXES, prefix) ? USUAL_PREFIXES[prefix] : undefined;
      if (usual === undefined || namespace === usual || prefixes.has(prefix)) continue;
      prefixes.add(prefix);
      const values = { name: `The prefix ${prefix}`, namespace: quoted(namespace) };
      yield found("response.namespace_confusion", values, placeOf(document, element));
    }
  }
}

/** True in the message, except in values that may be any XML. */
function isRead({ document, message }: Suspect, element: XmlElement): boolean {
  const around = ancestry(document, element);
  return around.includes(message) && !around.some((one) => isNamed(one, saml, "AttributeValue"));
}

function newBindings({ parents }: ReadDocument, element: XmlElement): Iterable<[string, string]> {
  return parents.get(element)?.scope === element.scope ? [] : bindingsOf(element.scope);
}
