import { FUNCTION, LIST, OBJECT, type OptionKinds, TEXT } from "../../core/options.ts";
import type { TimingOptions } from "../http/clock.ts";
import type { StoreCapabilities } from "../store.ts";

/** The options of every store of the kit: the names of the connection, and its provider's data. */
export interface StoreOptions {
  /** The provider's name, such as `clerk`. */
  readonly provider: string;
  /** The provider's name in messages, such as `Clerk`. */
  readonly title: string;
  /** Names the connection within the provider. */
  readonly integrationId: string;
  /** The origin of the provider's API. */
  readonly origin?: string | undefined;
  readonly capabilities: StoreCapabilities;
  /**
   * The waits before each look after a write, in milliseconds: a provider may show a write late.
   * Default: 0, then 1000.
   */
  readonly looksMs?: readonly number[] | undefined;
  /** Waits between two looks. Default: a timer. */
  readonly sleep?: TimingOptions["sleep"];
}

export const STORE_KINDS: OptionKinds<StoreOptions> = {
  provider: TEXT,
  title: TEXT,
  integrationId: TEXT,
  origin: TEXT,
  capabilities: OBJECT,
  looksMs: LIST,
  sleep: FUNCTION,
};

/** A stored certificate as a provider shows it. */
export interface StoreEntry {
  /** The provider's identifier; absent if it has none. */
  readonly id?: string | undefined;
  /** The certificate as text in any form: PEM, base64 without armour, one line. */
  readonly text?: string | undefined;
  /** SHA-256 of the DER, where the provider shows it instead of the certificate. */
  readonly sha256?: string | undefined;
  /** Integer unix seconds, as the provider reports them. */
  readonly not_before?: number | undefined;
  readonly not_after?: number | undefined;
  readonly enabled?: boolean | undefined;
  /** Not in force until somebody approves it. */
  readonly pending_approval?: boolean | undefined;
}
