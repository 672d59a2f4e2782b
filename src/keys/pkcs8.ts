import { integer, nullValue, octetString, oid, sequence } from "../certificates/der/write.ts";
import { toBase64 } from "../core/bytes.ts";
import { keyError } from "./error.ts";

/** PBKDF2 with HMAC-SHA-256: the OWASP password storage cheat sheet of 2023. */
const ITERATIONS = 600_000;

/** PKCS #8 in PEM; encrypted if there is a passphrase (PBES2, AES-256-CBC: RFC 8018, 6.2). */
export async function pkcs8Pem(
  der: Uint8Array<ArrayBuffer>,
  passphrase: string | undefined,
): Promise<string> {
  if (passphrase === undefined) return pem("PRIVATE KEY", der);
  if (passphrase === "") throw keyError("keys.passphrase_empty");
  return pem("ENCRYPTED PRIVATE KEY", await encrypted(der, passphrase));
}

async function encrypted(der: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Uint8Array> {
  const { subtle } = crypto;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(16));
  const password = new TextEncoder().encode(passphrase);
  const secret = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveKey"]);
  const key = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS },
    secret,
    { name: "AES-CBC", length: 256 },
    false,
    ["encrypt"],
  );
  const content = new Uint8Array(await subtle.encrypt({ name: "AES-CBC", iv }, key, der));
  const derivation = sequence(
    oid("1.2.840.113549.1.5.12"),
    sequence(
      octetString(salt),
      integer(ITERATIONS),
      sequence(oid("1.2.840.113549.2.9"), nullValue()),
    ),
  );
  const cipher = sequence(oid("2.16.840.1.101.3.4.1.42"), octetString(iv));
  return sequence(
    sequence(oid("1.2.840.113549.1.5.13"), sequence(derivation, cipher)),
    octetString(content),
  );
}

/** A block of PEM in its strict form (RFC 7468, figure 3). */
export function pem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
