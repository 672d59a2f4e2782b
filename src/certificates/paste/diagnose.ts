import type { CodeEntry } from "../../core/finding.ts";
import { inputEmpty, inputNotCertificate } from "../input-codes.ts";
import { decodeHex } from "./hex.ts";
import {
  inputFilePath,
  inputFingerprintOnly,
  inputPlaceholder,
  inputTextDump,
  inputUrl,
  kindHtml,
  kindJwk,
  kindPgp,
  kindSamlMetadata,
  kindSshKey,
} from "./kind-codes.ts";

/** What to call a text that holds no certificate at all. */
export function diagnoseText(text: string): CodeEntry {
  const trimmed = text.trim();
  if (trimmed === "") return inputEmpty;
  return DIAGNOSES.find(([, matches]) => matches(trimmed))?.[0] ?? inputNotCertificate;
}

type Diagnosis = readonly [entry: CodeEntry, matches: (text: string) => boolean];

/** The most telling first. */
const DIAGNOSES: readonly Diagnosis[] = [
  [kindSshKey, isSshKey],
  [kindPgp, (text) => text.includes("BEGIN PGP")],
  [kindHtml, isHtml],
  [kindSamlMetadata, isXml],
  [kindJwk, (text) => text.includes('"kty"') || text.includes('"keys"')],
  [inputFingerprintOnly, isFingerprint],
  [
    inputTextDump,
    (text) => text.includes("Serial Number") || text.includes("Signature Algorithm:"),
  ],
  [inputUrl, isUrl],
  [inputFilePath, isFilePath],
  [inputPlaceholder, isPlaceholder],
];

function isSshKey(text: string): boolean {
  const [first = ""] = text.split("\n", 1);
  return (
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].some((start) => first.startsWith(start)) ||
    text.includes("BEGIN SSH2 PUBLIC KEY")
  );
}

function isXml(text: string): boolean {
  return text.startsWith("<") && ["<?xml", "</", "/>", "xmlns"].some((sign) => text.includes(sign));
}

function isHtml(text: string): boolean {
  const head = text.slice(0, 256).toLowerCase();
  return head.includes("<!doctype html") || head.includes("<html");
}

/** What a BEGIN line says of blocks that are not DER. */
export function diagnoseLabel(label: string): CodeEntry | undefined {
  if (label.startsWith("SSH2")) return kindSshKey;
  return label.startsWith("PGP") ? kindPgp : undefined;
}

/** Octets of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512. */
const DIGEST_SIZES = [16, 20, 28, 32, 48, 64];
/** Base64 of SHA-1 and SHA-256. */
const DIGEST_BASE64 = [28, 44];

function isFingerprint(text: string): boolean {
  // A UUID has 16 octets too.
  if (text.includes("-")) return false;
  const value = text.slice(text.lastIndexOf("=", text.length - 4) + 1).trim();
  const afterName = text.toLowerCase().startsWith("sha")
    ? value.slice(value.indexOf(" ") + 1)
    : value;
  const size = decodeHex(value)?.length ?? decodeHex(afterName)?.length ?? 0;
  if (DIGEST_SIZES.includes(size)) return true;
  return DIGEST_BASE64.includes(text.length) && text.endsWith("=") && !text.includes(" ");
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
  if (["${", "{{", "<", "%", "["].some((start) => text.startsWith(start)) && isOneLine(text))
    return true;
  const lower = text.toLowerCase();
  return text.length < 200 && PLACEHOLDERS.some((word) => lower.includes(word));
}

/** More control characters than text has. To be asked of the text as it came. */
export function isBinary(text: string): boolean {
  let control = 0;
  const sample = Math.min(text.length, 1024);
  for (let i = 0; i < sample; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd || (code > 126 && code < 160))
      control++;
  }
  return control * 20 > sample;
}
