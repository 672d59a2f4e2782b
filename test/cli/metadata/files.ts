import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildIdentityProviderMetadata,
  buildMetadata,
  parseMetadata,
} from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { inFolder } from "../../support/cli.ts";

export const entityId = "https://idp.example.com/saml";

/** A folder with a key, two certificates and metadata. */
export async function withFiles(body: (cwd: string) => Promise<void>): Promise<void> {
  await inFolder(async (cwd) => {
    const signer = await createTestCertificate({ subject: { CN: "signer" } });
    const next = await createTestCertificate({ subject: { CN: "next" } });
    writeFileSync(join(cwd, "now.pem"), signer.certificate.pem);
    writeFileSync(join(cwd, "now.key"), signer.privateKeyPem);
    writeFileSync(join(cwd, "next.pem"), next.certificate.pem);
    const idp = (certificates: readonly string[]): string =>
      buildIdentityProviderMetadata({
        entityId,
        singleSignOnServices: ["https://idp.example.com/sso"],
        signingCertificates: certificates,
        validUntil: 4_000_000_000,
      });
    writeFileSync(join(cwd, "old.xml"), idp([signer.certificate.pem]));
    writeFileSync(join(cwd, "new.xml"), idp([signer.certificate.pem, next.certificate.pem]));
    const entities = [entityId, "https://other.example.com/saml"].map((name) => {
      const [entity] = parseMetadata(idp([signer.certificate.pem])).entities;
      return { ...entity!, entityId: name, validUntil: undefined };
    });
    const group = {
      type: "EntitiesDescriptor" as const,
      name: "urn:example:federation",
      validUntil: { unixSeconds: 4_000_000_000, iso: "2096-10-02T07:06:40Z" },
      members: entities,
    };
    writeFileSync(join(cwd, "aggregate.xml"), buildMetadata(group));
    await body(cwd);
  });
}
