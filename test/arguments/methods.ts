import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import { fileJournal, memoryJournal } from "../../src/rotation/index.ts";
import {
  createTestCertificate,
  startFakeKeycard,
  startFakePandaStack,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";

/** A method of what a public function gives, with the arguments of a right call. */
export interface Method {
  readonly call: (...args: readonly never[]) => unknown;
  readonly right: () => readonly unknown[];
}

export interface Methods {
  readonly methods: Readonly<Record<string, Method>>;
  /** How many requests the servers have had. */
  sent(): number;
  close(): Promise<void>;
}

/** Each method of each client, store, source and journal, before real servers on this machine. */
export async function rightMethods(): Promise<Methods> {
  const { pem, certificate } = await createTestCertificate();
  const fakes = [
    await startFakeSendGrid(),
    await startFakeKeycard({ token: "fake" }),
    await startFakePandaStack(),
  ] as const;
  const [sendGrid, keycard, pandaStack] = fakes;
  const call = () => ({
    signal: new AbortController().signal,
    timeoutMs: 2000,
    totalTimeoutMs: 2000,
  });
  const upload = () => ({ ...call(), now: new Date(), policy: "upload", acceptFindings: "all" });

  const { certificates, integrations, teammates } = createSendGridClient({
    apiKey: "SG.test",
    baseUrl: sendGrid.url,
    maxRetries: 0,
  });
  const integrationId = sendGrid.addIntegration().id;
  const stored = (): string => {
    // One at a time: what is listed need not grow with the number of calls.
    sendGrid.state.certificates.clear();
    const added = { integration_id: integrationId, public_certificate: pem };
    return String(sendGrid.addCertificate(added).id);
  };
  const creation = { public_certificate: pem, integration_id: integrationId, enabled: true };
  const integration = {
    name: "a",
    enabled: true,
    signin_url: "https://idp.example.com/sso",
    signout_url: "https://idp.example.com/slo",
    entity_id: "https://idp.example.com",
    completed_integration: false,
  };
  const rights = {
    first_name: "A",
    last_name: "B",
    has_restricted_subuser_access: true,
    subuser_access: [{ id: 1, permission_type: "restricted", scopes: ["mail.send"] }],
  };
  let teammate = 0;
  const email = () => `a${++teammate}@example.com`;
  const store = sendGridCertificateStore(
    createSendGridClient({ apiKey: "SG.test", baseUrl: sendGrid.url, maxRetries: 0 }),
    integrationId,
  );
  const writing = () => ({ signal: call().signal, enabled: true, known: [] });

  const { ssoConnection } = createKeycardClient({
    credentials: { token: "fake" },
    baseUrl: keycard.url,
    maxRetries: 0,
  });
  const connection = {
    identifier: "https://idp.example.com",
    client_id: "c",
    client_secret: "not-a-secret",
    protocols: { openid: { userinfo_endpoint: "https://idp.example.com/me" } },
  };

  await ssoConnection.enable("org", connection);

  const { sso } = createPandaStackClient({
    token: "psk_test",
    baseUrl: pandaStack.url,
    maxRetries: 0,
  });
  const pass = () => ({ ...call(), decode: (body: unknown) => body, query: { page: 1 } });
  const configuration = { slug: "a", length: 1 };

  const folder = mkdtempSync(join(tmpdir(), "samlcert-arguments-"));
  const file = join(folder, "metadata.xml");
  const entityId = "https://idp.example.com";
  const xml = buildIdentityProviderMetadata({
    entityId,
    singleSignOnServices: [`${entityId}/sso`],
    signingCertificates: [pem],
  });
  writeFileSync(file, xml);
  const source = createMetadataSource({ file });
  const record = { type: "completed", at: 1 };
  const inMemory = memoryJournal();
  const inFile = fileJournal(join(folder, "journal"));
  await inFile.open();

  return {
    methods: {
      "certificates.list": { call: certificates.list, right: () => [integrationId, call()] },
      "certificates.get": { call: certificates.get, right: () => [stored(), call()] },
      "certificates.create": { call: certificates.create, right: () => [creation, upload()] },
      "certificates.update": {
        call: certificates.update,
        right: () => [stored(), creation, upload()],
      },
      "certificates.delete": { call: certificates.delete, right: () => [stored(), call()] },
      "certificates.ensure": {
        call: certificates.ensure,
        right: () => [integrationId, certificate, { ...upload(), enabled: true, known: [] }],
      },
      "integrations.list": { call: integrations.list, right: () => [{ ...call(), si: true }] },
      "integrations.get": {
        call: integrations.get,
        right: () => [integrationId, { ...call(), si: true }],
      },
      "integrations.create": { call: integrations.create, right: () => [integration, call()] },
      "integrations.update": {
        call: integrations.update,
        right: () => [integrationId, integration, { ...call(), si: true }],
      },
      "integrations.delete": {
        call: integrations.delete,
        right: () => [sendGrid.addIntegration().id, call()],
      },
      "teammates.create": {
        call: teammates.create,
        right: () => [{ ...rights, email: email() }, call()],
      },
      "teammates.update": {
        call: teammates.update,
        right: () => {
          const name = email();
          sendGrid.state.teammates.set(name, { email: name });
          return [name, rights, call()];
        },
      },
      "store.list": { call: store.list, right: () => [{ signal: call().signal }] },
      "store.add": { call: store.add, right: () => [certificate, writing()] },
      "store.replace": { call: store.replace, right: () => [stored(), certificate, writing()] },
      "store.remove": { call: store.remove, right: () => [stored(), { signal: call().signal }] },
      "ssoConnection.retrieve": {
        call: ssoConnection.retrieve,
        right: () => ["org", { ...call(), expand: ["permissions"] }],
      },
      "ssoConnection.enable": {
        call: ssoConnection.enable,
        right: () => [email(), connection, call()],
      },
      "ssoConnection.update": {
        call: ssoConnection.update,
        right: () => ["org", connection, call()],
      },
      "ssoConnection.disable": { call: ssoConnection.disable, right: () => [email(), call()] },
      "ssoConnection.ensure": {
        call: ssoConnection.ensure,
        right: () => ["org", connection, call()],
      },
      "sso.list": { call: sso.list, right: () => ["1", pass()] },
      "sso.getSingle": { call: sso.getSingle, right: () => ["1", pass()] },
      "sso.create": { call: sso.create, right: () => ["1", configuration, pass()] },
      "sso.update": { call: sso.update, right: () => ["1", configuration, pass()] },
      "sso.delete": {
        call: sso.delete,
        right: () => ["1", { ...pass(), confirmOrganizationId: "1" }],
      },
      "source.check": { call: source.check, right: () => [new TextEncoder().encode(xml), file] },
      "source.read": { call: source.read, right: () => [{ signal: call().signal }] },
      "memoryJournal.append": { call: inMemory.append, right: () => [record] },
      "fileJournal.append": { call: inFile.append, right: () => [record] },
    },
    sent: () => fakes.reduce((sum, { requests }) => sum + requests.length, 0),
    async close() {
      await inFile.close();
      await Promise.all(fakes.map((fake) => fake.close()));
    },
  };
}
