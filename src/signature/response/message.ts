import { cut } from "../../core/quote.ts";
import { namespaces, SAML2_PROTOCOL } from "../../core/uris.ts";
import { attributeOf, childOf, childrenOf, isNamed, type XmlElement } from "../../xml/element.ts";
import { pathOf, type ReadDocument } from "./document.ts";
import type {
  AssertionFacts,
  ConfirmationFacts,
  MessageFacts,
  ShownData,
  StatusFacts,
} from "./types.ts";

/** An assertion as a child of its message. */
export interface AssertionElement {
  readonly element: XmlElement;
  readonly isEncrypted: boolean;
}

const { saml, ds, xenc } = namespaces;

/** The text of an element for a report: bounded, without white space around it. */
function shortText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined) return undefined;
  return trimmed.length > 1000 ? `${trimmed.slice(0, 997)}...` : trimmed;
}

function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element && shortText(attributeOf(element, name));
}

/** The message of a document: its root, or the message inside a SOAP envelope or an artifact response. */
export function messageElement({ root, elements }: ReadDocument): XmlElement | undefined {
  if (isNamed(root, saml, "Assertion")) return root;
  return elements.find(
    ({ namespace, localName }) => namespace === SAML2_PROTOCOL && localName !== "ArtifactResponse",
  );
}

/** The assertions of a message: its children, or itself. */
export function assertionElements(message: XmlElement): readonly AssertionElement[] {
  const all = isNamed(message, saml, "Assertion") ? [message] : message.children;
  return all
    .map((element) => ({ element, isEncrypted: isNamed(element, saml, "EncryptedAssertion") }))
    .filter(({ element, isEncrypted }) => isEncrypted || isNamed(element, saml, "Assertion"));
}

export function issuerOf(element: XmlElement): string | undefined {
  return shortText(childOf(element, saml, "Issuer")?.text);
}

export function messageFacts(element: XmlElement): MessageFacts {
  const status = childOf(element, SAML2_PROTOCOL, "Status");
  return {
    type: cut(element.localName),
    id: attribute(element, "ID"),
    issuer: issuerOf(element),
    issueInstant: attribute(element, "IssueInstant"),
    destination: attribute(element, "Destination"),
    inResponseTo: attribute(element, "InResponseTo"),
    ...(status && { status: statusOf(status) }),
  };
}

function statusOf(status: XmlElement): StatusFacts {
  const codes: string[] = [];
  let code = childOf(status, SAML2_PROTOCOL, "StatusCode");
  for (
    ;
    code !== undefined && codes.length < 5;
    code = childOf(code, SAML2_PROTOCOL, "StatusCode")
  ) {
    codes.push(attribute(code, "Value") ?? "");
  }
  return { codes, message: shortText(childOf(status, SAML2_PROTOCOL, "StatusMessage")?.text) };
}

export function assertionFacts(
  document: ReadDocument,
  { element, isEncrypted }: AssertionElement,
  covered: boolean,
): AssertionFacts {
  const conditions = childOf(element, saml, "Conditions");
  const encryption = isEncrypted ? encryptionOf(element) : undefined;
  return {
    path: pathOf(document, element),
    encrypted: isEncrypted,
    covered,
    id: attribute(element, "ID"),
    issuer: issuerOf(element),
    issueInstant: attribute(element, "IssueInstant"),
    notBefore: attribute(conditions, "NotBefore"),
    notOnOrAfter: attribute(conditions, "NotOnOrAfter"),
    audiences: audiencesOf(conditions),
    confirmations: confirmationsOf(element),
    ...(encryption && { encryption }),
  };
}

/** The algorithms of the content and of the keys. */
function encryptionOf(element: XmlElement): readonly string[] {
  const found = new Set<string>();
  const visit = (one: XmlElement): void => {
    const name = attribute(one, "Algorithm");
    if (isNamed(one, xenc, "EncryptionMethod") && name !== undefined) found.add(name);
    one.children.forEach(visit);
  };
  visit(element);
  return [...found].slice(0, 10);
}

function audiencesOf(conditions: XmlElement | undefined): readonly string[] {
  if (conditions === undefined) return [];
  return childrenOf(conditions, saml, "AudienceRestriction")
    .flatMap((one) => childrenOf(one, saml, "Audience"))
    .map(({ text }) => shortText(text) ?? "");
}

function confirmationsOf(assertion: XmlElement): readonly ConfirmationFacts[] {
  const subject = childOf(assertion, saml, "Subject");
  if (subject === undefined) return [];
  return childrenOf(subject, saml, "SubjectConfirmation").map((confirmation) => {
    const data = childOf(confirmation, saml, "SubjectConfirmationData");
    return {
      method: attribute(confirmation, "Method"),
      recipient: attribute(data, "Recipient"),
      notOnOrAfter: attribute(data, "NotOnOrAfter"),
      inResponseTo: attribute(data, "InResponseTo"),
    };
  });
}

/** The personal data of assertions; only for a caller who asks for it. */
export function shownData(
  assertions: readonly AssertionElement[],
  show: readonly string[],
): ShownData | undefined {
  if (show.length === 0) return undefined;
  const elements = assertions.map(({ element }) => element);
  const subjects = elements.flatMap((one) => childrenOf(one, saml, "Subject"));
  const statements = elements.flatMap((one) => childrenOf(one, saml, "AttributeStatement"));
  return {
    ...(show.includes("nameId") && {
      nameIds: subjects.flatMap((one) => childrenOf(one, saml, "NameID")).map(wholeText),
    }),
    ...(show.includes("attributes") && {
      attributes: statements
        .flatMap((one) => childrenOf(one, saml, "Attribute"))
        .map((one) => ({
          name: attribute(one, "Name") ?? "",
          values: childrenOf(one, saml, "AttributeValue").map(wholeText),
        })),
    }),
  };
}

function wholeText({ text }: XmlElement): string {
  return shortText(text) ?? "";
}

/** True for an element of XML Signature or of SAML. */
export function isOurs({ namespace }: XmlElement): boolean {
  return [saml, SAML2_PROTOCOL, ds].includes(namespace);
}
