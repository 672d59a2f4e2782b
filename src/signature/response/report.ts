import type { Certificate } from "../../certificates/types.ts";
import { bySeverity, type Check, type Finding, hasErrors } from "../../core/finding.ts";
import { cut } from "../../core/quote.ts";
import { isoTime, unixSeconds } from "../../core/time.ts";
import type { XmlElement } from "../../xml/element.ts";
import { attackFindings } from "./attacks.ts";
import {
  audienceFindings,
  contentFindings,
  type Expectations,
  issuerFindings,
  recipientFindings,
  timeFindings,
  versionFindings,
} from "./conditions.ts";
import { contains, pathOf, type ReadDocument } from "./document.ts";
import { found } from "./issue.ts";
import {
  type AssertionElement,
  assertionElements,
  assertionFacts,
  messageFacts,
  shownData,
} from "./message.ts";
import type { ExplainOptions } from "./options.ts";
import type { PreparedMessage } from "./prepare.ts";
import type { Proof } from "./proof.ts";
import type { SignatureReading } from "./signatures.ts";
import { explainSignature, type Proven, signatureFindings } from "./signing.ts";
import { summaryOf } from "./summary.ts";
import type { AssertionFacts, MessageReport, SignatureExplanation } from "./types.ts";

/** Upper bounds on what a report lists, for hostile messages. */
const MAX_FINDINGS = 100;
const MAX_ASSERTIONS = 20;

/** Options that are the same for every message of an input. */
export interface Judging {
  readonly options: ExplainOptions;
  /** Unix seconds; used unless the options or the capture have a time. */
  readonly clock: number;
}

interface Readable extends PreparedMessage {
  readonly document: ReadDocument;
  readonly element: XmlElement;
}

function isReadable(prepared: PreparedMessage): prepared is Readable {
  return prepared.document !== undefined && prepared.element !== undefined;
}

/** The report about a message, once cryptography has answered its questions. */
export function reportOf(
  prepared: PreparedMessage,
  proofs: readonly (Proof | undefined)[],
  judging: Judging,
): MessageReport {
  const { source, findings } = prepared;
  const now = unixSeconds(judging.options.now ?? source?.time ?? judging.clock);
  const judgedAt = isoTime(now);
  if (isReadable(prepared)) return readableReport(prepared, proofs, judging, now);
  const summary = findings[0]?.message ?? found("response.not_found").message;
  const empty = { assertions: [], signatures: [], checks: [], judgedAt };
  return { summary, source, findings, ...empty };
}

function readableReport(
  prepared: Readable,
  proofs: readonly (Proof | undefined)[],
  { options }: Judging,
  now: number,
): MessageReport {
  const { document, element, given, source } = prepared;
  const { certificates } = given;
  const message = messageFacts(element);
  const attacks = attackFindings({ document, message: element, signatures: prepared.signatures });
  const proven = [
    ...prepared.signatures.map((reading, place) => provenXml(prepared, reading, proofs[place])),
    ...provenQuery(prepared, proofs.at(-1)),
  ];
  const signatures = proven.map((one) => explainSignature(certificates, one));
  const elements = assertionElements(element).slice(0, MAX_ASSERTIONS);
  const intact = prepared.signatures.filter(
    ({ target, owner }, place) =>
      signatures[place]?.content === "intact" && target !== undefined && target === owner,
  );
  const trusted = intact.filter(
    (one) => signatures[prepared.signatures.indexOf(one)]?.signedBy !== undefined,
  );
  const isIn = (readings: readonly SignatureReading[], one: AssertionElement): boolean =>
    readings.some(({ owner }) => contains(document, owner, one.element));
  const assertions = elements.map((one) => assertionFacts(document, one, isIn(trusted, one)));
  const uncovered = elements
    .filter((one) => !one.isEncrypted && isAnyIntact(signatures) && !isIn(intact, one))
    .map((one) => found("response.uncovered_assertion", { place: pathOf(document, one.element) }));
  const wrapping = [...attacks, ...uncovered];
  const isSignIn = message.type === "Response" || message.type === "Assertion";
  const expected: Expectations = {
    now,
    skew: options.clockSkewSeconds ?? 180,
    audience: options.audience,
    recipient: options.recipient ?? (isSignIn ? source?.url : undefined),
  };
  const signing = proven.flatMap((one, place) =>
    signatureFindings(certificates, signatures[place] as SignatureExplanation, one.fault, now),
  );
  const groups = {
    signature: [
      ...signing,
      ...presenceFindings(message.type, assertions, signatures, certificates),
    ],
    wrapping,
    content: [
      ...contentFindings(message, assertions),
      ...versionFindings([element, ...elements.map((one) => one.element)]),
    ],
    time: timeFindings(message, assertions, expected),
    issuer: issuerFindings(message, assertions, given.entityIds),
    audience: isSignIn ? audienceFindings(assertions, expected) : [],
    recipient: isSignIn ? recipientFindings(message, assertions, expected) : [],
  };
  const skipped = {
    signature: certificates.length === 0 ? "no certificates or metadata are given" : undefined,
    audience: expected.audience === undefined ? "no audience is given" : undefined,
    recipient: expected.recipient === undefined ? "no recipient is given" : undefined,
  };
  const findings = [...prepared.findings, ...Object.values(groups).flat()];
  const shown = shownData(elements, options.show ?? []);
  return {
    summary: summaryOf({
      message,
      assertions,
      signatures,
      given: certificates,
      attack: wrapping.find(({ severity }) => severity === "error"),
    }),
    source,
    message,
    assertions,
    signatures,
    findings: unique(findings).sort(bySeverity).slice(0, MAX_FINDINGS),
    checks: checksOf(groups, skipped),
    judgedAt: isoTime(now),
    ...(shown && { shown }),
  };
}

