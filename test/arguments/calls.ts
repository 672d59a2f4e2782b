import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announceKey, formatRollover, startRollover, useNextKey } from "../../src/keys/index.ts";
import {
  acceptUnverified,
  buildIdentityProviderMetadata,
  parseMetadata,
} from "../../src/metadata/index.ts";
import { createClerkClient } from "../../src/providers/clerk/index.ts";
import { createGoogleWorkspaceClient } from "../../src/providers/google-workspace/index.ts";
import { memoryRecords } from "../../src/providers/index.ts";
import { createSendGridClient } from "../../src/providers/sendgrid/index.ts";
import { type CertificateStore, memoryJournal, planRotation } from "../../src/rotation/index.ts";
import { signMetadata } from "../../src/signature/index.ts";
import { createTestCertificate, memoryStore } from "../../src/testing/index.ts";
import { watchStore } from "../../src/watch/index.ts";

const now = 1_780_000_000;
const entityId = "https://idp.example.com";

/** The arguments of a right call of each public function, which the wrong ones are made from. */
export type Calls = Readonly<Record<string, () => readonly unknown[]>>;

export async function rightCalls(): Promise<Calls> {
  const validity = { notBefore: now - 86_400, notAfter: now + 30 * 86_400 };
  const { pem, certificate, privateKeyPem } = await createTestCertificate(validity);
  const { pem: otherPem } = await createTestCertificate(validity);
  const idp = {
    entityId,
    singleSignOnServices: [`${entityId}/sso`],
    signingCertificates: [pem],
  };
  const sp = {
    entityId: "https://sp.example.com",
    assertionConsumerServices: ["https://sp.example.com/acs"],
  };
  const xml = buildIdentityProviderMetadata(idp);
  const signed = signMetadata(xml, { privateKey: privateKeyPem, certificate });
  const { root, entities } = parseMetadata(xml);
  const [entity = root] = entities.map(acceptUnverified);
  const stored = { id: "1", public_certificate: pem, certificate };
  const store: CertificateStore = {
    provider: "sendgrid",
    integrationId: "1",
    capabilities: {
      overlap: true,
      enabledObservable: false,
      replaceInPlace: false,
      honoursExpiry: "no",
    },
    list: async () => [stored],
    add: async () => stored,
    replace: async () => stored,
    remove: async () => undefined,
  };
  const desired = [certificate];
  const plan = planRotation({ desired, stored: [stored], now, target: store });
  const run = () => ({
    store,
    journal: memoryJournal(),
    clock: () => new Date(now * 1000),
    rereadAfterMs: [],
  });
  const status = {
    id: "sendgrid:1",
    name: "SendGrid",
    state: "active",
    actionNeeded: false,
    certificates: [],
    unstored: [],
    events: [],
    errors: [],
  };
  const source = watchStore(store);
  const finding = { code: "a", severity: "error", message: "b", hint: "c" };
  const integration = {
    entity_id: entityId,
    signin_url: `${entityId}/sso`,
    signout_url: `${entityId}/slo`,
    single_signon_url: "https://sp.example.com/acs",
    audience_url: "https://sp.example.com",
  };
  const client = createSendGridClient({ apiKey: "SG.test" });
  const verify = { trust: { certificates: [pem] }, now };
  const rollover = startRollover({ signing: pem, identityProviders: [], now });
  const digest = certificate.publicKey.spkiSha256;
  const handler = async () => new Response();
  const transport = {
    baseUrl: "https://api.example.com",
    fetch,
    timeoutMs: 1,
    totalTimeoutMs: 1,
    maxRetries: 0,
    maxBytes: 1,
    limiter: { take: async () => () => undefined },
    clock: () => new Date(),
    sleep: async () => undefined,
    random: () => 0,
    onRequest: () => undefined,
  };
  // A database that gives one answer to everything.
  const query = async () => ({ rows: [{ exists: true, version: 1000, needs: 1 }] });
  const connection = { query, on: () => undefined, off: () => undefined, release: () => undefined };
  const postgres = {
    pool: { query, connect: async () => connection, on: () => undefined, listenerCount: () => 0 },
    schema: "samlcert",
  };
  const kit = {
    ...{ provider: "example", title: "Example", integrationId: "1", looksMs: [0] },
    ...{ origin: "https://example.com", sleep: async () => undefined },
    capabilities: store.capabilities,
  };
  const kitList = { ...kit, read: async () => ({}), write: async () => undefined };
  const journalOfPlan = () => memoryJournal([{ type: "plan", at: now, plan }]);
  return {
    announceKey: () => [rollover, { use: "signing", certificate: otherPem, now }],
    createFleet: () => [postgres],
    createRotationWorker: () => [
      {
        ...{ ...postgres, tenants: ["a"], storeOf: () => store, sourceOf: () => ({ file: "f" }) },
        ...{ policy: {}, onPlan: () => "hold", onEvent: () => undefined, name: "w" },
        ...{ accountOf: () => "", concurrency: 1, lookSeconds: 1, evidenceSeconds: 1 },
        ...{ retrySeconds: 1, maxAttempts: 1, stallTimeoutMs: 1, leaseSeconds: 1, listSeconds: 1 },
        ...{ pollSeconds: 1, keepSeconds: 1, rereadAfterMs: [], clock: () => new Date() },
        signal: AbortSignal.abort(),
      },
    ],
    fleetPrometheus: () => [{ states: {}, workers: [] }],
    migratePostgres: () => [postgres],
    postgresBudget: () => [
      { ...postgres, apiKey: "k", requests: 1, perSeconds: 1, holdSeconds: 1 },
    ],
    postgresCache: () => [{ ...postgres, key: "tenant" }],
    postgresJournal: () => [{ ...postgres, rotation: "one", leaseSeconds: 1, holder: "me" }],
    postgresJournals: () => [{ ...postgres, leaseSeconds: 1, holder: "me" }],
    fastifyHandler: () => [handler],
    formatRollover: () => [rollover],
    keysFor: () => [rollover, now],
    metadataHandler: () => [
      {
        ...{ metadata: sp, keys: rollover, sign: (xml: string) => xml, validitySeconds: 1 },
        ...{ readerOf: () => "a", onRead: () => undefined, onError: () => undefined },
        clock: () => new Date(now * 1000),
      },
    ],
    nodeHandler: () => [handler],
    parseRollover: () => [formatRollover(rollover)],
    planKeyRollover: () => [rollover, now],
    recordRead: () => [
      startRollover({
        ...{ signing: pem, now },
        identityProviders: [{ entityId, metadata: "polls" }],
      }),
      { entityId, signing: [digest], encryption: [], by: "person", now },
    ],
    retireKey: () => [
      useNextKey(announceKey(rollover, { use: "signing", certificate: otherPem, now }), {
        ...{ use: "signing", confirmed: true, now },
      }),
      { use: "signing", spkiSha256: digest, confirmed: true, compromised: false, now },
    ],
    rolloverFile: () => ["rollover.json", { onEvent: () => undefined }],
    startRollover: () => [
      { signing: pem, identityProviders: [], policy: { encryption: "both" }, now },
    ],
    useNextKey: () => [
      announceKey(rollover, { use: "signing", certificate: otherPem, now }),
      { use: "signing", confirmed: true, now },
    ],
    acceptUnverified: () => [entity],
    buildIdentityProviderMetadata: () => [idp],
    buildMetadata: () => [root, {}],
    buildServiceProviderMetadata: () => [sp],
    certificateUpload: () => [{ now, warnings: true }],
    certificateState: () => [certificate, now, {}],
    checkQueryAnswer: () => [[entity], { entityId, now, requireValidUntil: false }],
    checkSelfSignature: () => [{ ok: true, certificate, findings: [finding], checks: [] }],
    createCertificate: () => [
      {
        privateKey: privateKeyPem,
        passphrase: "unused",
        renews: pem,
        days: 1,
        use: "signing",
        now,
      },
    ],
    createCertificateRequest: () => [
      { privateKey: privateKeyPem, passphrase: "unused", subject: "CN=sp" },
    ],
    createKeycardClient: () => [
      { ...transport, credentials: { token: "t" }, requestId: () => "1" },
    ],
    createMetadataSource: () => [
      {
        url: `${entityId}/metadata`,
        clock: () => new Date(now * 1000),
        maxBytes: 1,
        timeoutMs: 1,
        maxRedirects: 0,
        fetch,
        lookup: async () => [],
      },
    ],
    createPandaStackClient: () => [{ ...transport, token: "psk_test" }],
    createSendGridClient: () => [
      { ...transport, apiKey: "SG.test", region: "eu", onBehalfOf: "subuser", strict: true },
    ],
    createSigningKey: () => [
      { subject: { CN: "sp" }, algorithm: "p256", days: 1, use: "signing", now },
    ],
    createTestCertificate: () => [{}],
    createTenantKeys: () => [
      {
        sourceOf: () => undefined,
        concurrency: 2,
        maxTenants: 2,
        refresh: { minSeconds: 1, maxSeconds: 2 },
        maxStaleSeconds: 1,
        drift: { replaced: "stage" },
        confirmAfterSignIns: 3,
        onEvent: () => undefined,
        signal: AbortSignal.abort(),
        clock: () => new Date(now * 1000),
      },
    ],
    createTrustedKeys: () => [
      {
        source: { file: "idp.xml", maxBytes: 1 },
        entityId,
        role: "IDPSSODescriptor",
        cache: { get: async () => undefined, set: async () => undefined },
        refresh: { minSeconds: 1, maxSeconds: 2 },
        maxStaleSeconds: 1,
        drift: { replaced: "stage" },
        confirmAfterSignIns: 3,
        onEvent: () => undefined,
        signal: AbortSignal.abort(),
        clock: () => new Date(now * 1000),
      },
    ],
    describePlan: () => [plan, { explain: true }],
    desiredFromMetadata: () => [xml, { now }],
    diffMetadata: () => [xml, xml],
    encryptionCertificates: () => [entity, "IDPSSODescriptor"],
    executeRotation: () => [plan, run()],
    expiryThreshold: () => [certificate, now, [1]],
    expiryWarnings: () => [certificate, [1]],
    fieldMessages: () => [{ findings: [finding] }],
    fileCache: () => ["cache.json"],
    fileJournal: () => ["journal", {}],
    identityProviderFromIntegration: () => [integration, [pem], {}],
    identityProviderOf: () => [entityId],
    keyMatches: () => [pem, privateKeyPem, { passphrase: "unused" }],
    keyText: () => [certificate.publicKey],
    isSamlCertError: () => [new Error("a"), "b"],
    memoryJournal: () => [[]],
    metadataQueryUrl: () => ["https://mdq.example.org", entityId, {}],
    orderBundle: () => [[certificate]],
    parseCertificate: () => [pem],
    parseCertificates: () => [pem],
    parseMetadata: () => [xml, {}],
    planRotation: () => [{ desired, stored: [stored], now, target: store, policy: {} }],
    readCertificateRequest: () => [pem],
    readEntities: () => [xml, {}],
    readKeyPair: () => [privateKeyPem + pem, { passphrase: "unused" }],
    readPrivateKey: () => [privateKeyPem, { passphrase: "unused" }],
    repairCertificate: () => [pem],
    observeSignIn: () => [journalOfPlan(), { certificate, at: now, count: 1 }],
    retireSuperseded: () => [{ ...run(), journal: journalOfPlan() }],
    rotationJournals: () => ["journals", {}],
    rotationsDue: () => [[], now],
    resumeRotation: () => [{ ...run(), journal: journalOfPlan() }],
    rollbackRotation: () => [{ ...run(), journal: journalOfPlan() }],
    base64Of: () => [stored],
    pemOf: () => [stored],
    memoryRecords: () => [[]],
    identifyCertificate: () => [memoryRecords(), "1", certificate],
    itemStore: () => [
      {
        ...kit,
        read: async () => [],
        add: async () => undefined,
        remove: async () => undefined,
        update: async () => undefined,
        records: memoryRecords(),
      },
    ],
    listStore: () => [kitList],
    slotStore: () => [{ ...kit, read: async () => ({}), write: async () => undefined }],
    documentStore: () => [{ ...kitList, metadata: async () => xml }],
    createClerkClient: () => [{ secretKey: "sk_test_1", ...transport }],
    clerkCertificateStore: () => [createClerkClient({ secretKey: "sk_test_1" }), "ent_1"],
    startFakeClerk: () => [{}],
    createGoogleWorkspaceClient: () => [{ accessToken: "ya29.1", quotaProject: "p", ...transport }],
    googleWorkspaceCertificateStore: () => [
      createGoogleWorkspaceClient({ accessToken: "ya29.1" }),
      "profile",
      { records: memoryRecords() },
    ],
    startFakeGoogleWorkspace: () => [{ needsApproval: true }],
    memoryStore: () => ["list", [certificate], { capabilities: {} }],
    testCertificateStore: () => [
      () => memoryStore("list"),
      { test: () => undefined, faults: [], every: 1 },
    ],
    sameCertificate: () => [certificate, certificate],
    sameKey: () => [certificate, certificate],
    signingCertificate: () => [[certificate]],
    signingChains: () => [[certificate]],
    sendGridCertificateStore: () => [client, "1"],
    serviceProviderFromIntegration: () => [integration, {}],
    signMetadata: () => [xml, { privateKey: privateKeyPem, certificate }],
    signingCertificates: () => [entity, "IDPSSODescriptor"],
    signingKeyFindings: () => [entity, "IDPSSODescriptor"],
    startFakeIdentityProvider: () => [{ keyAlgorithm: "P-256" }],
    startFakeKeycard: () => [{}],
    startFakePandaStack: () => [{}],
    startFakeSendGrid: () => [{}],
    calendar: () => [[status], { now, thresholdDays: [30], title: "a" }],
    github: () => [[status]],
    junit: () => [[status], { now, title: "a" }],
    page: () => [[status], { now }],
    prometheus: () => [[status], { now }],
    sarif: () => [[status], { version: "1" }],
    sendWebhook: () => [[status], { now, url: "http://127.0.0.1:9/" }],
    webhook: () => [[status], { now, card: true }],
    table: () => [[status], { now, width: 80, all: true }],
    watch: () => [[source], { now }],
    openWatchState: () => [join(mkdtempSync(join(tmpdir(), "samlcert-")), "watch.json")],
    watchEnvironment: () => ["CERT", {}, { name: "a", owner: "b" }],
    watchFiles: () => ["idp.pem", { name: "a", folder: "." }],
    watchMetadata: () => ["https://idp.example.com/md", { owner: "b", timeoutMs: 1000 }],
    watchOwnKeys: () => [{ read: async () => rollover }, { name: "a", owner: "b" }],
    watchTrustedKeys: () => ["https://sp.example.com/keys", { name: "a", maxBytes: 1000 }],
    watchStore: () => [store, { name: "a", owner: "b", expiringDays: 1 }],
    summarizeEntities: () => [xml, {}],
    toPeculiar: () => [certificate],
    toSsoCertificate: () => [certificate],
    trustOf: () => [entity],
    validateCertificate: () => [pem, { now }],
    validateMetadata: () => [xml, { now }],
    explainResponse: () => [signed, { certificates: [pem], now, clockSkewSeconds: 60 }],
    verifyEntities: () => [signed, verify],
    verifyMetadata: () => [signed, verify],
    verifySelfSignature: () => [certificate],
  };
}
