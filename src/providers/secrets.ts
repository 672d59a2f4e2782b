import { toBase64 } from "../core/bytes.ts";
import { ProviderError } from "./error.ts";

const MASK = "[redacted]";

/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;

/** Every spelling in which a secret may come back: as it is, in JSON, in a URL, in Base64. */
function spellings(secret: string): readonly string[] {
  const inUrl = encodeURIComponent(secret);
  const base64 = toBase64(new TextEncoder().encode(secret)).replace(/=+$/, "");
  const all = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    inUrl,
    inUrl.replaceAll("%20", "+"),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
  ];
  return [...new Set(all)];
}

/** Takes secrets out of text that came from outside. */
export interface Scrubber {
  /** A secret that passes, such as a token; the last 32 of them are known. */
  add(secret: string): void;
  scrub(text: string): string;
}

const MOST_PASSING = 32;

/** A scrubber that knows these secrets for good. */
export function createScrubber(lasting: readonly string[]): Scrubber {
  const known = lasting.filter(({ length }) => length >= SHORTEST).flatMap(spellings);
  const passing = new Map<string, readonly string[]>();
  return {
    add(secret) {
      if (secret.length < SHORTEST || passing.has(secret)) return;
      const oldest = passing.keys().next();
      if (passing.size >= MOST_PASSING && oldest.done !== true) passing.delete(oldest.value);
      passing.set(secret, spellings(secret));
    },
    scrub(text) {
      let clean = text;
      for (const form of known) clean = clean.replaceAll(form, MASK);
      for (const forms of passing.values()) {
        for (const form of forms) clean = clean.replaceAll(form, MASK);
      }
      return clean;
    },
  };
}

const SECRET_NAME = /secret|password|passphrase|private_?key|api_?key|access_?token/i;

/** Texts in a request body that its field names call secret. */
export function secretsIn(body: unknown, depth = 0): readonly string[] {
  if (typeof body !== "object" || body === null || depth > 8) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" && SECRET_NAME.test(name) ? [value] : secretsIn(value, depth + 1),
  );
}

/** Printable ASCII without space: all that a token in a header may hold (RFC 9110, 5.5). */
const TOKEN = /^[\x21-\x7e]+$/;

/** Whether a text can stand in a header as it is. */
export function isHeaderSafe(text: unknown): text is string {
  return typeof text === "string" && TOKEN.test(text);
}

/**
 * A credential that can stand in a header, without the newline that a file ends with. Checked here,
 * because `fetch` repeats a header value that it refuses in its message.
 */
export function headerSecret(value: unknown, name: string, provider: string): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (isHeaderSafe(text)) return text;
  throw new ProviderError(
    "provider.credential",
    text === ""
      ? `No ${name} was given.`
      : `The ${name} holds a space, a line break or another character that no credential holds.`,
    {
      provider,
      outcome: "not_applied",
      hint: `Pass the ${name} alone, as the provider showed it when it was made.`,
    },
  );
}
