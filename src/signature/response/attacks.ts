import type { Finding } from "../../core/finding.ts";
import { cut, quoted } from "../../core/quote.ts";
import { namespaces, SAML2_PROTOCOL } from "../../core/uris.ts";
import { attributeOf, isNamed, type XmlElement } from "../../xml/element.ts";
import { isDsig } from "../structure.ts";
import { ancestry, pathOf, type ReadDocument } from "./document.ts";
import { found, placeOf } from "./issue.ts";
import { isOurs } from "./message.ts";
import { attributePollution, namespaceConfusion } from "./names.ts";
import { idsOf, type SignatureReading } from "./signatures.ts";

const { saml } = namespaces;

/** Findings of one technique that are reported: one is enough to refuse the message. */
const MAX_OF_A_KIND = 5;

/** A message with the signatures that are in it. */
export interface Suspect {
  readonly document: ReadDocument;
  readonly message: XmlElement;
  readonly signatures: readonly SignatureReading[];
}

/** Findings one by one: each costs a look at the document, and a hostile one has many. */
export type Findings = Generator<Finding, void>;

const TECHNIQUES: readonly ((suspect: Suspect) => Findings)[] = [
  duplicateIds,
  misplacedMessages,
  misplacedSignatures,
  severalSignatures,
  wrappedReferences,
  signatureDifferentials,
  comments,
  attributePollution,
  namespaceConfusion,
];

/** The techniques by which a message says one thing to a verifier and another to its reader. */
export function attackFindings(suspect: Suspect): readonly Finding[] {
  return TECHNIQUES.flatMap((technique) => {
    const findings: Finding[] = [];
    for (const finding of technique(suspect)) {
      findings.push(finding);
      if (findings.length === MAX_OF_A_KIND) break;
    }
    return findings;
  });
}

function* duplicateIds({ document, signatures }: Suspect): Findings {
  const counts = new Map<string, number>();
  for (const id of document.elements.flatMap(idsOf)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const important = new Set([
    ...signatures.map(({ facts }) => facts?.referenceUri.slice(1)),
    ...document.elements.filter(isOurs).map((one) => attributeOf(one, "ID")),
  ]);
  for (const [id, count] of counts) {
    if (count > 1 && important.has(id))
      yield found("response.duplicate_id", { id: quoted(id), count });
  }
}

/** Assertions and Responses elsewhere than in their message; an Advice may contain further ones. */
function* misplacedMessages({ document, message }: Suspect): Findings {
  for (const element of document.elements) {
    if (element === message) continue;
    const code = isNamed(element, SAML2_PROTOCOL, "Response")
      ? "response.misplaced_response"
      : "response.misplaced_assertion";
    const parent = document.parents.get(element);
    const isAssertion =
      isNamed(element, saml, "Assertion") || isNamed(element, saml, "EncryptedAssertion");
    const isMisplaced = isAssertion && parent !== message && !isNamed(parent, saml, "Advice");
    if (code === "response.misplaced_assertion" && !isMisplaced) continue;
    yield found(code, { place: pathOf(document, element) }, placeOf(document, element));
  }
}

function* signaturesIn(document: ReadDocument): Generator<XmlElement> {
  for (const element of document.elements) if (isDsig(element, "Signature")) yield element;
}

function* misplacedSignatures({ document, message }: Suspect): Findings {
  for (const element of signaturesIn(document)) {
    const parent = document.parents.get(element);
    if (parent === message || isNamed(parent, saml, "Assertion")) continue;
    const place = pathOf(document, element);
    yield found("response.misplaced_signature", { place }, placeOf(document, element));
  }
}

function* severalSignatures({ document }: Suspect): Findings {
  for (const element of document.elements) {
    const count = element.children.filter((child) => isDsig(child, "Signature")).length;
    if (count < 2) continue;
    const values = { element: cut(element.localName), count };
    yield found("response.several_signatures", values, placeOf(document, element));
  }
}

/** The reference of a signature must name the element that the signature is in. */
function* wrappedReferences({ document, signatures }: Suspect): Findings {
  for (const { element, owner, target, facts } of signatures) {
    if (facts === undefined || target === owner) continue;
    const covered =
      target === undefined
        ? `${quoted(facts.referenceUri)}, which is not there`
        : pathOf(document, target);
    const place = pathOf(document, element);
    yield found("response.wrapping", { place, covered }, placeOf(document, element));
  }
}

const ONCE = ["SignedInfo", "SignatureValue", "Reference", "DigestValue", "Transforms"];

/** CVE-2025-29774 and 29775: two SignedInfo, or a comment in a digest. */
function* signatureDifferentials({ document, signatures }: Suspect): Findings {
  for (const { element: signature } of signatures) {
    const parts = descendants(signature);
    for (const element of ONCE) {
      const count = parts.filter((part) => isDsig(part, element)).length;
      if (count < 2) continue;
      yield found("response.several_parts", { element, count }, placeOf(document, signature));
    }
    for (const part of parts) {
      if (!part.commented) continue;
      const element = cut(part.localName);
      yield found("response.signature_comment", { element }, placeOf(document, part));
    }
  }
}

function descendants(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(descendants)];
}

/** A comment in a text: some programs read only the first part (CVE-2017-11427). */
function* comments({ document }: Suspect): Findings {
  for (const element of document.elements) {
    if (!element.commented || element.text.trim() === "") continue;
    if (ancestry(document, element).some((one) => isDsig(one, "Signature"))) continue;
    const values = { element: cut(element.localName) };
    yield found("response.comment", values, placeOf(document, element));
  }
}
