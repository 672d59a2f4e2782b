import type { Certificate } from "../../certificates/types.ts";
import type { Check, Finding } from "../../core/finding.ts";

/** The form in which a message was found. */
export type InputForm = "xml" | "base64" | "form" | "html" | "redirect" | "har" | "saml-tracer";

/** The place of a message in the input. */
export interface MessageSource {
  readonly form: InputForm;
  /** The number of the request in a capture, from 1. */
  readonly request?: number | undefined;
  /** The URL that a captured request was sent to, without its query. */
  readonly url?: string | undefined;
  /** ISO 8601; the time of a captured request. */
  readonly time?: string | undefined;
}

/** The facts of a SAML message. Nothing of it is believed. */
export interface MessageFacts {
  /** Such as `Response`, `Assertion`, `LogoutResponse` or `AuthnRequest`. */
  readonly type: string;
  readonly id?: string | undefined;
  readonly issuer?: string | undefined;
  readonly issueInstant?: string | undefined;
  readonly destination?: string | undefined;
  readonly inResponseTo?: string | undefined;
  /** The status codes of a Response, outermost first, and the message. */
  readonly status?: StatusFacts | undefined;
}

export interface StatusFacts {
  readonly codes: readonly string[];
  readonly message?: string | undefined;
}

/** The facts of an assertion. Nothing of it is believed. */
export interface AssertionFacts {
  /** Its place, such as `/Response/Assertion[1]`. */
  readonly path: string;
  readonly encrypted: boolean;
  /** True if a signature that is intact, of one of the given certificates, covers it. */
  readonly covered: boolean;
  readonly id?: string | undefined;
  readonly issuer?: string | undefined;
  readonly issueInstant?: string | undefined;
  readonly notBefore?: string | undefined;
  readonly notOnOrAfter?: string | undefined;
  readonly audiences: readonly string[];
  readonly confirmations: readonly ConfirmationFacts[];
  /** The algorithms of an encrypted assertion. */
  readonly encryption?: readonly string[] | undefined;
}

export interface ConfirmationFacts {
  readonly method?: string | undefined;
  readonly recipient?: string | undefined;
  readonly notOnOrAfter?: string | undefined;
  readonly inResponseTo?: string | undefined;
}

/** A certificate in the form that `observeSignIn` and `keys.observe` take. */
export interface SignedBy {
  readonly certificate: Certificate;
  /** SHA-256 of its DER, lower-case hex. */
  readonly fingerprint: string;
}

/** A certificate in the KeyInfo of a signature; it is not trusted. */
export interface EmbeddedCertificate extends SignedBy {
  /** It is one of the given certificates. */
  readonly given: boolean;
  /** Its key made the signature; undefined if that cannot be told. */
  readonly made?: boolean | undefined;
}

/** The explanation of one signature. */
export interface SignatureExplanation {
  /** The element that it is in, such as `Response` or `Assertion`; `query` for that of a redirect. */
  readonly of: string;
  /** The place of that element. */
  readonly path: string;
  /** The place of the element that it covers; undefined if its reference names none. */
  readonly covers?: string | undefined;
  /** URIs; undefined if the signature is malformed. */
  readonly algorithm?: string | undefined;
  readonly digestAlgorithm?: string | undefined;
  readonly canonicalization?: string | undefined;
  /**
   * The key that made it: of a given certificate, of one in the message (`embedded`), of neither
   * (`unknown`), or `unchecked` because the signature is malformed or its algorithm is unknown.
   */
  readonly by: "given" | "embedded" | "unknown" | "unchecked";
  /** The signed content: as it was signed, changed afterwards, or not compared. */
  readonly content: "intact" | "changed" | "unchecked";
  /**
   * The given certificate that made it; only if the content is intact and is the element that the
   * signature is in. The evidence of a rotation, once the service provider has accepted the sign-in.
   */
  readonly signedBy?: SignedBy | undefined;
  /** Place of the given certificate whose key made it, from 1; also if the content was changed. */
  readonly position?: number | undefined;
  readonly embedded: readonly EmbeddedCertificate[];
}

/** Personal data that was asked for with `show`. Nothing of it is believed. */
export interface ShownData {
  readonly nameIds?: readonly string[] | undefined;
  readonly attributes?: readonly ShownAttribute[] | undefined;
}

export interface ShownAttribute {
  readonly name: string;
  readonly values: readonly string[];
}

/** The explanation of one message. */
export interface MessageReport {
  /** One sentence: which certificate signed which element. */
  readonly summary: string;
  readonly source?: MessageSource | undefined;
  /** Undefined if the input is not a SAML message that can be read. */
  readonly message?: MessageFacts | undefined;
  readonly assertions: readonly AssertionFacts[];
  readonly signatures: readonly SignatureExplanation[];
  /** The worst first. An error is something that service providers refuse. */
  readonly findings: readonly Finding[];
  /** The checks that ran, and those that were skipped and why. */
  readonly checks: readonly Check[];
  /** ISO 8601; the time that the message was compared with. */
  readonly judgedAt: string;
  readonly shown?: ShownData | undefined;
}

/** The fields by which programs recognise a login: a report never has them. */
type NoLogin = {
  readonly [Name in
    | "user"
    | "profile"
    | "nameID"
    | "nameId"
    | "email"
    | "attributes"
    | "session"
    | "valid"
    | "verified"
    | "authenticated"
    | "ok"]?: never;
};

/**
 * The explanation of a Response. It is no login: it says what is in a message, believes none of it, and
 * has no field that says that a person may enter.
 */
export interface ResponseReport extends MessageReport, NoLogin {
  readonly kind: "explanation";
  /** Further messages of a capture, in their order. The report is about the last Response. */
  readonly others: readonly MessageReport[];
}
