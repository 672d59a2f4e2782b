import { toBase64 } from "../../core/bytes.ts";
import { ProviderError } from "../error.ts";

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
  /** A credential that passes, such as a token; the last 32 of them are known. */
  add(secret: string): void;
  /**
   * A secret that a request holds for the provider to keep, which may be any word: it is taken out
   * of errors only, so that a weak one does not tear holes into what is read.
   */
  addSent(secret: string): void;
  scrub(text: string): string;
  scrubError(text: string): string;
}

const MOST_PASSING = 32;

/** The spellings of the last few secrets. */
function createMemory(): { add(secret: string): void; all(): readonly string[] } {
  const known = new Map<string, readonly string[]>();
  return {
    add(secret) {
      if (secret.length < SHORTEST || known.has(secret)) return;
      const oldest = known.keys().next();
      if (known.size >= MOST_PASSING && oldest.done !== true) known.delete(oldest.value);
      known.set(secret, spellings(secret));
    },
    all: () => [...known.values()].flat(),
  };
}

function mask(text: string, forms: readonly string[]): string {
  return forms.reduce((clean, form) => clean.replaceAll(form, MASK), text);
}

/** A scrubber that knows these credentials for good. */
export function createScrubber(lasting: readonly string[]): Scrubber {
  const known = lasting.filter(({ length }) => length >= SHORTEST).flatMap(spellings);
  const [passing, sent] = [createMemory(), createMemory()];
  const scrub = (text: string): string => mask(mask(text, known), passing.all());
  return {
    add: passing.add,
    addSent: sent.add,
    scrub,
    scrubError: (text) => mask(scrub(text), sent.all()),
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
