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
  ["kind.ssh_key", isSshKey],
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

function isSshKey(text: string): boolean {
  const [first = ""] = text.split("\n", 1);
  return (
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].some((start) => first.startsWith(start)) ||
    ["BEGIN SSH2 PUBLIC KEY", "ssh-rsa AAAA", "ssh-ed25519 AAAA"].some((sign) =>
      text.includes(sign),
    )
  );
}

function isXml(text: string): boolean {
  return text.startsWith("<") && ["<?xml", "</", "/>", "xmlns"].some((sign) => text.includes(sign));
}

function isHtml(text: string): boolean {
  const head = text.slice(0, 256).toLowerCase();
  return head.includes("<!doctype html") || head.includes("<html");
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
  const lower = text.slice(0, 8).toLowerCase();
  return isOneLine(text) && (lower.startsWith("http://") || lower.startsWith("https://"));
}

const FILE_ENDINGS = [
  ".pem",
  ".crt",
  ".cer",
  ".cert",
  ".der",
  ".p7b",
  ".p7c",
  ".pfx",
  ".p12",
  ".xml",
  ".key",
  ".txt",
];

function isFilePath(text: string): boolean {
  if (!isOneLine(text)) return false;
  const lower = text.toLowerCase().replace(/["']$/, "");
  if (FILE_ENDINGS.some((ending) => lower.endsWith(ending))) return true;
  return (
    ["file://", "/", "./", "../", "~/", "\\\\"].some((start) => text.startsWith(start)) ||
    text.slice(1, 3) === ":\\"
  );
}

const PLACEHOLDERS = [
  "your",
  "paste",
  "placeholder",
  "certificate here",
  "insert",
  "replace",
  "changeme",
  "change_me",
  "todo",
  "xxx",
  "example",
  "null",
  "undefined",
  "none",
  "n/a",
  "[object object]",
];

/** Longer texts have their dots for other reasons. */
const LONGEST_PLACEHOLDER = 1000;

function isPlaceholder(text: string): boolean {
  if (text.length < LONGEST_PLACEHOLDER && (text.includes("...") || text.includes("\u2026")))
    return true;
  if (["$", "{{", "<", "%", "["].some((start) => text.startsWith(start)) && isOneLine(text))
    return true;
  const lower = text.toLowerCase();
  return (
    text.length < 200 && !text.includes("@") && PLACEHOLDERS.some((word) => lower.includes(word))
  );
}

/** A placeholder between the BEGIN and END lines. Base64 contains short words by chance. */
const OMISSION =
  /\.\.\.|\u2026|redact|omitted|x{8}|(?<![a-z0-9+/])(?:snip[a-z]*|your[a-z]*|here)(?![a-z0-9+/])/i;

/** True if a body was abbreviated, or never was one. */
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

/**
 * True for DER that was decoded as UTF-8: the byte after the tag, 0x81 to 0x83, is lost, and the
 * decoder's replacement character is there instead.
 */
export function isDerAsUtf8(text: string): boolean {
  return text.startsWith("0\uFFFD");
}
