import type { Certificate } from "../../certificates/types.ts";
import { isSamlCertError } from "../../core/errors.ts";
import type { Finding } from "../../core/finding.ts";
import { cut } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import { bytesOfBase64 } from "../../xml/utf8.ts";
import { signatureMethods } from "../algorithms.ts";
import { type ReadDocument, readDocument } from "./document.ts";
import type { Given, GivenFor } from "./given.ts";
import { fieldValue, type MessageFields, signedQuery } from "./input/fields.ts";
import type { FoundMessage } from "./input/unwrap.ts";
import { found, type ResponseCode } from "./issue.ts";
import { assertionElements, issuerOf, messageElement } from "./message.ts";
import type { ResponseLimits } from "./options.ts";
import type { Question } from "./proof.ts";
import { countSignatures, readSignatures, type SignatureReading } from "./signatures.ts";
import type { MessageSource } from "./types.ts";

/** The signature of a redirect's query. */
export interface QueryReading {
  readonly algorithm?: string | undefined;
  readonly question?: Question | undefined;
}

/** A message before cryptography has answered. */
export interface PreparedMessage {
  readonly source?: MessageSource | undefined;
  readonly document?: ReadDocument | undefined;
  readonly element?: XmlElement | undefined;
  readonly signatures: readonly SignatureReading[];
  readonly query?: QueryReading | undefined;
  readonly given: Given;
  readonly findings: readonly Finding[];
  /** The questions of its signatures, then the one of its query. */
  readonly questions: readonly Asked[];
}

/** A question, and the certificates to try: the given ones, then those in the signature. */
export interface Asked {
  readonly question: Question | undefined;
  readonly certificates: readonly Certificate[];
}

const NOTHING = { signatures: [], questions: [] };

/** A message that cannot be explained further. */
export function unreadable(
  findings: readonly Finding[],
  given: Given,
  source?: MessageSource,
): PreparedMessage {
  return { ...NOTHING, source, findings, given };
}

/** Reads a message and computes what its signatures sign. */
export function prepareMessage(
  { xml, issue, source, query: fields }: FoundMessage,
  givenFor: GivenFor,
  limits: ResponseLimits,
): PreparedMessage {
  if (xml === undefined) {
    const findings = issue === undefined ? [] : [found(issue.code, issue.values, issue.at)];
    return unreadable(findings, givenFor(undefined), source);
  }
  let document: ReadDocument;
  try {
    document = readDocument(xml, limits.maxMessageBytes);
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    const technique = TECHNIQUES[code];
    const findings: Finding[] = [{ code, severity: "error", message, hint, at }];
    if (technique !== undefined) findings.push(found(technique, VALUES, at));
    return unreadable(findings, givenFor(undefined), source);
  }
  const element = messageElement(document);
  if (element === undefined) {
    return unreadable([notSaml(document.root)], givenFor(undefined), source);
  }
  const [first] = assertionElements(element);
  const given = givenFor(issuerOf(element) ?? (first && issuerOf(first.element)));
  const signatures = readSignatures(document, limits.maxSignatures);
  const query = fields && queryOf(fields);
  const count = countSignatures(document);
  const values = { count, limit: limits.maxSignatures };
  const ask = (question: Question | undefined, embedded: readonly Certificate[]): Asked => ({
    question,
    certificates: [...given.certificates, ...embedded],
  });
  return {
    source,
    document,
    element,
    signatures,
    query,
    given,
    findings: count > signatures.length ? [found("response.limit.signatures", values)] : [],
    questions: [
      ...signatures.map(({ question, embedded }) => ask(question, embedded)),
      ...(query === undefined ? [] : [ask(query.question, [])]),
    ],
  };
}

/** The techniques that show as XML that the strict reader refuses. */
const TECHNIQUES: Readonly<Partial<Record<string, ResponseCode>>> = {
  "xml.doctype": "response.hidden_entities",
  "xml.namespace_relative": "response.void_canonicalization",
  "xml.namespace_form": "response.void_canonicalization",
  "xml.duplicate_attribute": "response.attribute_pollution",
  "xml.namespace": "response.namespace_confusion",
};

const VALUES = {
  element: "The element",
  attributes: "one name twice",
  name: "A reserved prefix",
  namespace: "which no program may change",
};

function notSaml({ namespace, localName }: XmlElement): Finding {
  if (namespace === namespaces.md) return found("response.metadata");
  if (/^urn:oasis:names:tc:SAML:1\.\d:/.test(namespace)) return found("response.saml1");
  return found("response.not_saml", { element: cut(localName) });
}

function queryOf(fields: MessageFields): QueryReading {
  const algorithm = fieldValue(fields, "SigAlg");
  const method = signatureMethods.get(algorithm ?? "");
  const value = bytesOfBase64(fieldValue(fields, "Signature") ?? "");
  if (method === undefined || value === undefined) return { algorithm };
  return { algorithm, question: { method, value, signed: signedQuery(fields) } };
}
