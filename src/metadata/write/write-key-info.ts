import { chainsOf } from "../../certificates/bundle.ts";
import type { Certificate } from "../../certificates/types.ts";
import { escapeText } from "../../xml/writer.ts";
import { forms } from "../elements/forms.ts";
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
  wrongName,
  wrongValue,
} from "./output.ts";
import { writeOther } from "./write-other.ts";

/**
 * Writes one `<ds:X509Data>` per certificate, with its issuers: several certificates in one are a chain
 * (XML Signature, 4.4.4).
 */
export function writeKeyInfo(output: Output, keyInfo: KeyInfo, bindings: Bindings): void {
  const { keyNames = [], certificates = [], issuers = [], other = [] } = keyInfo ?? {};
  use(output, "ds");
  enter(output, "ds:KeyInfo");
  if (keyInfo?.unreadableCertificates !== undefined) {
    throw wrongCertificate(output, "A certificate of a KeyInfo", "it cannot be read");
  }
  if (keyNames.length + certificates.length + other.length === 0) {
    throw fault(output, "metadata.build.missing", { element: "KeyInfo", name: "certificate" });
  }
  const line = lineBreak(output);
  let text = `<ds:KeyInfo${keyInfoId(output, keyInfo.id)}>`;
  for (const name of keyNames) text += `${line}${keyName(output, name)}`;
  const rest = new Set(issuers);
  for (const certificate of certificates) {
    const chain = issuers.length === 0 ? [certificate] : chainOf(certificate, issuers);
    for (const one of chain) rest.delete(one);
    text += `${line}${x509Data(output, line, chain)}`;
  }
  if (rest.size > 0) {
    throw wrongCertificate(output, "An issuer of a KeyInfo", "it issued none of its certificates");
  }
  for (const element of other) text += line + keyElement(output, element, bindings);
  leave(output);
  output.text += `${text}${lineBreak(output)}</ds:KeyInfo>`;
}

function chainOf(
  certificate: Certificate,
  issuers: readonly Certificate[],
): readonly Certificate[] {
  const chains = chainsOf([certificate, ...issuers], "certificates");
  return chains.find(([first]) => first === certificate) ?? [certificate];
}

function wrongCertificate(output: Output, name: string, reason: string): Error {
  return fault(output, "metadata.build.certificate", { name, reason });
}

function keyInfoId(output: Output, value: string | undefined): string {
  if (value === undefined) return "";
  if (isId(value)) return ` Id="${value}"`;
  throw wrongValue(output, "id of KeyInfo", value, forms.ID);
}

function keyName(output: Output, name: string): string {
  return `<ds:KeyName>${escapeText(checkCharacters(output, name))}</ds:KeyName>`;
}

/** The runtime's decoder takes a sixth of the time of a pattern; it skips invalid characters. */
function isBase64(text: string): boolean {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  try {
    return text !== "" && atob(text).length === (text.length / 4) * 3 - padding;
  } catch {
    return false;
  }
}

function x509Data(output: Output, line: string, chain: readonly Certificate[]): string {
  const inner = line === "" ? "" : line + output.indent;
  const certificates = chain.map(({ derBase64 }) => {
    if (typeof derBase64 === "string" && isBase64(derBase64)) {
      return `${inner}<ds:X509Certificate>${derBase64}</ds:X509Certificate>`;
    }
    throw wrongCertificate(output, "A certificate", "derBase64 is not the base64 of its DER");
  });
  return `<ds:X509Data>${certificates.join("")}${line}</ds:X509Data>`;
}

function keyElement(output: Output, element: OtherElement, bindings: Bindings): string {
  if (element.namespace !== "") return writeOther(output, element, bindings);
  throw wrongName(output, `The element ${element.name}`, "KeyInfo requires a namespace");
}
