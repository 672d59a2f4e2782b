import { createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import { toHex } from "../core/bytes.ts";
import { keyError } from "./error.ts";

/** One element of DER. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** OIDs by the hex of their content. */
const DATA = "2a864886f70d010701";
const ENCRYPTED_DATA = "2a864886f70d010706";
const CERTIFICATE_BAG = "2a864886f70d010c0a0103";
const PBES2 = "2a864886f70d01050d";
const PBE_SHA1_3DES = "2a864886f70d010c0103";

const HASHES: Readonly<Record<string, string>> = {
  "2a864886f70d0207": "sha1",
  "2a864886f70d0209": "sha256",
  "2a864886f70d020a": "sha384",
  "2a864886f70d020b": "sha512",
};

const CIPHERS: Readonly<Record<string, readonly [name: string, keyBytes: number]>> = {
  "608648016503040102": ["aes-128-cbc", 16],
  "608648016503040116": ["aes-192-cbc", 24],
  "60864801650304012a": ["aes-256-cbc", 32],
  "2a864886f70d0307": ["des-ede3-cbc", 24],
};

/** Against files that only cost time; real files have up to 2 million iterations. */
const MAX_ITERATIONS = 10_000_000;

/**
 * The DER of the certificates of a PKCS #12 file (RFC 7292), which are usually encrypted too. Throws
 * `keys.passphrase` for a wrong passphrase, and `keys.cipher` for an encryption such as 40-bit RC2.
 */
export function certificatesOfPkcs12(pfx: Uint8Array, passphrase = ""): readonly Uint8Array[] {
  try {
    const [, authSafe] = children(only(pfx));
    const safes = children(only(dataOf(authSafe)));
    return safes.flatMap((safe) => bagsOf(safe, passphrase).flatMap(certificateOf));
  } catch (error) {
    if (error instanceof RangeError) throw keyError("keys.passphrase");
    throw error;
  }
}

/** The SafeBags of one ContentInfo, decrypted. */
function bagsOf(safe: Element, passphrase: string): readonly Element[] {
  const [type, body] = children(safe);
  const isOf = (oid: string): boolean => toHex(at(type).content) === oid;
  if (isOf(DATA)) return children(only(dataOf(safe)));
  if (!isOf(ENCRYPTED_DATA)) return [];
  const [, info] = children(only(at(body).content));
  const [, algorithm, content] = children(at(info));
  return children(only(decrypt(at(algorithm), at(content).content, passphrase)));
}

function certificateOf(bag: Element): readonly Uint8Array[] {
  const [type, value] = children(bag);
  if (toHex(at(type).content) !== CERTIFICATE_BAG) return [];
  const [, wrapped] = children(only(at(value).content));
  return [only(at(wrapped).content).content];
}

function decrypt(algorithm: Element, content: Uint8Array, passphrase: string): Uint8Array {
  const [type, parameters] = children(algorithm);
  const { cipher, key, iv } = keyFor(toHex(at(type).content), at(parameters), passphrase);
  const decipher = createDecipheriv(cipher, key, iv);
  try {
    return Buffer.concat([decipher.update(content), decipher.final()]);
  } catch {
    throw keyError("keys.passphrase");
  }
}

interface Cipher {
  readonly cipher: string;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

function keyFor(oid: string, parameters: Element, passphrase: string): Cipher {
  if (oid === PBE_SHA1_3DES) {
    const [salt, iterations] = children(parameters);
    const derive = (id: number, size: number): Uint8Array =>
      pkcs12Key(passphrase, at(salt).content, { id, size, iterations: countOf(iterations) });
    return { cipher: "des-ede3-cbc", key: derive(1, 24), iv: derive(2, 8) };
  }
  if (oid !== PBES2) throw keyError("keys.cipher");
  const [derivation, encryption] = children(parameters);
  const [, pbkdf2] = children(at(derivation));
  const [salt, iterations, ...rest] = children(at(pbkdf2));
  const prf = rest.find(({ tag }) => tag === 0x30);
  // HMAC-SHA-1 is the default (RFC 8018, A.2).
  const hash = prf === undefined ? "sha1" : HASHES[toHex(at(children(prf)[0]).content)];
  const [cipherOid, iv] = children(at(encryption));
  const cipher = CIPHERS[toHex(at(cipherOid).content)];
  if (hash === undefined || cipher === undefined) throw keyError("keys.cipher");
  const [name, size] = cipher;
  const key = pbkdf2Sync(passphrase, at(salt).content, countOf(iterations), size, hash);
  return { cipher: name, key, iv: at(iv).content };
}

function countOf(element: Element | undefined): number {
  const count = Number.parseInt(toHex(at(element).content), 16);
  if (!(count > 0 && count <= MAX_ITERATIONS)) throw keyError("keys.cipher");
  return count;
}

/** The key derivation of RFC 7292, appendix B.2, with SHA-1. */
function pkcs12Key(
  passphrase: string,
  salt: Uint8Array,
  {
    id,
    size,
    iterations,
  }: { readonly id: number; readonly size: number; readonly iterations: number },
): Uint8Array {
  const block = 64;
  const password = Buffer.from(`${passphrase}\0`, "utf16le").swap16();
  const fill = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.from(
      { length: Math.ceil(bytes.length / block) * block },
      (_, i) => bytes[i % bytes.length] as number,
    );
  const input = Buffer.concat([fill(salt), fill(password)]);
  const parts: Uint8Array[] = [];
  for (let made = 0; made < size; made += 20) {
    let digest = createHash("sha1").update(new Uint8Array(block).fill(id)).update(input).digest();
    for (let round = 1; round < iterations; round++) {
      digest = createHash("sha1").update(digest).digest();
    }
    parts.push(digest);
    addTo(input, digest, block);
  }
  return Buffer.concat(parts).subarray(0, size);
}

/** Adds the digest, repeated to a block, and 1 to each block of the input. */
function addTo(input: Uint8Array, digest: Uint8Array, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let i = block - 1; i >= 0; i--) {
      carry += (input[start + i] as number) + (digest[i % digest.length] as number);
      input[start + i] = carry & 0xff;
      carry >>= 8;
    }
  }
}

/** The OCTET STRING of a ContentInfo of type data. */
function dataOf(info: Element | undefined): Uint8Array {
  const [type, body] = children(at(info));
  if (toHex(at(type).content) !== DATA) throw keyError("keys.cipher");
  return only(at(body).content).content;
}

function at(element: Element | undefined): Element {
  if (element === undefined) throw new RangeError("PKCS #12 ends too early.");
  return element;
}

function only(bytes: Uint8Array): Element {
  return at(elements(bytes)[0]);
}

function children({ content }: Element): readonly Element[] {
  return elements(content);
}

function elements(bytes: Uint8Array): readonly Element[] {
  const found: Element[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const [tag, first] = [at8(bytes, offset), at8(bytes, offset + 1)];
    const count = first > 0x80 ? first - 0x80 : 0;
    let length = count > 0 ? 0 : first;
    for (let i = 0; i < count; i++) length = length * 256 + at8(bytes, offset + 2 + i);
    const start = offset + 2 + count;
    if (first === 0x80 || start + length > bytes.length) throw new RangeError("No DER.");
    found.push({ tag, content: bytes.subarray(start, start + length) });
    offset = start + length;
  }
  return found;
}

function at8(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset];
  if (byte === undefined) throw new RangeError("No DER.");
  return byte;
}
