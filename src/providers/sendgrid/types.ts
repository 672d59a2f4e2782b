import type { WithRaw } from "../http/decode.ts";
import type { Body, Decoded } from "../http/wire.ts";
import type {
  certificateWire,
  createCertificateWire,
  createTeammateWire,
  integrationWire,
  updateCertificateWire,
  updatedTeammateWire,
  updateTeammateWire,
  writeIntegrationWire,
} from "./wire.ts";

/** A certificate of an integration, as SendGrid stores it. SendGrid never returns `enabled`. */
export interface SendGridCertificate extends Decoded<typeof certificateWire>, WithRaw {}

/** A SAML connection to one identity provider. */
export interface SendGridIntegration extends Decoded<typeof integrationWire>, WithRaw {}

/** A teammate who signs in through SSO. The address fields are only in the answer to an update. */
export interface SendGridTeammate extends Decoded<typeof updatedTeammateWire>, WithRaw {}

/** The access of a teammate to one subuser, as SendGrid stores it. */
export type StoredSubuserAccess = NonNullable<SendGridTeammate["subuser_access"]>[number];

export interface CreateCertificateBody extends Body<typeof createCertificateWire> {}

export interface UpdateCertificateBody extends Body<typeof updateCertificateWire> {}

export interface CreateIntegrationBody extends Body<typeof writeIntegrationWire> {}

/** The fields to change; the others keep the stored value. */
export type UpdateIntegrationChanges = {
  readonly [Field in keyof CreateIntegrationBody]?: CreateIntegrationBody[Field] | undefined;
};

/**
 * The rights of a teammate: one of `is_admin`, `persona` and `scopes`, or restricted subuser
 * access, which excludes all three.
 */
export interface UpdateTeammateBody extends Body<typeof updateTeammateWire> {}

export interface CreateTeammateBody extends Body<typeof createTeammateWire> {}

export type Persona = NonNullable<UpdateTeammateBody["persona"]>;

export type SubuserAccess = NonNullable<UpdateTeammateBody["subuser_access"]>[number];

/** One field that an update changed, or that SendGrid returned with another value than was sent. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The result of `integrations.update`. */
export interface IntegrationUpdate {
  readonly integration: SendGridIntegration;
  /** The fields that differed from the stored ones; empty if nothing was sent. */
  readonly changed: readonly FieldChange[];
  /** Fields that SendGrid returned with another value: `before` was sent. */
  readonly notTaken: readonly FieldChange[];
}

/** The result of `certificates.ensure`. */
export interface EnsuredCertificate {
  readonly certificate: SendGridCertificate;
  /** False if it was stored before. */
  readonly created: boolean;
}

/** The result of a teammate's creation or update. */
export interface TeammateWrite {
  readonly teammate: SendGridTeammate;
  /**
   * Rights that were requested and are not in the answer. SendGrid drops what it does not accept,
   * such as a scope that a subuser cannot have, and answers with success.
   */
  readonly dropped: readonly string[];
}
