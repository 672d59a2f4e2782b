import { namespaces } from "../core/uris.ts";
import { dateTimeSeconds } from "../metadata/elements/simple-types.ts";
import { attributeOf, type XmlElement } from "../xml/element.ts";
import { quoted } from "../xml/fault.ts";
import { signatureError } from "./fault.ts";

/** What is asked of `validUntil`. Metadata past it is refused whatever is asked. */
export interface ValidityPolicy {
  /** The root has to say until when it is valid. */
  readonly requireValidUntil?: boolean | undefined;
  /** The root's `validUntil` may not be further away; it is then required too. */
  readonly maxValiditySeconds?: number | undefined;
  /** How far clocks may differ; 180 seconds by default. */
  readonly clockSkewSeconds?: number | undefined;
}

const CLOCK_SKEW = 180;

/**
 * What is asked, if it makes sense: beside what is no number nothing would ever be too late. Another
 * value is a fault of the program, a `RangeError`.
 */
export function validityOf(policy: ValidityPolicy = {}): ValidityPolicy {
  for (const name of ["maxValiditySeconds", "clockSkewSeconds"] as const) {
    const seconds = policy[name];
    if (seconds !== undefined && !(typeof seconds === "number" && seconds >= 0)) {
      throw new RangeError(`${name} is a number of seconds, 0 or more.`);
    }
  }
  return policy;
}

/** What has a `validUntil`, or may have. */
type Dated = Pick<XmlElement, "localName" | "attributes">;

/** Checks the root of a document. */
export function checkRoot(root: Dated, policy: ValidityPolicy, now: number): void {
  const { maxValiditySeconds, requireValidUntil } = policy;
  const until = validUntilOf(root);
  if (until === undefined) {
    if (requireValidUntil === true || maxValiditySeconds !== undefined) {
      throw signatureError("signature.valid_until", "It is missing.");
    }
    return;
  }
  const skew = policy.clockSkewSeconds ?? CLOCK_SKEW;
  if (maxValiditySeconds !== undefined && until - now > maxValiditySeconds + skew) {
    throw signatureError("signature.valid_until", "It is too far away.");
  }
  checkElement(root, policy, now);
}

/** Checks an element that may have a `validUntil`. */
export function checkElement(element: Dated, policy: ValidityPolicy, now: number): void {
  const until = validUntilOf(element);
  if (until !== undefined && until + (policy.clockSkewSeconds ?? CLOCK_SKEW) <= now) {
    const name = attributeOf(element, "entityID") ?? element.localName;
    throw signatureError("signature.expired", `It is ${quoted(name)}.`);
  }
}

/** Checks an entity or group and everything in it that may have a `validUntil`. */
export function checkAll(element: XmlElement, policy: ValidityPolicy, now: number): void {
  checkElement(element, policy, now);
  for (const child of element.children) {
    if (child.namespace === namespaces.md && child.localName.endsWith("Descriptor")) {
      checkAll(child, policy, now);
    }
  }
}

/** Unix seconds. Text that is no time is refused: it cannot be known to lie ahead. */
function validUntilOf(element: Dated): number | undefined {
  const text = attributeOf(element, "validUntil");
  if (text === undefined) return undefined;
  const seconds = dateTimeSeconds(text.trim());
  if (seconds === undefined) throw signatureError("signature.valid_until", "It is not a time.");
  return seconds;
}
