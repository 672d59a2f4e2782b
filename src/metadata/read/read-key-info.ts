import { chainsOf } from "../../certificates/bundle.ts";
import { findPrivateKey } from "../../certificates/private-key.ts";
import type { Certificate } from "../../certificates/types.ts";
import { isAuthority } from "../../certificates/x509/extensions/find.ts";
import { namespaces } from "../../core/uris.ts";
import { attributeOf, isNamed, type XmlElement } from "../../xml/element.ts";
import type { OtherElement } from "../model/extension-types.ts";
import type { KeyInfo } from "../model/types.ts";
import type { CertificateCache } from "./context.ts";

import { otherElement } from "./read-other.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads `<ds:KeyInfo>`. Its certificates are parsed when they are first used. */
export function readKeyInfo(node: XmlElement, cache: CertificateCache): KeyInfo {
  const keyNames: string[] = [];
  const data: (readonly string[])[] = [];
  const other: OtherElement[] = [];
  for (const child of node.children) {
    if (isNamed(child, namespaces.ds, "KeyName")) keyNames.push(child.text);
    else if (isNamed(child, namespaces.ds, "X509Data")) readX509Data(child, data, other);
    else other.push(otherElement(child));
  }
  const keyInfo: Mutable<KeyInfo> = data.length === 0 ? {} : lazyCertificates(data, cache);
  const id = attributeOf(node, "Id");
  if (id !== undefined) keyInfo.id = id;
  if (keyNames.length > 0) keyInfo.keyNames = keyNames;
  if (other.length > 0) keyInfo.other = other;
  return keyInfo;
}

/** Takes the certificates out of an `<ds:X509Data>`, and keeps what else it contains. */
function readX509Data(node: XmlElement, data: (readonly string[])[], other: OtherElement[]): void {
  const texts: string[] = [];
  const rest: XmlElement[] = [];
  for (const child of node.children) {
    if (isNamed(child, namespaces.ds, "X509Certificate")) texts.push(child.text);
    else rest.push(child);
  }
  if (texts.length > 0) data.push(texts);
  if (rest.length > 0) other.push(otherElement({ ...node, children: rest, textAt: undefined }));
}

/** Stands for a private key that was published: the text would end in somebody's log. */
const PRIVATE_KEY = "(a private key)";

type Reading = Pick<KeyInfo, "certificates" | "issuers" | "unreadableCertificates">;

function lazyCertificates(data: readonly (readonly string[])[], cache: CertificateCache): KeyInfo {
  let reading: Reading | undefined;
  const read = (): Reading => {
    reading ??= readAll(data, cache);
    return reading;
  };
  return {
    get certificates() {
      return read().certificates;
    },
    get issuers() {
      return read().issuers;
    },
    get unreadableCertificates() {
      return read().unreadableCertificates;
    },
  };
}

function readAll(data: readonly (readonly string[])[], cache: CertificateCache): Reading {
  const keys: Certificate[] = [];
  const issuers: Certificate[] = [];
  const unreadable: string[] = [];
  for (const texts of data) {
    const read = texts.map((text) => cache.read(text));
    const certificates = read.filter((one) => one !== undefined);
    const failed = texts.filter((_, i) => read[i] === undefined);
    unreadable.push(
      ...failed.map((text) => (findPrivateKey(text) !== undefined ? PRIVATE_KEY : text)),
    );
    const own = keysOf(certificates, failed.length > 0);
    keys.push(...own);
    issuers.push(...certificates.filter((one) => !own.includes(one)));
  }
  const present = <T>(list: readonly T[]): readonly T[] | undefined =>
    list.length === 0 ? undefined : list;
  return {
    certificates: present(keys),
    issuers: present(issuers),
    unreadableCertificates: present(unreadable),
  };
}

/**
 * The certificates of one `<ds:X509Data>` that give keys: the end entities (XML Signature 4.4.4). A
 * certificate authority next to an unreadable certificate may be its issuer.
 */
export function keysOf(
  certificates: readonly Certificate[],
  isIncomplete: boolean,
): readonly Certificate[] {
  if (certificates.length < 2 && !isIncomplete) return certificates;
  return chainsOf(certificates, "certificates")
    .map(([first]) => first)
    .filter((one) => !(isIncomplete && isAuthority(one)));
}
