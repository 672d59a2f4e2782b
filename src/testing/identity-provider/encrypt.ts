import {
  constants,
  createCipheriv,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from "node:crypto";
import { encryptionAlgorithms, namespaces } from "../../core/uris.ts";

const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";

/**
 * An `EncryptedAssertion`: AES-256-GCM, its key in RSA-OAEP. OAEP uses SHA-1 because that is the only
 * hash that every service provider reads (XML Encryption 1.1, 5.5.2).
 */
export function encryptAssertion(assertion: string, certificate: string | Uint8Array): string {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  // XML Encryption 1.1, 5.2.4: the initialisation vector, the cipher text, the tag.
  const parts = [iv, cipher.update(assertion, "utf8"), cipher.final()];
  const encrypted = Buffer.concat([...parts, cipher.getAuthTag()]);
  const { publicKey } = new X509Certificate(certificate);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: publicKey, padding, oaepHash: "sha1" }, key);
  const { aes256Gcm, rsaOaepMgf1p } = encryptionAlgorithms;
  return (
    `<saml:EncryptedAssertion xmlns:saml="${namespaces.saml}">` +
    `<xenc:EncryptedData xmlns:xenc="${namespaces.xenc}" Type="${namespaces.xenc}Element">` +
    `<xenc:EncryptionMethod Algorithm="${aes256Gcm}"/>` +
    `<ds:KeyInfo xmlns:ds="${namespaces.ds}"><xenc:EncryptedKey>` +
    `<xenc:EncryptionMethod Algorithm="${rsaOaepMgf1p}"><ds:DigestMethod Algorithm="${SHA1}"/>` +
    `</xenc:EncryptionMethod>${cipherData(wrapped)}</xenc:EncryptedKey></ds:KeyInfo>` +
    `${cipherData(encrypted)}</xenc:EncryptedData></saml:EncryptedAssertion>`
  );
}

function cipherData(bytes: Buffer): string {
  const value = `<xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue>`;
  return `<xenc:CipherData>${value}</xenc:CipherData>`;
}
