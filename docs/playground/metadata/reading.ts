import { validateCertificate } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import { isSamlCertError } from "../../../src/core/errors.ts";
import type { Finding } from "../../../src/core/finding.ts";
import {
  parseMetadata,
  type UntrustedMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import type { Paste } from "../parts/paste.ts";
import { holdsPrivateKey } from "../parts/source.ts";

/** True for a text that means to be SAML metadata, readable or not. */
export function looksLikeMetadata(text: string): boolean {
  return /<(?:[\w.-]{1,40}:)?Entit(?:y|ies)Descriptor\b/.test(text);
}

/** The document; undefined if it is not readable, for the reason that `whyUnread` returns. */
export function readDocument({ input }: Paste): UntrustedMetadata | undefined {
  try {
    return parseMetadata(input);
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    return undefined;
  }
}

/** The reason why a paste is not metadata, and the certificate in it, if any. */
export function whyUnread(
  { input }: Paste,
  now: number,
): { readonly findings: readonly Finding[]; readonly certificate?: Certificate | undefined } {
  const { findings, certificate } = validateCertificate(input, { now });
  return holdsPrivateKey(findings)
    ? { findings }
    : { findings: validateMetadata(input, { now }).findings, certificate };
}
