// The schemas of Keycard's OpenAPI document and API reference. Their types are in types.ts.

/** Endpoints of the identity provider. Each may be null. */
export const protocolsWire = {
  oauth2: {
    kind: "object",
    nullable: true,
    fields: {
      authorization_endpoint: { kind: "text", nullable: true },
      code_challenge_methods_supported: { kind: "texts", nullable: true },
      jwks_uri: { kind: "text", nullable: true },
      registration_endpoint: { kind: "text", nullable: true },
      scopes_supported: { kind: "texts", nullable: true },
      token_endpoint: { kind: "text", nullable: true },
    },
  },
  openid: {
    kind: "object",
    nullable: true,
    fields: { userinfo_endpoint: { kind: "text", nullable: true } },
  },
} as const;

interface Protocols {
  readonly kind: "object";
  readonly fields: typeof protocolsWire;
}

interface NullableProtocols extends Protocols {
  readonly nullable: true;
}

const connectionFields = {
  id: { kind: "text", required: true },
  /** The identity provider's issuer, such as `https://login.example.com`. */
  identifier: { kind: "text", required: true, certain: true },
  client_id: { kind: "text", required: true, certain: true, nullable: true },
  /** True if a client secret is stored; the secret itself is never returned. */
  client_secret_set: { kind: "flag", required: true },
  /** ISO 8601 text. */
  created_at: { kind: "text", required: true },
  /** ISO 8601 text. */
  updated_at: { kind: "text", required: true },
  /** Only with `expand: ["permissions"]`: resource type, permission, granted. */
  permissions: { kind: "map", of: { kind: "map", of: { kind: "flag" } } },
} as const;

/** SSOConnection. Only the API reference has `permissions` and `protocols`. */
export const ssoConnectionWire: typeof connectionFields & {
  readonly protocols: NullableProtocols;
} = {
  ...connectionFields,
  protocols: { kind: "object", nullable: true, fields: protocolsWire },
};

/** RFC 6749, section 5.1. */
export const tokenWire = {
  access_token: { kind: "text", required: true },
  token_type: { kind: "text", required: true },
  expires_in: { kind: "seconds" },
  refresh_token: { kind: "text" },
} as const;

const enableFields = {
  identifier: { kind: "text", required: true },
  client_id: { kind: "text", required: true },
  client_secret: { kind: "text" },
} as const;

/** SSOConnectionCreate. */
export const enableSsoConnectionWire: typeof enableFields & { readonly protocols: Protocols } = {
  ...enableFields,
  protocols: { kind: "object", fields: protocolsWire },
};

const updateFields = {
  identifier: { kind: "text" },
  client_id: { kind: "text", nullable: true },
  client_secret: { kind: "text", nullable: true },
} as const;

/** SSOConnectionUpdate; null removes, as its descriptions say. */
export const updateSsoConnectionWire: typeof updateFields & {
  readonly protocols: NullableProtocols;
} = {
  ...updateFields,
  protocols: { kind: "object", nullable: true, fields: protocolsWire },
};
