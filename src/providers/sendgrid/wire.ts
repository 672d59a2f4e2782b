// The schemas of twilio/sendgrid-oai, spec/json/tsg_sso_v3.json. Their types are in types.ts.

/** SsoCertificateBody. The misspelling is the specification's; clients have seen both forms. */
export const certificateWire = {
  /** As text; documented as a number, seen as text too. */
  id: { kind: "id", certain: true },
  /** The certificate's text as SendGrid stores it. */
  public_certificate: { kind: "text", certain: true },
  /** Integer unix seconds. */
  not_before: { kind: "seconds" },
  /** Integer unix seconds. */
  not_after: { kind: "seconds" },
  /** Read from `integration_id`, or from `intergration_id`, as the documentation spells it. */
  integration_id: { kind: "text", documented: "intergration_id" },
} as const;

/** SsoIntegration. */
export const integrationWire = {
  id: { kind: "text", certain: true },
  name: { kind: "text", required: true },
  enabled: { kind: "flag", required: true },
  /** The identity provider's endpoint for sign-in requests; "Embed Link" in SendGrid's pages. */
  signin_url: { kind: "text", required: true },
  signout_url: { kind: "text", required: true },
  /** The identity provider's issuer, not SendGrid's entity ID: that is `audience_url`. */
  entity_id: { kind: "text", required: true },
  /** Only returned if `si` was set, which is this client's default. */
  completed_integration: { kind: "flag" },
  /** Integer unix seconds. */
  last_updated: { kind: "seconds", required: true },
  /** SendGrid's assertion consumer service. */
  single_signon_url: { kind: "text" },
  /** SendGrid's entity ID as service provider. */
  audience_url: { kind: "text" },
} as const;

/** PostSsoTeammates201. */
export const createdTeammateWire = {
  first_name: { kind: "text" },
  last_name: { kind: "text" },
  email: { kind: "text" },
  is_admin: { kind: "flag" },
  is_sso: { kind: "flag" },
  scopes: { kind: "texts" },
  has_restricted_subuser_access: { kind: "flag" },
  subuser_access: {
    kind: "objects",
    fields: {
      id: { kind: "number" },
      username: { kind: "text" },
      email: { kind: "text" },
      disabled: { kind: "flag" },
      permission_type: { kind: "text" },
      scopes: { kind: "texts" },
    },
  },
} as const;

/** The fields that only the answer to an update has. */
const profileWire = {
  address: { kind: "text" },
  address2: { kind: "text" },
  city: { kind: "text" },
  company: { kind: "text" },
  country: { kind: "text" },
  username: { kind: "text" },
  phone: { kind: "text" },
  state: { kind: "text" },
  user_type: { kind: "text" },
  website: { kind: "text" },
  zip: { kind: "text" },
} as const;

/** PatchSsoTeammates200. */
export const updatedTeammateWire: typeof createdTeammateWire & typeof profileWire = {
  ...createdTeammateWire,
  ...profileWire,
};

/** The body of CreateSsoCertificate. */
export const createCertificateWire = {
  /** Any paste of one certificate; it is checked, and sent as PEM with 64 columns. */
  public_certificate: { kind: "text", required: true },
  integration_id: { kind: "text", required: true },
  /** Default true, and always sent: the documentation names no default. */
  enabled: { kind: "flag" },
} as const;

/** The body of UpdateSsoCertificate. */
export const updateCertificateWire = {
  public_certificate: { kind: "text" },
  /** Sent only if set. */
  enabled: { kind: "flag" },
  integration_id: { kind: "text" },
} as const;

/** PostPatchIntegrationRequest, of a creation and of an update. */
export const writeIntegrationWire = {
  name: { kind: "text", required: true },
  enabled: { kind: "flag", required: true },
  signin_url: { kind: "text", required: true },
  signout_url: { kind: "text", required: true },
  entity_id: { kind: "text", required: true },
  completed_integration: { kind: "flag" },
} as const;

/** PatchSsoTeammatesRequest. */
export const updateTeammateWire = {
  first_name: { kind: "text", required: true },
  last_name: { kind: "text", required: true },
  is_admin: { kind: "flag" },
  persona: { kind: "text", values: ["accountant", "developer", "marketer", "observer"] },
  scopes: { kind: "texts" },
  has_restricted_subuser_access: { kind: "flag" },
  subuser_access: {
    kind: "objects",
    fields: {
      id: { kind: "number", required: true },
      permission_type: { kind: "text", required: true, values: ["admin", "restricted"] },
      /** Only with the `permission_type` `restricted`. */
      scopes: { kind: "texts" },
    },
  },
} as const;

const emailWire = { email: { kind: "text", required: true } } as const;

/** PostSsoTeammatesRequest. */
export const createTeammateWire: typeof emailWire & typeof updateTeammateWire = {
  ...emailWire,
  ...updateTeammateWire,
};
