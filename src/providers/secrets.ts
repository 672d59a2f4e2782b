import { toBase64 } from "../core/bytes.ts";
import { ProviderError } from "./error.ts";

const MASK = "[redacted]";

/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;

/** Every spelling in which a secret may come back: as it is, in JSON, in a URL, in Base64. */
function spellings(secret: string): readonly string[] {
  const inUrl = encodeURIComponent(secret);
  const base64 = toBase64(new TextEncoder().encode(secret)).replace(/=+$/, "");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    inUrl,
    inUrl.replaceAll("%20", "+"),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
  ];
}

/** Takes secrets out of text that came from outside. */
export interface Scrubber {
  add(secret: string): void;
  scrub(text: string): string;
}

/** A scrubber that knows the last few secrets, so that a token that was renewed is still masked. */
export function createScrubber(): Scrubber {
  const known = new Map<string, readonly string[]>();
  return {
    add(secret) {
      if (secret.length < SHORTEST || known.has(secret)) return;
      const oldest = known.keys().next();
      if (known.size >= 32 && oldest.done !== true) known.delete(oldest.value);
      known.set(secret, [...new Set(spellings(secret))]);
    },
    scrub(text) {
      let clean = text;
      for (const forms of known.values()) {
        for (const form of forms) clean = clean.replaceAll(form, MASK);
      }
      return clean;
    },
  };
}

/** Printable ASCII without space: all that a token in a header may hold (RFC 9110, 5.5). */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * A credential that can stand in a header, without the newline that a file ends with. Checked here,
 * because `fetch` repeats a header value that it refuses in its message.
 */
export function headerSecret(value: unknown, name: string, provider: string): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (TOKEN.test(text)) return text;
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
