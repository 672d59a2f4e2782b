import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { createSendGridClient } from "../../src/providers/sendgrid/index.ts";
import type { ConnectionConfig } from "../../src/schemas/watch-config.ts";
import { createTestCertificate, startFakeSendGrid } from "../../src/testing/index.ts";

const API_KEY = "SG.pictures";
const DAY = 86_400;

/** Integrations in the states that a dashboard has to show: days from now, and what is published. */
const CUSTOMERS = [
  { name: "Acme", stored: [[-700, 380]], published: [[-700, 380]] },
  { name: "Globex", stored: [[-1070, 19]], published: [[-1070, 19]] },
  {
    name: "Initech",
    stored: [[-600, 140]],
    published: [
      [-600, 140],
      [-2, 1090],
    ],
  },
  { name: "Umbrella", stored: [[-1090, 4]], published: [[-20, 1075]] },
  {
    name: "Hooli",
    stored: [
      [-400, 690],
      [-10, 1080],
    ],
    published: [
      [-400, 690],
      [-10, 1080],
    ],
  },
] as const;

/** A fake account; the `samlcert.json` of its folder names what to watch. */
export interface Account {
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts a fake SendGrid with customers. Their metadata and `samlcert.json` are written into `folder`. */
export async function startAccount(folder: string): Promise<Account> {
  const fake = await startFakeSendGrid({ apiKey: API_KEY });
  const now = Math.floor(Date.now() / 1000);
  const client = createSendGridClient({ apiKey: API_KEY, baseUrl: fake.url });
  const connections: ConnectionConfig[] = [];
  for (const { name, stored, published } of CUSTOMERS) {
    const idp = `https://idp.${name.toLowerCase()}.example`;
    const made = new Map<string, Awaited<ReturnType<typeof createTestCertificate>>>();
    for (const [from, to] of [...stored, ...published]) {
      if (made.has(String([from, to]))) continue;
      const certificate = await createTestCertificate({
        subject: { CN: `${name} sign-in`, O: name },
        notBefore: now + from * DAY,
        notAfter: now + to * DAY,
      });
      made.set(String([from, to]), certificate);
    }
    const of = (periods: readonly (readonly number[])[]) =>
      periods.flatMap((period) => made.get(String(period)) ?? []);
    const integration = await client.integrations.create({
      name,
      enabled: true,
      entity_id: `${idp}/saml`,
      signin_url: `${idp}/sso`,
      signout_url: `${idp}/slo`,
    });
    const id = String(integration.id);
    for (const { certificate } of of(stored)) await client.certificates.ensure(id, certificate);
    const metadata = `${name}.xml`;
    writeFileSync(
      join(folder, metadata),
      buildIdentityProviderMetadata({
        entityId: `${idp}/saml`,
        singleSignOnServices: [`${idp}/sso`],
        signingCertificates: of(published).map(({ pem }) => pem),
      }),
    );
    connections.push({
      name: `${name} at SendGrid`,
      owner: "identity team",
      store: {
        provider: "sendgrid",
        integration: id,
        apiKey: { env: "SENDGRID_API_KEY" },
        baseUrl: fake.url,
      },
      published: metadata,
    });
  }
  writeFileSync(join(folder, "samlcert.json"), JSON.stringify({ connections }));
  return { env: { SENDGRID_API_KEY: API_KEY }, close: () => fake.close() };
}
