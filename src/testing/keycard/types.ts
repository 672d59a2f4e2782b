/** Deviations from the specification, and choices that it leaves open. */
export interface KeycardQuirks {
  /** A connection without client id: `client_id` null, as documented, or left out. */
  readonly absentClientId: "null" | "omitted";
  /** The shape of an error body: as documented, OAuth's, an HTML page of a proxy, or none. */
  readonly errors: "keycard" | "oauth" | "html" | "empty";
  /** The lifetime of a token in seconds, as returned; absent: not returned. */
  readonly tokenLifetime: number | undefined;
  /** Tokens are refused after this many seconds, regardless of `expires_in`. */
  readonly tokenRevokedAfter: number | undefined;
  /** Deletion answers 204, as documented, or 200. */
  readonly deleteStatus: 200 | 204;
}

/** A connection in the fake, with the secret that Keycard never returns. */
export interface FakeSsoConnection {
  readonly id: string;
  readonly identifier: string;
  readonly client_id: string | null;
  readonly client_secret: string | null;
  readonly protocols: unknown;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface FakeKeycardState {
  /** By organization. */
  readonly connections: Map<string, FakeSsoConnection>;
  /** Living tokens, and the unix second that each was given out at. */
  readonly tokens: Map<string, number>;
}
