import type { Certificate } from "../../certificates/types.ts";
import type { Finding } from "../../core/finding.ts";
import { certificateName, labelOf } from "./signing.ts";
import type { AssertionFacts, MessageFacts, SignatureExplanation } from "./types.ts";

/** The parts of a report that its summary is about. */
export interface Summarised {
  readonly message: MessageFacts;
  readonly assertions: readonly AssertionFacts[];
  readonly signatures: readonly SignatureExplanation[];
  readonly given: readonly Certificate[];
  /** The technique by which the message may mislead a program. */
  readonly attack: Finding | undefined;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

function ordinal(position: number): string {
  return ORDINALS[position - 1] ?? `${position}th`;
}

/** `the second of your certificates (CN=idp.example.com, expires 2031-07-09)`. */
function makerText(given: readonly Certificate[], signature: SignatureExplanation): string {
  const { by, position, embedded } = signature;
  const count = given.length;
  const mine = count === 1 ? "your certificate" : `your ${count} certificates`;
  if (by === "given" && position !== undefined) {
    const name = certificateName(given[position - 1] as Certificate);
    if (count === 1) return `your certificate (${name})`;
    return `the ${ordinal(position)} of your certificates (${name})`;
  }
  const maker = embedded.find(({ made }) => made === true);
  const none = count === 1 ? `not by ${mine}` : `by none of ${mine}`;
  if (maker !== undefined) {
    const name = `(${certificateName(maker.certificate)})`;
    if (count === 0) return `the certificate in the message ${name}`;
    return `${none}, but by the one in the message ${name}`;
  }
  return count === 0 ? "a key whose certificate is not in the message" : none;
}

function signedText(given: readonly Certificate[], signature: SignatureExplanation): string {
  if (signature.by === "unchecked") return "signed in a way that cannot be checked";
  const maker = makerText(given, signature);
  const by = /^(?:not )?by /.test(maker) ? maker : `by ${maker}`;
  const changed = signature.content === "changed" && signature.by !== "unknown";
  return `signed ${by}${changed ? ", but changed afterwards" : ""}`;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The answer in one sentence. */
export function summaryOf(report: Summarised): string {
  const { message, assertions, signatures, given, attack } = report;
  if (attack !== undefined) return `Do not use this message: ${lowered(attack.message)}`;
  const isResponse = message.type === "Response";
  const isEncrypted = assertions.some(({ encrypted }) => encrypted);
  const parts = signatures.filter(
    (one, place) => signatures.findIndex(({ of }) => of === one.of) === place,
  );
  if (parts.length === 0) return unsignedText(message, isEncrypted);
  const texts = parts.map((one) => signedText(given, one));
  if (new Set(texts).size > 1) {
    const each = parts.map(({ of }, place) => `the ${labelOf(of)} is ${texts[place]}`);
    return `${capitalised(each.join("; "))}.`;
  }
  const has = (of: string): boolean => parts.some((one) => one.of === of);
  const tail = !isResponse ? "" : tailText(has("Response"), has("Assertion"), isEncrypted);
  return `${capitalised(texts[0] as string)}${tail}.`;
}

function tailText(hasResponse: boolean, hasAssertion: boolean, isEncrypted: boolean): string {
  if (hasResponse && hasAssertion) return "; the Response and the assertion are both signed";
  if (hasAssertion) return "; the Response is not signed";
  return isEncrypted ? "; the assertion is encrypted" : "; the assertion is not signed";
}

function unsignedText({ type }: MessageFacts, isEncrypted: boolean): string {
  if (isEncrypted) {
    return "The Response is not signed; the assertion is encrypted, so its signature cannot be seen.";
  }
  if (type !== "Response") return `The ${labelOf(type)} is not signed.`;
  return "Not signed: neither the Response nor an assertion in it has a signature.";
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
