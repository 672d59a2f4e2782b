import { AMOUNT, BOOLEAN, type OptionKinds } from "../core/options.ts";
import { quoted } from "../core/quote.ts";
import { namespaces } from "../core/uris.ts";
import { dateTimeSeconds } from "../metadata/elements/simple-types.ts";
import { attributeOf, type XmlElement } from "../xml/element.ts";
import { signatureError } from "./error.ts";

/** Requirements on `validUntil`. Metadata past it is always refused. */
export interface ValidityPolicy {
  /** The root must have a `validUntil`. */
  readonly requireValidUntil?: boolean | undefined;
  /** Seconds until the furthest `validUntil` that the root may have; implies `requireValidUntil`. */
  readonly maxValiditySeconds?: number | undefined;
  /** Seconds by which clocks may differ. Default: 180. */
  readonly clockSkewSeconds?: number | undefined;
}

const CLOCK_SKEW = 180;

export const VALIDITY_KINDS: OptionKinds<ValidityPolicy> = {
  requireValidUntil: BOOLEAN,
  maxValiditySeconds: AMOUNT,
  clockSkewSeconds: AMOUNT,
};

/** An element that may have a `validUntil`. */
type Dated = Pick<XmlElement, "localName" | "attributes">;

/** Checks the root of a document. */
export function checkRoot(root: Dated, policy: ValidityPolicy, now: number): void {
  const { maxValiditySeconds, requireValidUntil } = policy;
  const until = validUntilOf(root);
  if (until === undefined) {
    if (requireValidUntil === true || maxValiditySeconds !== undefined) {
      throw signatureError("signature.valid_until_missing");
    }
    return;
  }
  const skew = policy.clockSkewSeconds ?? CLOCK_SKEW;
  if (maxValiditySeconds !== undefined && until - now > maxValiditySeconds + skew) {
    throw signatureError("signature.valid_until_far");
  }
  checkElement(root, policy, now);
}

/** Checks an element that may have a `validUntil`. */
export function checkElement(element: Dated, policy: ValidityPolicy, now: number): void {
  const until = validUntilOf(element);
  if (until !== undefined && until + (policy.clockSkewSeconds ?? CLOCK_SKEW) <= now) {
    const id = attributeOf(element, "entityID");
    const name = id === undefined ? `The ${element.localName}` : quoted(id);
    throw signatureError("signature.expired", { name });
  }
}

/** Checks an entity or group and all its descendants that may have a `validUntil`. */
export function checkAll(element: XmlElement, policy: ValidityPolicy, now: number): void {
  checkElement(element, policy, now);
  for (const child of element.children) {
    if (child.namespace === namespaces.md && child.localName.endsWith("Descriptor")) {
      checkAll(child, policy, now);
    }
  }
}

/** Unix seconds. Text that is not a time is refused, because it may be in the past. */
function validUntilOf(element: Dated): number | undefined {
  const text = attributeOf(element, "validUntil");
  if (text === undefined) return undefined;
  const seconds = dateTimeSeconds(text.trim());
  if (seconds === undefined) throw signatureError("signature.valid_until", { value: quoted(text) });
  return seconds;
}