function provenXml(
  { document }: Readable,
  { element, owner, target, facts, embedded, fault }: SignatureReading,
  proof: Proof | undefined,
): Proven {
  return {
    facts: {
      of: cut(owner.localName),
      path: pathOf(document, owner),
      ...(target && { covers: pathOf(document, target) }),
      ...(facts && {
        algorithm: facts.signatureAlgorithm,
        digestAlgorithm: facts.digestAlgorithm,
        canonicalization: canonicalizationOf(element),
      }),
    },
    embedded,
    proof,
    fault,
    inPlace: target !== undefined && target === owner,
  };
}

/** `SignedInfo` begins with it; a signature of another form has no facts. */
function canonicalizationOf({ children }: SignatureReading["element"]): string | undefined {
  return children[0]?.children[0]?.attributes.find(({ localName }) => localName === "Algorithm")
    ?.value;
}

/** The signature covers the query itself: made by a key, it is intact. */
function provenQuery({ query }: PreparedMessage, answer: Proof | undefined): readonly Proven[] {
  if (query === undefined) return [];
  const proof = query.question &&
    answer && { made: answer.made, intact: answer.made.includes(true) };
  const { algorithm } = query;
  const facts = { of: "query", path: "query", covers: "query", algorithm };
  const fault = query.question === undefined ? found("response.query_incomplete") : undefined;
  return [{ facts, embedded: [], proof, fault, inPlace: true }];
}

function isAnyIntact(signatures: readonly SignatureExplanation[]): boolean {
  return signatures.some(({ content, of }) => content === "intact" && of !== "query");
}

/** The findings about signatures that are there and those that are not. */
function presenceFindings(
  type: string,
  assertions: readonly AssertionFacts[],
  signatures: readonly SignatureExplanation[],
  given: readonly Certificate[],
): readonly Finding[] {
  const has = (of: string): boolean => signatures.some((one) => one.of === of);
  const isQuery = has("query");
  if (signatures.length > 0 && given.length === 0) return [found("response.no_certificates")];
  if (assertions.length === 0 || assertions.some(({ encrypted }) => encrypted)) return [];
  if (signatures.length === 0) return [found("response.unsigned", { element: type })];
  if (type !== "Response" || isQuery) return [];
  return [
    ...(has("Assertion") ? [] : [found("response.assertion_unsigned")]),
    ...(has("Response") ? [] : [found("response.response_unsigned")]),
  ];
}

/** A finding of the same words and place is reported once. */
function unique(findings: readonly Finding[]): Finding[] {
  const key = ({ code, message, at }: Finding): string =>
    `${code} ${message} ${at?.offset ?? ""} ${at?.path ?? ""}`;
  return [...new Map(findings.map((one) => [key(one), one])).values()];
}

function checksOf(
  groups: Readonly<Record<string, readonly Finding[]>>,
  skipped: Readonly<Record<string, string | undefined>>,
): readonly Check[] {
  return Object.entries(groups).map(([id, findings]) => {
    if (hasErrors(findings)) return { id, status: "failed" };
    const reason = skipped[id];
    return reason === undefined ? { id, status: "passed" } : { id, status: "skipped", reason };
  });
}
