import { toBase64 } from "../../core/bytes.ts";
import { providerError } from "../error.ts";

const MASK = "[redacted]";

/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;

/** Every form in which a secret may come back: as it is, in JSON, in a URL, in Base64. */
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

/** Removes secrets from text that came from outside. */
export interface Scrubber {
  /** Adds a temporary credential, such as a token; the last 32 of them are kept. */
  add(secret: string): void;
  /**
   * Adds a secret from a request's body, which may be any word. It is removed from errors only, so
   * that a weak one does not corrupt the answers that are read.
   */
  addSent(secret: string): void;
  scrub(text: string): string;
  scrubError(text: string): string;
}

/** Upper bound on the temporary secrets that are kept. */
const MOST_TEMPORARY = 32;

/** The spellings of the last few secrets. */
function createMemory(): { add(secret: string): void; all(): readonly string[] } {
  const known = new Map<string, readonly string[]>();
  return {
    add(secret) {
      if (secret.length < SHORTEST || known.has(secret)) return;
      const oldest = known.keys().next();
      if (known.size >= MOST_TEMPORARY && oldest.done !== true) known.delete(oldest.value);
      known.set(secret, spellings(secret));
    },
    all: () => [...known.values()].flat(),
  };
}

function mask(text: string, forms: readonly string[]): string {
  return forms.reduce((clean, form) => clean.replaceAll(form, MASK), text);
}

/** A scrubber that knows these credentials for its whole life. */
export function createScrubber(lasting: readonly string[]): Scrubber {
  const known = lasting.filter(({ length }) => length >= SHORTEST).flatMap(spellings);
  const [temporary, sent] = [createMemory(), createMemory()];
  const scrub = (text: string): string => mask(mask(text, known), temporary.all());
  return {
    add: temporary.add,
    addSent: sent.add,
    scrub,
    scrubError: (text) => mask(scrub(text), sent.all()),
  };
}

const SECRET_NAME = /secret|password|passphrase|private_?key|api_?key|access_?token/i;

/** Texts in a request body whose field names say that they are secret. */
export function secretsIn(body: unknown, depth = 0): readonly string[] {
  if (typeof body !== "object" || body === null || depth > 8) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" && SECRET_NAME.test(name) ? [value] : secretsIn(value, depth + 1),
  );
}

/** Printable ASCII without space: the characters of a token in a header (RFC 9110, 5.5). */
const TOKEN = /^[\x21-\x7e]+$/;

/** True for text that can be sent in a header as it is. */
export function isHeaderSafe(text: unknown): text is string {
  return typeof text === "string" && TOKEN.test(text);
}

/**
 * A credential that can be sent in a header, without the newline at the end of a file. Checked here,
 * because `fetch` repeats a header value that it refuses in its message.
 */
export function headerSecret(value: unknown, name: string, provider: string): string {
  const text = typeof value === "string" ? value.trim() : "";
  if (isHeaderSafe(text)) return text;
  const problem =
    text === "" ? "is missing" : "contains a character that is not allowed in a credential";
  throw providerError(
    "provider.credential",
    { credential: name, problem },
    { provider, outcome: "not_applied" },
  );
}
