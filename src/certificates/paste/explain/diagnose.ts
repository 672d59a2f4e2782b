import type { ReadingCode } from "../../issue.ts";

/** The kind of a text without a certificate. */
export function diagnoseText(text: string): ReadingCode {
  const trimmed = text.trim();
  if (trimmed === "") return "input.empty";
  return DIAGNOSES.find(([, matches]) => matches(trimmed))?.[0] ?? "input.not_certificate";
}

type Diagnosis = readonly [code: ReadingCode, matches: (text: string) => boolean];

/** The most telling first. */
const DIAGNOSES: readonly Diagnosis[] = [
  ["kind.ssh_key", (text) => SSH_KEY.test(text)],
  ["kind.pgp", (text) => text.includes("BEGIN PGP")],
  ["kind.html", isHtml],
  ["kind.saml_metadata_xml", isXml],
  ["kind.jwk", (text) => text.includes('"kty"') || text.includes('"keys"')],
  ["input.fingerprint_only", isFingerprint],
  ["input.text_dump", (text) => DUMP_WORDS.test(text)],
  ["input.url", isUrl],
  ["input.file_path", isFilePath],
  ["input.placeholder", isPlaceholder],
];

/** Output of openssl, keytool and Windows about a certificate. */
const DUMP_WORDS = /\bserial\b|Signature [Aa]lgorithm:|Keystore type:|Certificate fingerprint/i;

const SSH_KEY = /^(?:sk-)?(?:ssh|ecdsa-sha2)-|BEGIN SSH2 PUBLIC KEY|ssh-rsa AAAA|ssh-ed25519 AAAA/;

function isXml(text: string): boolean {
  return text.startsWith("<") && /<\?xml|<\/|\/>|xmlns/.test(text);
}

function isHtml(text: string): boolean {
  return /<!doctype html|<html/i.test(text.slice(0, 256));
}

/** Blocks that are not DER, by their BEGIN line. */
export function diagnoseLabel(label: string): ReadingCode | undefined {
  if (label.startsWith("SSH2")) return "kind.ssh_key";
  return label.startsWith("PGP") ? "kind.pgp" : undefined;
}

/** Digits of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hex; SHA-1 and SHA-256 in base64. */
const DIGEST =
  /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|(?:[\w+/]{27}|[\w+/]{43})=)$/i;

function isFingerprint(text: string): boolean {
  if (text.includes('"x5t')) return true;
  if (text.length > LONGEST_FINGERPRINT) return false;
  const value = afterNames(text);
  // A UUID has as many digits as MD5.
  const isUuid = /^[\da-f]{8}-[\da-f]{4}-/i.test(value);
  const digits = value.replaceAll(/[\s:,-]|0x|\\x/g, "");
  return DIGEST.test(text) || (DIGEST.test(digits) && !isUuid);
}

/** A longer text is not a fingerprint. */
const LONGEST_FINGERPRINT = 300;

/** `SHA1 Fingerprint=`, `Thumbprint:`, `sha256 `: the rest after the last such name. */
function afterNames(text: string): string {
  const lower = text.toLowerCase();
  const name = Math.max(...["sha", "print"].map((word) => lower.lastIndexOf(word)));
  return name < 0 ? text : text.slice(name).replace(/^[^:= ]*[:= ]+/, "");
}

function isOneLine(text: string): boolean {
  return !text.includes("\n") && text.length < 1024;
}

function isUrl(text: string): boolean {
  return isOneLine(text) && /^https?:\/\//i.test(text);
}

const FILE_NAME =
  /^(?:file:\/\/|\.{0,2}\/|~\/|\\\\|.:\\)|\.(?:pem|crt|cert?|der|p7[bc]|pfx|p12|xml|key|txt)["']?$/i;

function isFilePath(text: string): boolean {
  return isOneLine(text) && FILE_NAME.test(text);
}

const PLACEHOLDER =
  /your|paste|placeholder|certificate here|insert|replace|change_?me|todo|xxx|example|null|undefined|none|n\/a|\[object object\]/i;

/** In longer texts, dots have other reasons. */
const LONGEST_PLACEHOLDER = 1000;

function isPlaceholder(text: string): boolean {
  if (text.length < LONGEST_PLACEHOLDER && /\.\.\.|\u2026/.test(text)) return true;
  if (isOneLine(text) && /^(?:[$<%[]|\{\{)/.test(text)) return true;
  return text.length < 200 && !text.includes("@") && PLACEHOLDER.test(text);
}

/** A placeholder between the BEGIN and END lines. Base64 contains short words by chance. */
const OMISSION =
  /\.\.\.|\u2026|redact|omitted|x{8}|(?<![a-z0-9+/])(?:snip[a-z]*|your[a-z]*|here)(?![a-z0-9+/])/i;

/** True for a body that is abbreviated, or a placeholder. */
export function isAbbreviated(body: string): boolean {
  return body.length < LONGEST_PLACEHOLDER && OMISSION.test(body);
}

/** True if the original text has more control characters than real text. */
export function isBinary(text: string): boolean {
  if (text.startsWith("%PDF-")) return true;
  let control = 0;
  const sample = Math.min(text.length, 1024);
  for (let i = 0; i < sample; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd || (code > 126 && code < 160))
      control++;
  }
  return control * 20 > sample;
}

/** True for `-----BEGIN` or `<?xml` in EBCDIC, which was decoded as Windows-1252. */
export function isEbcdic(text: string): boolean {
  return /`{5}ÂÅÇÉÕ|^Lo§”/.test(text);
}

/**
 * True for DER that was decoded as UTF-8: the byte after the tag, 0x81 to 0x83, is lost, and the
 * decoder's replacement character is there instead.
 */
export function isDerAsUtf8(text: string): boolean {
  return text.startsWith("0\uFFFD");
}
