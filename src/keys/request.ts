import { loadPeculiar } from "../certificates/peculiar.ts";
import { isObject, need } from "../core/argument.ts";
import { checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import { type GivenKey, KEY_KIND, keyGiven, webKeyPair } from "./given-key.ts";
import { NAME_KIND, subjectOf } from "./make.ts";
import type { PassphraseOptions } from "./passphrase.ts";
import { pem } from "./pkcs8.ts";
import { nameOf } from "./self-signed.ts";
import { type Subject, subjectDer } from "./subject.ts";

export interface CertificateRequestOptions extends PassphraseOptions {
  /** The key, which the caller keeps. */
  readonly privateKey: GivenKey;
  /** Short for `subject: { CN }`. */
  readonly commonName?: string | undefined;
  /** Attributes, or text such as `CN=sp.example.com, O=Example`. */
  readonly subject?: Subject | undefined;
}

const KINDS: OptionKinds<CertificateRequestOptions> = {
  passphrase: TEXT,
  privateKey: KEY_KIND,
  commonName: TEXT,
  subject: NAME_KIND,
};

/**
 * Makes a PKCS #10 certificate signing request (RFC 2986) in PEM, for an authority that must issue the
 * certificate. Few need one: identity providers trust the key, not its issuer.
 *
 * @example
 * ```ts
 * import { readFileSync, writeFileSync } from "node:fs";
 * import { createCertificateRequest } from "samlcert/keys";
 *
 * const privateKey = readFileSync("sp.key");
 * const request = await createCertificateRequest({ privateKey, commonName: "sp.example.com" });
 * writeFileSync("sp.csr", request);
 * ```
 */
export async function createCertificateRequest(
  options: CertificateRequestOptions,
): Promise<string> {
  need(() => isObject(options), "options", "an object with privateKey");
  checkOptions(options, KINDS, "createCertificateRequest");
  need(() => KEY_KIND.is(options.privateKey), "privateKey", KEY_KIND.name);
  const subject = subjectDer(subjectOf(options));
  const key = keyGiven(options.privateKey, options.passphrase);
  const { keys, algorithm } = await webKeyPair(key);
  const x509 = await loadPeculiar();
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: nameOf(subject, x509),
    keys,
    signingAlgorithm: { name: algorithm.name, hash: algorithm.hash },
  });
  return pem("CERTIFICATE REQUEST", new Uint8Array(request.rawData));
}
