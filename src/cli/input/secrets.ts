import { isPrivateKeyText } from "../../metadata/read/private-key.ts";

/** Whether a word of the command line is a private key, or begins as the providers' keys do. */
export function looksSecret(word: string): boolean {
  return /PRIVATE KEY|^(?:SG\.|psk_)\w/.test(word) || isPrivateKeyText(word);
}

/**
 * A word of the command line as messages may repeat it. Who pastes a key in the place of a file's
 * name or a command knows it; whoever reads the log of a job need not.
 */
export function shown(word: string): string {
  return looksSecret(word) ? "[redacted]" : word;
}
