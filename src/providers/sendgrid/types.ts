import type { WithRaw } from "../http/decode.ts";

/** A certificate of an integration, as SendGrid holds it. Whether it is enabled is never told. */
export interface SendGridCertificate extends WithRaw {
  /** As text; documented as a number, seen as text too. */
  readonly id: string;
  /** The certificate's text as SendGrid holds it. */
  readonly public_certificate: string;
  /** Integer unix seconds. */
  readonly not_before?: number | undefined;
  /** Integer unix seconds. */
  readonly not_after?: number | undefined;
  /** Read from `integration_id`, or from `intergration_id`, as the documentation spells it. */
  readonly integration_id?: string | undefined;
}

/** A SAML connection to one identity provider. */
export interface SendGridIntegration extends WithRaw {
  readonly id: string;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Where the identity provider takes sign-in requests; "Embed Link" in SendGrid's pages. */
  readonly signin_url?: string | undefined;
  readonly signout_url?: string | undefined;
  /** The identity provider's issuer, not SendGrid's name: that is `audience_url`. */
  readonly entity_id?: string | undefined;
  /** Told only where `si` was asked for, which this client always does. */
  readonly completed_integration?: boolean | undefined;
  /** Integer unix seconds. */
  readonly last_updated?: number | undefined;
  /** SendGrid's assertion consumer service. */
  readonly single_signon_url?: string | undefined;
  /** SendGrid's entity ID as service provider. */
  readonly audience_url?: string | undefined;
}

export interface CreateCertificateBody {
  /** Any paste of one certificate; it is checked, and sent as PEM with 64 columns. */
  readonly public_certificate: string;
  readonly integration_id: string;
  /** Sent only if set. The documentation names no default. */
  readonly enabled?: boolean | undefined;
}

export interface UpdateCertificateBody {
  readonly public_certificate?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly integration_id?: string | undefined;
}

export interface CreateIntegrationBody {
  readonly name: string;
  readonly enabled: boolean;
  readonly signin_url: string;
  readonly signout_url: string;
  readonly entity_id: string;
  readonly completed_integration?: boolean | undefined;
}

/** The fields to change; the others keep what SendGrid has. */
export type UpdateIntegrationChanges = {
  readonly [Field in keyof CreateIntegrationBody]?: CreateIntegrationBody[Field] | undefined;
};

/** One field that an update changed, or that SendGrid answered differently than it was sent. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface IntegrationUpdate {
  readonly integration: SendGridIntegration;
  /** What was different from what SendGrid held; empty if nothing was sent. */
  readonly changed: readonly FieldChange[];
  /** Fields that were sent and that SendGrid answered otherwise: `before` was sent. */
  readonly notTaken: readonly FieldChange[];
}

/** The answer of `certificates.ensure`. */
export interface EnsuredCertificate {
  readonly certificate: SendGridCertificate;
  /** False if it was there before. */
  readonly created: boolean;
}

export type Persona = "accountant" | "developer" | "marketer" | "observer";

export interface SubuserAccess {
  readonly id: number;
  readonly permission_type: "admin" | "restricted";
  /** Only where `permission_type` is `restricted`. */
  readonly scopes?: readonly string[] | undefined;
}

/**
 * The rights of a teammate: one of `is_admin`, `persona` and `scopes`, or restricted subuser
 * access, which rules out all three.
 */
export interface UpdateTeammateBody {
  readonly first_name: string;
  readonly last_name: string;
  readonly is_admin?: boolean | undefined;
  readonly persona?: Persona | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly has_restricted_subuser_access?: boolean | undefined;
  readonly subuser_access?: readonly SubuserAccess[] | undefined;
}

export interface CreateTeammateBody extends UpdateTeammateBody {
  readonly email: string;
}

export interface StoredSubuserAccess {
  readonly id?: number | undefined;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly permission_type?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
}

/** A teammate who signs in through SSO. */
export interface SendGridTeammate extends WithRaw {
  readonly email?: string | undefined;
  readonly username?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly is_admin?: boolean | undefined;
  readonly is_sso?: boolean | undefined;
  readonly user_type?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly has_restricted_subuser_access?: boolean | undefined;
  readonly subuser_access?: readonly StoredSubuserAccess[] | undefined;
}

export interface TeammateWrite {
  readonly teammate: SendGridTeammate;
  /**
   * What was asked for and is not in the answer. SendGrid drops what it does not accept, such as a
   * scope that a subuser cannot have, and answers with success.
   */
  readonly dropped: readonly string[];
}
