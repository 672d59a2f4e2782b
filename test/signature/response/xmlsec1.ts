import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inFolder } from "../../metadata/support/signing.ts";

/** The elements whose `ID` xmlsec1 looks up. */
export const IDS: readonly string[] = [
  "urn:oasis:names:tc:SAML:2.0:protocol:Response",
  "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
].flatMap((name) => ["--id-attr:ID", name]);

/** The verdict of xmlsec1 on the signature at a place, counted from 1 in the order of the document. */
export function xmlsec1Says(xml: string, place: number, certificate: string): boolean {
  return inFolder((folder) => {
    const [document, anchor] = [join(folder, "document.xml"), join(folder, "anchor.pem")];
    writeFileSync(document, xml);
    writeFileSync(anchor, certificate);
    const signature = `(//*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#'])[${place}]`;
    const { status } = spawnSync("xmlsec1", [
      ...["--verify", "--pubkey-cert-pem", anchor, "--enabled-key-data", "raw-x509-cert"],
      ...["--node-xpath", signature, ...IDS, document],
    ]);
    return status === 0;
  });
}
