import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signMetadata } from "../../src/signature/index.ts";
import { runBundled } from "../metadata/support/bundled.ts";
import { inFolder, makeSigner } from "../metadata/support/signing.ts";
import { requireProgram } from "../support/require.ts";

const openssl = requireProgram("openssl", ["version"]);

describe.skipIf(openssl.missing)(`memory${openssl.note}`, () => {
  it("stays bounded: reading, selecting and verifying any size take a heap of 128 MB", () => {
    const signer = makeSigner("rsa");
    const role = `<RoleDescriptor protocolSupportEnumeration="${"urn:p ".repeat(300)}"/>`;
    const entities = Array.from(
      { length: 10_000 },
      (_, i) =>
        `<EntityDescriptor entityID="urn:${i === 9999 ? "last" : i}">${role}</EntityDescriptor>`,
    );
    const document = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join("\n")}</EntitiesDescriptor>`;
    const signed = signMetadata(document, signer);
    const printed = inFolder((folder) => {
      const [file, certificate] = [join(folder, "signed.xml"), join(folder, "signer.pem")];
      writeFileSync(file, signed);
      writeFileSync(certificate, signer.certificate);
      const program = join(import.meta.dirname, "../metadata/support/large-stream.ts");
      return runBundled(program, ["--max-old-space-size=128"], [file, certificate]);
    });
    expect(printed).toBe("20000 1 1\n");
  }, 120_000);
});
