import type { WithRaw } from "../http/decode.ts";
import type { Body, Decoded } from "../http/wire.ts";
import type {
  enableSsoConnectionWire,
  protocolsWire,
  ssoConnectionWire,
  updateSsoConnectionWire,
} from "./wire.ts";

/** Endpoints of the identity provider. Each may be null. */
export interface KeycardProtocols extends Decoded<typeof protocolsWire> {}

/** The SSO connection of an organization: OpenID Connect, without certificates. */
export interface KeycardSsoConnection extends Decoded<typeof ssoConnectionWire>, WithRaw {}

export interface EnableSsoConnectionBody extends Body<typeof enableSsoConnectionWire> {}

/** Only the fields that are set are sent; null removes. */
export interface UpdateSsoConnectionBody extends Body<typeof updateSsoConnectionWire> {}

/** The result of `ssoConnection.ensure`. */
export interface EnsuredSsoConnection {
  readonly connection: KeycardSsoConnection;
  readonly action: "enabled" | "updated" | "unchanged";
  /** The fields that an update sent. */
  readonly changed: readonly string[];
}
