import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signMetadata, verifyMetadata } from "../../src/signature/index.ts";
import { inFolder, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const document = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ID="_1" entityID="https://sp.example.com/">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs" index="0"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;

/** OpenSAML's program, with files of these contents; their names stand for them in the arguments. */
function samlsign(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): { readonly status: number | null; readonly stdout: string } {
  return inFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const paths = args.map((arg) => (arg in files ? join(folder, arg) : arg));
    return spawnSync("samlsign", paths, { encoding: "utf8" });
  });
}

const program = requireProgram("sh", ["-c", "command -v samlsign"]);

describe.skipIf(program.missing).each(["rsa", "P-256", "P-384"] as const)(
  `OpenSAML and a key %s${program.note}`,
  (kind) => {
    const signer = program.missing ? ({} as never) : makeSigner(kind);
    const trust = { certificates: [signer.certificate] };
    const verdict = (xml: string): boolean =>
      samlsign(["-c", "crt", "-f", "xml"], { crt: signer.certificate, xml }).status === 0;

    it("verifies signatures of signMetadata, and refuses changed documents", () => {
      const signed = signMetadata(document, signer);
      expect(verdict(signed)).toBe(true);
      expect(verdict(signed.replace("/acs", "/bcs"))).toBe(false);
    });

    it("makes signatures that verifyMetadata accepts", () => {
      const algorithm = kind === "rsa" ? "rsa-sha256" : "ecdsa-sha256";
      const { stdout, status } = samlsign(
        [
          "-s",
          "-k",
          "key",
          "-c",
          "crt",
          "-f",
          "xml",
          "-alg",
          `http://www.w3.org/2001/04/xmldsig-more#${algorithm}`,
          "-dig",
          "http://www.w3.org/2001/04/xmlenc#sha256",
        ],
        { key: signer.privateKey, crt: signer.certificate, xml: document },
      );
      expect(status).toBe(0);
      expect(verifyMetadata(stdout, { trust }).entities).toMatchObject([
        { entityId: "https://sp.example.com/" },
      ]);
      expect(() => verifyMetadata(stdout.replace("/acs", "/bcs"), { trust })).toThrow(
        expect.objectContaining({ code: "signature.digest" }),
      );
    });
  },
);
