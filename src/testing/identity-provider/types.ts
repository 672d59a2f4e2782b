import type { Certificate } from "../../certificates/types.ts";
import type { Instant } from "../../core/time.ts";
import type { TestCertificate, TestKeyAlgorithm } from "../certificate.ts";
import type { FakeServer, FakeServerOptions } from "../server.ts";

/**
 * Ways in which published metadata is wrong.
 *
 * - `unavailable`: status 503.
 * - `garbage`: a web page with status 200.
 * - `stale`: the document from before the last change of the published certificates.
 * - `other_entity`: the metadata of another identity provider.
 * - `wrong_signature`: signed with a key that nobody trusts.
 * - `changed`: changed after it was signed.
 * - `expired`: `validUntil` is past.
 * - `slow`: answered after `delayMs`.
 */
export type Misbehaviour =
  | "unavailable"
  | "garbage"
  | "stale"
  | "other_entity"
  | "wrong_signature"
  | "changed"
  | "expired"
  | "slow";

/** The state of the fake identity provider. */
export interface FakeIdentityProviderState {
  /** The certificates in its metadata, in this order. */
  published: readonly TestCertificate[];
  /** The certificate whose key signs. */
  signer: TestCertificate;
  misbehaviour: Misbehaviour | undefined;
}

export interface FakeIdentityProviderOptions extends FakeServerOptions<FakeIdentityProviderState> {
  /** Default: `https://idp.example.com/metadata`. */
  readonly entityId?: string | undefined;
  /** The current and the next certificate. Default: two new ones. */
  readonly certificates?: readonly [TestCertificate, TestCertificate] | undefined;
  /** The kind of new keys. Default: `RSA-2048`. */
  readonly keyAlgorithm?: Exclude<TestKeyAlgorithm, "RSA-1024" | "P-521" | "Ed25519"> | undefined;
  /** The padding of RSA signatures. Default: `pkcs1`. */
  readonly padding?: "pkcs1" | "pss" | undefined;
  /** Signs the metadata with a key of its own, `metadataSigner`. Default: false. */
  readonly signMetadata?: boolean | undefined;
  /** Seconds from each request to the metadata's `validUntil`. Default: no `validUntil`. */
  readonly validForSeconds?: number | undefined;
  /** Seconds. Default: no `cacheDuration`. */
  readonly cacheSeconds?: number | undefined;
  /** The ACS URLs of service providers by entityID, for requests that name none. */
  readonly serviceProviders?: Readonly<Record<string, string>> | undefined;
  /** The person who signs in. Default: `ada@example.com`. */
  readonly user?: string | undefined;
  /** Default: the system's clock. */
  readonly clock?: (() => Date) | undefined;
}

/** The contents of a Response, and how it is signed. */
export interface FakeResponseOptions {
  readonly acsUrl: string;
  /** The entityID of the service provider. */
  readonly audience: string;
  /** The ID of the AuthnRequest. Default: none, as the identity provider starts the sign-in. */
  readonly inResponseTo?: string | undefined;
  /** The NameID. Default: the fake's `user`. */
  readonly user?: string | undefined;
  /** Attributes with the basic name format. Default: `email`, the user. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Default: `both`, the assertion and the Response. */
  readonly sign?: "both" | "assertion" | "response" | "none" | undefined;
  /** Default: the certificate that signs now. */
  readonly signWith?: TestCertificate | undefined;
  /** The padding of RSA signatures. Default: the fake's. */
  readonly padding?: "pkcs1" | "pss" | undefined;
  readonly hash?: "sha256" | "sha384" | "sha512" | undefined;
  /** False leaves the certificate out of the signature. Default: true. */
  readonly keyInfo?: boolean | undefined;
  /** Encrypts the assertion to this certificate's RSA key: AES-256-GCM with RSA-OAEP. */
  readonly encryptTo?: Certificate | string | undefined;
  /** Default: the fake's clock. */
  readonly now?: Instant | undefined;
}

/** A fake identity provider that signs people in. */
export interface FakeIdentityProvider extends FakeServer<FakeIdentityProviderState> {
  readonly entityId: string;
  readonly metadataUrl: string;
  /** Answers AuthnRequests at the HTTP-Redirect and the HTTP-POST binding. */
  readonly signInUrl: string;
  /** The certificate whose key signs the metadata; undefined if it is not signed. */
  readonly metadataSigner: TestCertificate | undefined;
  /** The certificate whose key signs now. */
  certificate(): TestCertificate;
  /** The other one of the two: the next one, or after a switch the previous one. */
  next(): TestCertificate;
  /** The metadata as it is published now. */
  metadata(): string;
  /** Puts these certificates, and no others, into the metadata. */
  publish(certificates: readonly TestCertificate[]): void;
  /** Takes a certificate out of the metadata. */
  withdraw(certificate: TestCertificate): void;
  /** Signs with this certificate's key from now on. It need not be published. */
  signWith(certificate: TestCertificate): void;
  /** Publishes wrong metadata from now on; without an argument, right metadata again. */
  misbehave(how?: Misbehaviour, options?: { readonly delayMs?: number | undefined }): void;
  /** A Response in Base64, as a browser posts it to the ACS URL in the field SAMLResponse. */
  respond(options: FakeResponseOptions): string;
}
