/** Deviations from the specification, observed or possible. Each is off by default. */
export interface SendGridQuirks {
  /** Certificate ids as numbers, as documented, or as numeric text. */
  readonly certificateId: "number" | "text";
  /** How an answer spells a certificate's integration: as documented, rightly, or both. */
  readonly integrationIdField: "intergration_id" | "integration_id" | "both";
  /** Times as numbers, as documented, or as numeric text. */
  readonly times: "number" | "text";
  /** Optional fields without a value: left out, or null. */
  readonly absent: "omitted" | "null";
  /** The answer to a new integration lacks its id and URLs, as in the documentation's example. */
  readonly sparseEcho: boolean;
  /** The answer to a deleted certificate: 200 with its body, as documented, or an empty one. */
  readonly certificateDelete: 200 | 202 | 204;
  /** The shape of an error body: as documented, or as seen. */
  readonly errors: "array" | "errors" | "error" | "html" | "empty";
  /** The text of a stored certificate: as sent, PEM with 64 columns, PEM in one line, bare Base64. */
  readonly pem: "verbatim" | "normalized" | "one_line" | "base64";
  /** Requests an operation and window; absent: no limit and no headers. */
  readonly rateLimit: { readonly limit: number; readonly windowSeconds: number } | undefined;
  /** `X-RateLimit-Reset`: unix seconds, left out, or a point that is past. */
  readonly rateLimitReset: "present" | "absent" | "past";
  /** Accepts an integration update that names some fields only; the specification does not. */
  readonly partialUpdates: boolean;
  /** The `enabled` of a new certificate if it was not sent. The documentation does not define it. */
  readonly enabledByDefault: boolean;
  /** The most certificates of an integration; no limit is documented. */
  readonly maxCertificates: number | undefined;
  /** This many lists after a write still return the previous state. */
  readonly staleLists: number;
  /** Drops the subuser access of a teammate if one of its scopes is in this list, with success. */
  readonly unacceptableScopes: readonly string[];
  /** Refuses every request, as for a key that lacks its scope. */
  readonly forbidden: boolean;
}

/** A certificate in the fake, with the fields that SendGrid does not return. */
export interface FakeCertificate {
  readonly id: number;
  readonly integration_id: string;
  public_certificate: string;
  not_before: number;
  not_after: number;
  enabled: boolean;
}

export interface FakeIntegration {
  readonly id: string;
  name: string;
  enabled: boolean;
  signin_url: string;
  signout_url: string;
  entity_id: string;
  completed_integration: boolean;
  last_updated: number;
  readonly single_signon_url: string;
  readonly audience_url: string;
}

/** A teammate as it was last written. */
export type FakeTeammate = Readonly<Record<string, unknown>>;

/** The state of the fake: each object by its id, a teammate by the email address. */
export interface FakeSendGridState {
  readonly certificates: Map<number, FakeCertificate>;
  readonly integrations: Map<string, FakeIntegration>;
  readonly teammates: Map<string, FakeTeammate>;
}
