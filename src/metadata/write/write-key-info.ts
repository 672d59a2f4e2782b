import { escapeText } from "../../xml/writer.ts";
import { isId } from "../elements/lexical.ts";
import type { OtherElement } from "../model/extension-types.ts";
import type { KeyInfo } from "../model/types.ts";
import {
  type Bindings,
  checkCharacters,
  enter,
  fault,
  leave,
  lineBreak,
  type Output,
  use,
} from "./output.ts";
import { writeOther } from "./write-other.ts";

/**
 * One `<ds:X509Data>` a certificate: several in one would be a chain to some readers (XML Signature,
 * 4.4.4), and metadata names keys, not chains (Metadata IOP 2.5.1).
 */
export function writeKeyInfo(output: Output, keyInfo: KeyInfo, bindings: Bindings): void {
  const { keyNames = [], certificates = [], other = [] } = keyInfo ?? {};
  use(output, "ds");
  enter(output, "ds:KeyInfo");
  if (keyInfo?.unreadableCertificates !== undefined) {
    throw fault(
      output,
      "value",
      "A certificate in a KeyInfo is not readable.",
      "Leave it out, or give a readable one.",
    );
  }
  if (keyNames.length + certificates.length + other.length === 0) {
    throw fault(output, "missing", "A KeyInfo names no key.", "Give a certificate.");
  }
  const line = lineBreak(output);
  let text = `<ds:KeyInfo${keyInfoId(output, keyInfo.id)}>`;
  for (const name of keyNames) text += `${line}${keyName(output, name)}`;
  for (const certificate of certificates) {
    text += `${line}${x509Data(output, line, certificate.derBase64)}`;
  }
  for (const element of other) text += line + keyElement(output, element, bindings);
  leave(output);
  output.text += `${text}${lineBreak(output)}</ds:KeyInfo>`;
}

function keyInfoId(output: Output, value: string | undefined): string {
  if (value === undefined) return "";
  if (isId(value)) return ` Id="${value}"`;
  throw fault(output, "value", "The id of a KeyInfo is not an XML name.");
}

function keyName(output: Output, name: string): string {
  return `<ds:KeyName>${escapeText(checkCharacters(output, name))}</ds:KeyName>`;
}

/** The runtime's decoder takes a sixth of the time of a pattern; what it passes over makes less. */
function isBase64(text: string): boolean {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  try {
    return text !== "" && atob(text).length === (text.length / 4) * 3 - padding;
  } catch {
    return false;
  }
}

function x509Data(output: Output, line: string, derBase64: string): string {
  if (typeof derBase64 !== "string" || !isBase64(derBase64)) {
    throw fault(
      output,
      "value",
      "A certificate has no base64 of its DER.",
      "Give what parseCertificate returns.",
    );
  }
  const inner = line === "" ? "" : line + output.indent;
  return `<ds:X509Data>${inner}<ds:X509Certificate>${derBase64}</ds:X509Certificate>${line}</ds:X509Data>`;
}

function keyElement(output: Output, element: OtherElement, bindings: Bindings): string {
  if (element.namespace !== "") return writeOther(output, element, bindings);
  throw fault(output, "name", "KeyInfo cannot hold an element without a namespace.");
}
