import type { Certificate } from "../../certificates/types.ts";
import { attributeOf, isDsig, type XmlElement } from "../../xml/element.ts";
import type { OtherElement } from "../model/extension-types.ts";
import type { KeyInfo } from "../model/types.ts";
import type { CertificateCache } from "./context.ts";
import { isPrivateKeyText } from "./private-key.ts";
import { otherElement } from "./read-other.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads `<ds:KeyInfo>`. Its certificates are parsed when they are first looked at. */
export function readKeyInfo(node: XmlElement, cache: CertificateCache): KeyInfo {
  const keyNames: string[] = [];
  const texts: string[] = [];
  const other: OtherElement[] = [];
  for (const child of node.children) {
    if (isDsig(child, "KeyName")) keyNames.push(child.text);
    else if (isDsig(child, "X509Data")) readX509Data(child, texts, other);
    else other.push(otherElement(child));
  }
  const keyInfo: Mutable<KeyInfo> = texts.length === 0 ? {} : lazyCertificates(texts, cache);
  const id = attributeOf(node, "Id");
  if (id !== undefined) keyInfo.id = id;
  if (keyNames.length > 0) keyInfo.keyNames = keyNames;
  if (other.length > 0) keyInfo.other = other;
  return keyInfo;
}

/** Takes the certificates out of an `<ds:X509Data>`, and keeps it whole where it has anything else. */
function readX509Data(node: XmlElement, texts: string[], other: OtherElement[]): void {
  const rest: XmlElement[] = [];
  for (const child of node.children) {
    if (isDsig(child, "X509Certificate")) texts.push(child.text);
    else rest.push(child);
  }
  if (rest.length > 0) other.push(otherElement({ ...node, children: rest, textAt: undefined }));
}

/** What stands for a key that should never have been there: it would end in somebody's log. */
const PRIVATE_KEY = "(a private key)";

interface Reading {
  readonly certificates: readonly Certificate[] | undefined;
  readonly unreadable: readonly string[] | undefined;
}

function lazyCertificates(texts: readonly string[], cache: CertificateCache): KeyInfo {
  let reading: Reading | undefined;
  const read = (): Reading => {
    reading ??= readAll(texts, cache);
    return reading;
  };
  return {
    get certificates() {
      return read().certificates;
    },
    get unreadableCertificates() {
      return read().unreadable;
    },
  };
}

function readAll(texts: readonly string[], cache: CertificateCache): Reading {
  const certificates: Certificate[] = [];
  const unreadable: string[] = [];
  for (const text of texts) {
    const certificate = cache.read(text);
    if (certificate === undefined) unreadable.push(isPrivateKeyText(text) ? PRIVATE_KEY : text);
    else certificates.push(certificate);
  }
  return {
    certificates: certificates.length === 0 ? undefined : certificates,
    unreadable: unreadable.length === 0 ? undefined : unreadable,
  };
}
