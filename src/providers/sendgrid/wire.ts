import type { WireTable } from "../http/wire.ts";

// From twilio/sendgrid-oai, spec/json/tsg_sso_v3.json: the schemas of the same names.

/** SsoCertificateBody. The misspelling is the specification's; clients have seen both. */
export const certificateWire: WireTable = {
  id: { kind: "id" },
  public_certificate: { kind: "text" },
  not_before: { kind: "seconds" },
  not_after: { kind: "seconds" },
  integration_id: { kind: "text", documented: "intergration_id" },
};

/** SsoIntegration. */
export const integrationWire: WireTable = {
  id: { kind: "text" },
  name: { kind: "text", required: true },
  enabled: { kind: "flag", required: true },
  signin_url: { kind: "text", required: true },
  signout_url: { kind: "text", required: true },
  entity_id: { kind: "text", required: true },
  completed_integration: { kind: "flag" },
  last_updated: { kind: "seconds", required: true },
  single_signon_url: { kind: "text" },
  audience_url: { kind: "text" },
};

const subuserAccess: WireTable = {
  id: { kind: "number" },
  username: { kind: "text" },
  email: { kind: "text" },
  disabled: { kind: "flag" },
  permission_type: { kind: "text" },
  scopes: { kind: "texts" },
};

/** PostSsoTeammates201. */
export const createdTeammateWire: WireTable = {
  first_name: { kind: "text" },
  last_name: { kind: "text" },
  email: { kind: "text" },
  is_admin: { kind: "flag" },
  is_sso: { kind: "flag" },
  scopes: { kind: "texts" },
  has_restricted_subuser_access: { kind: "flag" },
  subuser_access: { kind: "objects", fields: subuserAccess },
};

/** PatchSsoTeammates200. */
export const updatedTeammateWire: WireTable = {
  ...createdTeammateWire,
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
};

/** The body of CreateSsoCertificate. */
export const createCertificateWire: WireTable = {
  public_certificate: { kind: "text", required: true },
  integration_id: { kind: "text", required: true },
  enabled: { kind: "flag" },
};

/** The body of UpdateSsoCertificate. */
export const updateCertificateWire: WireTable = {
  public_certificate: { kind: "text" },
  integration_id: { kind: "text" },
  enabled: { kind: "flag" },
};

/** PostPatchIntegrationRequest, of a creation and of an update. */
export const writeIntegrationWire: WireTable = {
  name: { kind: "text", required: true },
  enabled: { kind: "flag", required: true },
  signin_url: { kind: "text", required: true },
  signout_url: { kind: "text", required: true },
  entity_id: { kind: "text", required: true },
  completed_integration: { kind: "flag" },
};

/** PatchSsoTeammatesRequest. */
export const updateTeammateWire: WireTable = {
  first_name: { kind: "text", required: true },
  last_name: { kind: "text", required: true },
  is_admin: { kind: "flag" },
  persona: { kind: "text" },
  scopes: { kind: "texts" },
  has_restricted_subuser_access: { kind: "flag" },
  subuser_access: {
    kind: "objects",
    fields: {
      id: { kind: "number", required: true },
      permission_type: { kind: "text", required: true },
      scopes: { kind: "texts" },
    },
  },
};

/** PostSsoTeammatesRequest. */
export const createTeammateWire: WireTable = {
  email: { kind: "text", required: true },
  ...updateTeammateWire,
};
