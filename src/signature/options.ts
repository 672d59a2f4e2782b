import { isObject, need } from "../core/argument.ts";
import {
  ANY,
  BOOLEAN,
  checkOptions,
  INSTANT,
  LIST,
  OBJECT,
  type OptionKinds,
} from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import type { ReadMetadata } from "../metadata/read/parse.ts";
import { limitsOf, type XmlLimits } from "../xml/limits.ts";
import { type TrustAnchors, type TrustedKey, trustedKeys } from "./anchors.ts";
import { VALIDITY_KINDS, type ValidityPolicy } from "./validity.ts";

/** Accepts what is not safe. */
export interface Unsafe {
  /** Signatures and digests with SHA-1. */
  readonly sha1?: boolean | undefined;
  /** RSA keys under 2048 bits. */
  readonly shortRsaKeys?: boolean | undefined;
}

/** How a signature is verified. */
export interface VerifyOptions {
  readonly trust: TrustAnchors;
  /** The time to compare `validUntil` with. Default: the system clock. */
  readonly now?: Instant | undefined;
  readonly validity?: ValidityPolicy | undefined;
  /** Accepts `URI=""`, which covers the same, but which SAML does not allow (core 5.4.2). */
  readonly allowEmptyReference?: boolean | undefined;
  readonly unsafe?: Unsafe | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
  /**
   * Also requires xml-crypto to verify the signature: two independent implementations must agree. It
   * is an optional peer dependency, supports fewer algorithms, and is slow on large documents.
   */
  readonly secondOpinion?: boolean | undefined;
}

const TRUST_KINDS: OptionKinds<TrustAnchors> = { certificates: ANY, publicKeys: LIST };
const UNSAFE_KINDS: OptionKinds<Unsafe> = { sha1: BOOLEAN, shortRsaKeys: BOOLEAN };

export const VERIFY_KINDS: OptionKinds<VerifyOptions> = {
  trust: OBJECT,
  now: INSTANT,
  validity: OBJECT,
  allowEmptyReference: BOOLEAN,
  unsafe: OBJECT,
  limits: OBJECT,
  secondOpinion: BOOLEAN,
};

/** Checked options. */
export interface Verification {
  readonly keys: readonly TrustedKey[];
  /** Unix seconds. */
  readonly now: number;
  readonly validity: ValidityPolicy;
  readonly limits: XmlLimits;
  readonly allowEmptyReference: boolean;
  readonly allowSha1: boolean;
  readonly allowShortRsa: boolean;
}

/** Throws a `TypeError` for an option that is unknown or of the wrong kind. */
export function verificationOf<Options extends VerifyOptions>(
  options: Options,
  kinds: OptionKinds<Options>,
  caller: string,
): Verification {
  need(() => isObject(options), "options", "an object with trust");
  checkOptions(options, kinds, caller);
  const { trust, now = new Date(), validity = {}, unsafe = {}, limits } = options;
  checkOptions(trust, TRUST_KINDS, "trust");
  checkOptions(validity, VALIDITY_KINDS, "validity");
  checkOptions(unsafe, UNSAFE_KINDS, "unsafe");
  return {
    keys: trustedKeys(trust),
    now: unixSeconds(now),
    validity,
    limits: limitsOf(limits),
    allowEmptyReference: options.allowEmptyReference === true,
    allowSha1: unsafe.sha1 === true,
    allowShortRsa: unsafe.shortRsaKeys === true,
  };
}

/** How the document was signed. */
export interface SignatureInfo {
  /** The URI of the signature algorithm. */
  readonly algorithm: string;
  /** SHA-256 of the SubjectPublicKeyInfo of the trusted key that made it, lower-case hex. */
  readonly keySha256: string;
  /** True if xml-crypto verified the signature too. */
  readonly secondOpinion: boolean;
}

declare const VERIFIED: unique symbol;

/**
 * Metadata that a trusted key signed. Only `verifyMetadata` makes it; it contains nothing that the
 * signature does not cover.
 */
export interface VerifiedMetadata extends ReadMetadata<"verified"> {
  readonly [VERIFIED]: true;
  readonly signature: SignatureInfo;
}
