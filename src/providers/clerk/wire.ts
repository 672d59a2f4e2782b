// The schemas of clerk/openapi-specs, bapi/2026-05-12.yml; `idp_certificates` is of @clerk/backend 3.25.0.

/** EnterpriseConnection, as far as it is about SAML. */
export const connectionWire = {
  id: { kind: "text", certain: true },
  name: { kind: "text", required: true },
  provider: { kind: "text", required: true },
  active: { kind: "flag", required: true },
  domains: { kind: "texts", required: true },
  organization_id: { kind: "text", nullable: true },
  saml_connection: {
    kind: "object",
    nullable: true,
    fields: {
      id: { kind: "text" },
      idp_entity_id: { kind: "text", nullable: true },
      idp_sso_url: { kind: "text", nullable: true },
      idp_metadata_url: { kind: "text", nullable: true },
      acs_url: { kind: "text", nullable: true },
      sp_entity_id: { kind: "text", nullable: true },
      sp_metadata_url: { kind: "text", nullable: true },
      /** SamlConnectionIdpCertificate. */
      idp_certificates: {
        kind: "objects",
        fields: {
          /** Base64 of the DER, without armour. */
          certificate: { kind: "text", certain: true },
          /** Unix milliseconds. */
          issued_at: { kind: "number", nullable: true },
          /** Unix milliseconds. */
          expires_at: { kind: "number", nullable: true },
        },
      },
    },
  },
} as const;

/** EnterpriseConnections: one page. */
export const connectionsWire: {
  readonly data: {
    readonly kind: "objects";
    readonly certain: true;
    readonly fields: typeof connectionWire;
  };
  readonly total_count: { readonly kind: "number"; readonly required: true };
} = {
  data: { kind: "objects", certain: true, fields: connectionWire },
  total_count: { kind: "number", required: true },
};

/** The body of UpdateEnterpriseConnection, as far as it is about SAML. */
export const updateWire = {
  name: { kind: "text", nullable: true },
  active: { kind: "flag", nullable: true },
  saml: {
    kind: "object",
    nullable: true,
    fields: {
      idp_entity_id: { kind: "text", nullable: true },
      idp_sso_url: { kind: "text", nullable: true },
      idp_metadata_url: { kind: "text", nullable: true },
      /** PEM; replaces every certificate. */
      idp_certificates: { kind: "texts", nullable: true },
    },
  },
} as const;
