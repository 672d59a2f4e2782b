import { createHash, type KeyLike, sign as signOctets, verify as verifyOctets } from "node:crypto";
import { createRequire } from "node:module";
import type { SignatureAlgorithm, SignedXml, SignedXmlOptions } from "xml-crypto";
import { byCodePoint } from "../xml/canonical-tag.ts";
import { digestMethods, signatureMethods } from "./algorithms.ts";

/** xml-crypto, with the algorithms that it lacks. */
export interface XmlCrypto {
  readonly newSignedXml: (options: SignedXmlOptions) => SignedXml;
}

/** Loads xml-crypto, which is slow to load, only when it is needed; `require` keeps its first result. */
export function loadXmlCrypto(): XmlCrypto {
  const load = createRequire(import.meta.url);
  const { SignedXml: Constructor } = load("xml-crypto") as typeof import("xml-crypto");
  return {
    newSignedXml: (options) => {
      const signed = new Constructor(options);
      register(signed);
      return signed;
    },
  };
}

function register(signed: SignedXml): void {
  for (const [uri, { hash }] of signatureMethods) {
    signed.SignatureAlgorithms[uri] ??= algorithmClass(uri, hash) as never;
  }
  for (const [uri, hash] of digestMethods) {
    signed.HashAlgorithms[uri] ??= hashClass(uri, hash) as never;
  }
  for (const [uri, Form] of Object.entries(signed.CanonicalizationAlgorithms)) {
    signed.CanonicalizationAlgorithms[uri] = sortingClass(Form) as never;
  }
}

/** A prefix that is declared, or an attribute of a DOM. */
interface Named {
  readonly prefix: string;
  readonly namespaceURI?: string | null;
  readonly localName: string;
}

/**
 * xml-crypto sorts prefixes as a language sorts words, and attributes by their two names run together;
 * it has to be by code points, and one after the other (Canonical XML 1.0, 2.2).
 */
function sortingClass(Form: new () => object): () => object {
  return function Sorting() {
    return Object.assign(new Form(), {
      nsCompare: (a: Named, b: Named) => byCodePoint(a.prefix, b.prefix),
      attrCompare: (a: Named, b: Named) =>
        byCodePoint(a.namespaceURI ?? "", b.namespaceURI ?? "") ||
        byCodePoint(a.localName, b.localName),
    });
  };
}

/** xml-crypto makes its algorithms with `new`; a function that returns an object serves. */
function algorithmClass(uri: string, hash: string): () => SignatureAlgorithm {
  return function Algorithm() {
    return {
      getAlgorithmName: () => uri,
      getSignature: (octets: string, key: KeyLike) =>
        signOctets(hash, Buffer.from(octets), input(key)).toString("base64"),
      verifySignature: (octets: string, key: KeyLike, value: string) =>
        verifyOctets(hash, Buffer.from(octets), input(key), Buffer.from(value, "base64")),
    } as unknown as SignatureAlgorithm;
  };
}

function hashClass(uri: string, hash: string): () => object {
  return function Hash() {
    return {
      getAlgorithmName: () => uri,
      getHash: (xml: string) => createHash(hash).update(xml, "utf8").digest("base64"),
    };
  };
}

/** XML Signature 1.1, 6.4.3: the two numbers of an ECDSA value side by side, not as DER. */
function input(key: KeyLike): { key: never; dsaEncoding: "ieee-p1363" } {
  return { key: key as never, dsaEncoding: "ieee-p1363" };
}
