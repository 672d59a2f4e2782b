import type { WithRaw } from "../http/decode.ts";

/** Endpoints of the identity provider. Each may be null. */
export interface KeycardProtocols {
  readonly oauth2?: {
    readonly authorization_endpoint?: string | null | undefined;
    readonly code_challenge_methods_supported?: readonly string[] | null | undefined;
    readonly jwks_uri?: string | null | undefined;
    readonly registration_endpoint?: string | null | undefined;
    readonly scopes_supported?: readonly string[] | null | undefined;
    readonly token_endpoint?: string | null | undefined;
  } | null;
  readonly openid?: { readonly userinfo_endpoint?: string | null | undefined } | null;
}

/** The SSO connection of an organization: OpenID Connect, without certificates. */
export interface KeycardSsoConnection extends WithRaw {
  readonly id: string;
  /** The identity provider's issuer, such as `https://login.example.com`. */
  readonly identifier: string;
  readonly client_id: string | null;
  /** Whether there is a client secret; the secret itself is never told. */
  readonly client_secret_set: boolean;
  /** ISO 8601 text. */
  readonly created_at: string;
  /** ISO 8601 text. */
  readonly updated_at: string;
  /** Only where `expand: ["permissions"]` asked for it: resource type, permission, granted. */
  readonly permissions?: Readonly<Record<string, Readonly<Record<string, boolean>>>> | undefined;
  readonly protocols?: KeycardProtocols | null | undefined;
}

export interface EnableSsoConnectionBody {
  readonly identifier: string;
  readonly client_id: string;
  readonly client_secret?: string | undefined;
  readonly protocols?: KeycardProtocols | undefined;
}

/** Only what is set is sent; null removes. */
export interface UpdateSsoConnectionBody {
  readonly identifier?: string | undefined;
  readonly client_id?: string | null | undefined;
  readonly client_secret?: string | null | undefined;
  readonly protocols?: KeycardProtocols | null | undefined;
}

/** The answer of `ssoConnection.ensure`. */
export interface EnsuredSsoConnection {
  readonly connection: KeycardSsoConnection;
  readonly action: "enabled" | "updated" | "unchanged";
  /** The fields that an update sent. */
  readonly changed: readonly string[];
}
