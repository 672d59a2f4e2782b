import { type GivenCertificate, signingCertificatesGiven } from "../certificates/given.ts";
import { toPeculiar } from "../certificates/peculiar.ts";
import type { Certificate } from "../certificates/types.ts";
import { isObject, need } from "../core/argument.ts";
import { ANY, checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import type { KeyUse } from "./algorithms.ts";
import { keyError } from "./error.ts";
import { type GivenKey, KEY_KIND, keyGiven, webKeyPair } from "./given-key.ts";
import { CERTIFICATE_KINDS, type CertificateOptions, subjectOf } from "./make.ts";
import { isKeyOf } from "./match.ts";
import type { PassphraseOptions } from "./passphrase.ts";
import { DEFAULT_DAYS, selfSigned } from "./self-signed.ts";
import { subjectDer } from "./subject.ts";

export interface ExistingKeyOptions extends CertificateOptions, PassphraseOptions {
  /** The key, which the caller keeps. */
  readonly privateKey: GivenKey;
  /** The certificate that the new one follows: subject and use are taken from it. */
  readonly renews?: GivenCertificate | undefined;
}

const KINDS: OptionKinds<ExistingKeyOptions> = {
  ...CERTIFICATE_KINDS,
  passphrase: TEXT,
  privateKey: KEY_KIND,
  renews: ANY,
};

/**
 * Makes a self-signed certificate for a key that exists. With `renews` it is a renewal: those who trust
 * the key (metadata interoperability profile 2.6.1) notice nothing, and the others need the new one.
 * Throws a `KeyError` if the certificate to renew belongs to another key.
 *
 * @example
 * ```ts
 * import { readFileSync, writeFileSync } from "node:fs";
 * import { createCertificate } from "samlcert/keys";
 *
 * const certificate = await createCertificate({
 *   privateKey: readFileSync("sp.key"),
 *   renews: readFileSync("sp.crt"),
 * });
 * writeFileSync("sp-renewed.crt", certificate.pem);
 * ```
 */
export async function createCertificate(options: ExistingKeyOptions): Promise<Certificate> {
  need(() => isObject(options), "options", "an object with privateKey");
  checkOptions(options, KINDS, "createCertificate");
  need(() => KEY_KIND.is(options.privateKey), "privateKey", KEY_KIND.name);
  const { days = DEFAULT_DAYS, now = new Date(), renews } = options;
  const key = keyGiven(options.privateKey, options.passphrase);
  if (renews === undefined) {
    const subject = subjectDer(subjectOf(options));
    const contents = { subject, days, use: options.use ?? "signing", now };
    return await selfSigned(await webKeyPair(key), contents);
  }
  const old = signingCertificatesGiven(renews, "renews").map(({ certificate }) => certificate);
  const renewed = old.find((one) => isKeyOf(one, key));
  if (renewed === undefined) throw keyError("keys.mismatch");
  const isNamed = options.commonName !== undefined || options.subject !== undefined;
  const subject = isNamed ? subjectDer(subjectOf(options)) : await subjectOfCertificate(renewed);
  const contents = { subject, days, use: options.use ?? useOf(renewed), now };
  return await selfSigned(await webKeyPair(key), contents);
}

/** The same bytes, whatever string types they use. */
async function subjectOfCertificate(certificate: Certificate): Promise<Uint8Array<ArrayBuffer>> {
  const { subjectName } = await toPeculiar<import("@peculiar/x509").X509Certificate>(certificate);
  return new Uint8Array(subjectName.toArrayBuffer());
}

/** The use that the key usage allows; both if it does not say. */
function useOf({ extensions, publicKey }: Certificate): KeyUse {
  const usages = extensions.find(({ name }) => name === "keyUsage")?.value;
  const names = Array.isArray(usages) ? usages.map(String) : [];
  if (publicKey.curve !== undefined) return "signing";
  const encrypts = names.length === 0 || names.includes("keyEncipherment");
  const signs = names.length === 0 || names.includes("digitalSignature");
  return encrypts ? (signs ? "both" : "encryption") : "signing";
}
