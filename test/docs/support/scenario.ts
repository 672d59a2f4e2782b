import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildIdentityProviderMetadata } from "../../../src/metadata/index.ts";
import { signMetadata } from "../../../src/signature/index.ts";
import {
  createTestCertificate,
  startFakeIdentityProvider,
  type TestCertificate,
} from "../../../src/testing/index.ts";

/** The integration that the guides speak of. */
export const INTEGRATION_ID = "b0b98502-9408-4b24-9e3d-31ed7cb15312";

/** Writes the files that the guides name into a folder. */
export async function writeFiles(folder: string): Promise<{ current: TestCertificate }> {
  const make = (CN: string, notBefore?: Date) =>
    createTestCertificate({ subject: { CN }, keyAlgorithm: "RSA-2048", notBefore });
  // The current one began before the next one, whichever key was made first.
  const lastWeek = new Date(Date.now() - 7 * 86_400_000);
  const [current, next, signer] = await Promise.all([
    make("current", lastWeek),
    make("next"),
    make("signer"),
  ]);
  const metadata = (...keys: readonly TestCertificate[]): string =>
    buildIdentityProviderMetadata({
      entityId: "http://www.okta.com/exk1fcia6d6EMsf331d8",
      singleSignOnServices: ["https://idp.example.com/sso"],
      signingCertificates: keys.map(({ pem }) => pem),
      contacts: [{ contactType: "technical", emailAddresses: ["sso@example.com"] }],
      validUntil: Math.floor(Date.now() / 1000) + 7 * 86_400,
    });
  const idp = await startFakeIdentityProvider({
    entityId: "http://www.okta.com/exk1fcia6d6EMsf331d8",
    certificates: [current, next],
  });
  const signIn = { acsUrl: "https://sp.example.com/acs", audience: "https://sp.example.com" };
  const response = idp.respond(signIn);
  await idp.close();
  const integration = {
    id: INTEGRATION_ID,
    entity_id: "http://www.okta.com/exk1fcia6d6EMsf331d8",
    single_signon_url: "https://sp.example.com/acs",
    audience_url: "https://sp.example.com/saml",
  };
  const files: Readonly<Record<string, string>> = {
    "idp.pem": current.pem,
    "current.pem": current.pem,
    "next.pem": next.pem,
    "signer.pem": signer.pem,
    "key.txt": "SG.test\n",
    "integration.json": JSON.stringify(integration),
    "idp.xml": metadata(current),
    "sign-in.txt": response,
    "idp-before.xml": metadata(current),
    "idp-after.xml": metadata(current, next),
    "idp-signed.xml": signMetadata(metadata(current), {
      privateKey: signer.privateKeyPem,
      certificate: signer.pem,
    }),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { current };
}
