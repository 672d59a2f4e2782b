import type { Instant } from "../core/time.ts";
import type { ReadMetadata } from "../metadata/read/parse.ts";
import type { XmlLimits } from "../xml/limits.ts";
import type { Trust } from "./anchors.ts";
import type { ValidityPolicy } from "./validity.ts";

/** What is accepted although it is not safe. */
export interface Unsafe {
  /** Signatures and digests with SHA-1. */
  readonly sha1?: boolean | undefined;
  /** RSA keys under 2048 bits. */
  readonly shortRsaKeys?: boolean | undefined;
}

/** How a signature is verified. */
export interface VerifyOptions {
  readonly trust: Trust;
  /** The present, for `validUntil`; by default that of the machine's clock. */
  readonly now?: Instant | undefined;
  readonly validity?: ValidityPolicy | undefined;
  /** Also take `URI=""`, which covers the same, but is not what SAML says (core 5.4.2). */
  readonly allowEmptyReference?: boolean | undefined;
  readonly unsafe?: Unsafe | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** How the document was signed. */
export interface SignatureInfo {
  /** The URI of the signature algorithm. */
  readonly algorithm: string;
  /** SHA-256 of the SubjectPublicKeyInfo of the trusted key that made it, lower-case hex. */
  readonly keySha256: string;
  /** xml-crypto has verified the signature too. */
  readonly secondOpinion: boolean;
}

declare const VERIFIED: unique symbol;

/**
 * Metadata that a trusted key has signed. Only `verifyMetadata` makes it, and nothing can be read
 * from it but what the signature covers.
 */
export interface VerifiedMetadata extends ReadMetadata<"verified"> {
  readonly [VERIFIED]: true;
  readonly signature: SignatureInfo;
}
