import { spawnSync } from "node:child_process";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for it, made by OpenSSL. */
export interface TestSigner {
  readonly privateKey: string;
  readonly certificate: string;
}

/** Runs with a folder of its own that is removed afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function makeSigner(kind: "rsa" | "P-256" | "P-384" | "P-521" | "rsa1024"): TestSigner {
  const { privateKey } = kind.startsWith("rsa")
    ? generateKeyPairSync("rsa", { modulusLength: kind === "rsa" ? 2048 : 1024 })
    : generateKeyPairSync("ec", { namedCurve: kind });
  return certified(privateKey);
}

export function certified(key: KeyObject, hash = "sha256"): TestSigner {
  const privateKey = key.export({ type: "pkcs8", format: "pem" }).toString();
  return inFolder((folder) => {
    const file = join(folder, "key.pem");
    writeFileSync(file, privateKey);
    const { stdout, status, stderr } = spawnSync(
      "openssl",
      ["req", "-x509", "-key", file, "-days", "3650", "-subj", "/CN=metadata signer", `-${hash}`],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return { privateKey, certificate: stdout };
  });
}

/** A certificate authority, and a certificate that it issued. */
export function makeChain(): { readonly leaf: TestSigner; readonly issuer: TestSigner } {
  const issuer = makeSigner("rsa");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const certificate = inFolder((folder) => {
    const [key, ca, caKey] = ["key.pem", "ca.pem", "ca.key"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(key, pem);
    writeFileSync(ca, issuer.certificate);
    writeFileSync(caKey, issuer.privateKey);
    const subject = ["-subj", "/CN=leaf", "-days", "30", "-sha256"];
    const args = ["req", "-x509", "-key", key, "-CA", ca, "-CAkey", caKey, ...subject];
    const end = ["-addext", "basicConstraints=critical,CA:FALSE"];
    const { status, stdout, stderr } = spawnSync("openssl", [...args, ...end], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  });
  return { issuer, leaf: { privateKey: pem, certificate } };
}

const METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";

/** True if xmlsec1 verifies a document with a certificate. */
export function xmlsec1Verifies(xml: string | Uint8Array, certificate: string): boolean {
  return inFolder((folder) => {
    const [document, anchor] = [join(folder, "document.xml"), join(folder, "anchor.pem")];
    writeFileSync(document, xml);
    writeFileSync(anchor, certificate);
    const { status } = spawnSync("xmlsec1", [
      "--verify",
      "--pubkey-cert-pem",
      anchor,
      "--enabled-key-data",
      "raw-x509-cert",
      "--id-attr:ID",
      `${METADATA}:EntityDescriptor`,
      "--id-attr:ID",
      `${METADATA}:EntitiesDescriptor`,
      document,
    ]);
    return status === 0;
  });
}

const METADATA_IDS = [
  ...["--id-attr:ID", `${METADATA}:EntityDescriptor`],
  ...["--id-attr:ID", `${METADATA}:EntitiesDescriptor`],
];

/** A document with an empty signature, as xmlsec1 signs it. */
export function xmlsec1Signs(
  template: string,
  signer: TestSigner,
  ids: readonly string[] = METADATA_IDS,
): string {
  return inFolder((folder) => {
    const [document, key, certificate] = ["document.xml", "key.pem", "crt.pem"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(document, template);
    writeFileSync(key, signer.privateKey);
    writeFileSync(certificate, signer.certificate);
    const { status, stdout, stderr } = spawnSync(
      "xmlsec1",
      ["--sign", "--privkey-pem", `${key},${certificate}`, ...ids, document],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return stdout;
  });
}

/** The parts of a signature that can vary. */
interface SignatureParts {
  readonly signature: string;
  readonly digest: string;
  readonly canonical: string;
  readonly transform: string;
}

/** A signature that xmlsec1 fills in. */
export function signatureTemplate(id: string, parts: Partial<SignatureParts> = {}): string {
  const {
    signature = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    digest = "http://www.w3.org/2001/04/xmlenc#sha256",
    canonical = '<CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
    transform = '<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
  } = parts;
  return `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>${canonical}
<SignatureMethod Algorithm="${signature}"/><Reference URI="${id === "" ? "" : `#${id}`}"><Transforms>
<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>${transform}</Transforms>
<DigestMethod Algorithm="${digest}"/><DigestValue/></Reference></SignedInfo><SignatureValue/></Signature>`;
}
