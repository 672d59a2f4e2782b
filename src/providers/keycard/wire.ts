import type { WireTable } from "../http/wire.ts";

const nullableText = { kind: "text", nullable: true } as const;
const nullableTexts = { kind: "texts", nullable: true } as const;

const protocols: WireTable = {
  oauth2: {
    kind: "object",
    nullable: true,
    fields: {
      authorization_endpoint: nullableText,
      code_challenge_methods_supported: nullableTexts,
      jwks_uri: nullableText,
      registration_endpoint: nullableText,
      scopes_supported: nullableTexts,
      token_endpoint: nullableText,
    },
  },
  openid: { kind: "object", nullable: true, fields: { userinfo_endpoint: nullableText } },
};

/** SSOConnection of Keycard's OpenAPI document, and of its API reference, which knows two more fields. */
export const ssoConnectionWire: WireTable = {
  id: { kind: "text", required: true },
  identifier: { kind: "text", required: true },
  client_id: { kind: "text", required: true, nullable: true },
  client_secret_set: { kind: "flag", required: true },
  created_at: { kind: "text", required: true },
  updated_at: { kind: "text", required: true },
  permissions: { kind: "any" },
  protocols: { kind: "object", nullable: true, fields: protocols },
};

/** RFC 6749, section 5.1. */
export const tokenWire: WireTable = {
  access_token: { kind: "text", required: true },
  token_type: { kind: "text", required: true },
  expires_in: { kind: "seconds" },
  refresh_token: { kind: "text" },
};

/** SSOConnectionCreate. */
export const enableSsoConnectionWire: WireTable = {
  identifier: { kind: "text", required: true },
  client_id: { kind: "text", required: true },
  client_secret: { kind: "text" },
  protocols: { kind: "object", fields: protocols },
};

/** SSOConnectionUpdate; null removes, as its descriptions say. */
export const updateSsoConnectionWire: WireTable = {
  identifier: { kind: "text" },
  client_id: { kind: "text", nullable: true },
  client_secret: { kind: "text", nullable: true },
  protocols: { kind: "object", nullable: true, fields: protocols },
};
