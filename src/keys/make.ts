import type { webcrypto } from "node:crypto";
import type { Certificate } from "../certificates/types.ts";
import { isObject, need } from "../core/argument.ts";
import {
  checkOptions,
  INSTANT,
  type Kind,
  type OptionKinds,
  oneOf,
  TEXT,
} from "../core/options.ts";
import type { Instant } from "../core/time.ts";
import {
  ALGORITHMS,
  KEY_ALGORITHMS,
  KEY_USES,
  type KeyAlgorithm,
  type KeyUse,
} from "./algorithms.ts";
import { pkcs8Pem } from "./pkcs8.ts";
import { checkUse, DEFAULT_DAYS, selfSigned } from "./self-signed.ts";
import { type Subject, subjectDer } from "./subject.ts";

/** The options of every function that makes a certificate. */
export interface CertificateOptions {
  /** The name of the owner, such as the host of the service: short for `subject: { CN }`. */
  readonly commonName?: string | undefined;
  /** Attributes, or text such as `CN=sp.example.com, O=Example`. */
  readonly subject?: Subject | undefined;
  /** The life of the certificate. Default: 1095 days, from 1 to 36525. */
  readonly days?: number | undefined;
  /** Default: signing. Only an RSA key can encrypt. */
  readonly use?: KeyUse | undefined;
  /** The certificate begins one hour before, for clocks that are slow. Default: the current time. */
  readonly now?: Instant | undefined;
}

export interface SigningKeyOptions extends CertificateOptions {
  /** Default: rsa-3072. */
  readonly algorithm?: KeyAlgorithm | undefined;
  /** Encrypts the private key with AES-256-CBC. */
  readonly passphrase?: string | undefined;
}

/** A new key with its certificate. */
export interface SigningKey {
  /**
   * PKCS #8 in PEM, encrypted if a passphrase was given. The property is not enumerable, so that logs,
   * `util.inspect` and `JSON.stringify` of the whole object leave it out.
   */
  readonly privateKey: string;
  readonly certificate: Certificate;
}

export const NAME_KIND: Kind = {
  is: (value) => typeof value === "string" || isObject(value),
  name: "attributes such as { CN }, or text such as CN=sp.example.com",
};

const DAYS_KIND: Kind = {
  is: (value) => typeof value === "number",
  name: "a whole number of days",
};

export const CERTIFICATE_KINDS: OptionKinds<CertificateOptions> = {
  commonName: TEXT,
  subject: NAME_KIND,
  days: DAYS_KIND,
  use: /* @__PURE__ */ oneOf(...KEY_USES),
  now: INSTANT,
};

const KINDS: OptionKinds<SigningKeyOptions> = {
  ...CERTIFICATE_KINDS,
  algorithm: /* @__PURE__ */ oneOf(...KEY_ALGORITHMS),
  passphrase: TEXT,
};

/**
 * Makes a key pair and a self-signed certificate for it, with the random numbers of Web Cryptography;
 * also in browsers. Throws a `KeyError` for a subject or a life that X.509 cannot express.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { createSigningKey } from "samlcert/keys";
 *
 * const { privateKey, certificate } = await createSigningKey({ commonName: "sp.example.com" });
 * writeFileSync("sp.key", privateKey, { mode: 0o600, flag: "wx" });
 * writeFileSync("sp.crt", certificate.pem);
 * ```
 */
export async function createSigningKey(options: SigningKeyOptions): Promise<SigningKey> {
  need(() => isObject(options), "options", "an object with commonName or subject");
  checkOptions(options, KINDS, "createSigningKey");
  const { passphrase, use = "signing", days = DEFAULT_DAYS, now = new Date() } = options;
  const algorithm = ALGORITHMS[options.algorithm ?? "rsa-3072"];
  const subject = subjectDer(subjectOf(options));
  checkUse(use, algorithm);
  const keys = (await crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ])) as webcrypto.CryptoKeyPair;
  const certificate = await selfSigned({ keys, algorithm }, { subject, days, use, now });
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  const privateKey = await pkcs8Pem(pkcs8, passphrase);
  return Object.defineProperty({ certificate }, "privateKey", {
    value: privateKey,
  }) as SigningKey;
}

/** The subject of the options; both spellings at once are a mistake. */
export function subjectOf({ commonName, subject }: CertificateOptions): Subject {
  need(
    () => (commonName === undefined) !== (subject === undefined),
    "options",
    "given either commonName or subject",
  );
  return subject ?? { CN: commonName };
}
