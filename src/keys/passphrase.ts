import { type OptionKinds, TEXT } from "../core/options.ts";

export interface PassphraseOptions {
  /** The passphrase of an encrypted key. */
  readonly passphrase?: string | undefined;
}

export const PASSPHRASE_KINDS: OptionKinds<PassphraseOptions> = { passphrase: TEXT };
