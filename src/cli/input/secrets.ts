import { findPrivateKey } from "../../certificates/private-key.ts";

/** The API keys of the providers, by their prefix. */
export const API_KEY: RegExp = /^(?:SG\.|psk_)\w/;

/** A document instead of a file name: JSON such as a JWK, XML such as an RSAKeyValue, or several lines. */
const DOCUMENT = /[\r\n{}<>]|"\s*:/;

/** 40 or more characters of base64 or hex. A file name of that length has a dot or lacks a digit. */
const ENCODED = /^(?=.*\d)[\w+/=-]{40,}$/;

/** True if a word of the command line is, or may be, a private key or an API key. */
export function looksSecret(word: string): boolean {
  const isSecret = [API_KEY, DOCUMENT, ENCODED].some((kind) => kind.test(word));
  return isSecret || findPrivateKey(word) !== undefined;
}

/**
 * A word of the command line for a message. A key that was pasted instead of a file name or a command must
 * not reach the logs.
 */
export function shown(word: string): string {
  return looksSecret(word) ? "[redacted]" : word;
}
