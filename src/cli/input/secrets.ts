import { isPrivateKeyText } from "../../metadata/read/private-key.ts";

/** True if a word of the command line is a private key or begins like a provider's API key. */
export function looksSecret(word: string): boolean {
  return /PRIVATE KEY|^(?:SG\.|psk_)\w/.test(word) || isPrivateKeyText(word);
}

/**
 * A word of the command line for a message. A key that was pasted in place of a file name or a command must
 * not reach the logs.
 */
export function shown(word: string): string {
  return looksSecret(word) ? "[redacted]" : word;
}
