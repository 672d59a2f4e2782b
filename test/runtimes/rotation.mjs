/**
 * The main job in any runtime that has Node's modules: Node, Bun, Deno. Takes the folder of the
 * build, and ends with 1 if anything differs.
 */
const [folder] = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
const load = (entry) => import(new URL(`${folder}/${entry}/index.js`, "file:///").href);

const { parseCertificate } = await load("certificates");
const { buildServiceProviderMetadata, parseMetadata, serviceProviderFromIntegration } =
  await load("metadata");
const { signMetadata, verifyMetadata } = await load("signature");
const { createSendGridClient, sendGridCertificateStore } = await load("sendgrid");
const { executeRotation, memoryJournal, planRotation } = await load("rotation");
const { createTestCertificate, startFakeSendGrid } = await load("testing");

function must(what, holds) {
  if (!holds) throw new Error(what);
}

const now = new Date();
const days = (count) => new Date(now.getTime() + count * 86_400_000);
const [current, next, signer] = await Promise.all([
  createTestCertificate({ subject: { CN: "current" }, notBefore: days(-300) }),
  createTestCertificate({ subject: { CN: "next" }, notBefore: days(-1) }),
  createTestCertificate({ subject: { CN: "signer" }, keyAlgorithm: "RSA-2048" }),
]);
const fake = await startFakeSendGrid({ apiKey: "SG.test" });
try {
  const client = createSendGridClient({ apiKey: "SG.test", baseUrl: fake.url });
  const integration = await client.integrations.create({
    name: "Example",
    enabled: true,
    entity_id: "https://idp.example.com/saml",
    signin_url: "https://idp.example.com/sso",
    signout_url: "https://idp.example.com/slo",
  });
  await client.certificates.ensure(integration.id, parseCertificate(current.pem));

  const xml = buildServiceProviderMetadata(serviceProviderFromIntegration(integration));
  parseMetadata(xml);
  const signed = signMetadata(xml, {
    privateKey: signer.privateKeyPem,
    certificate: signer.pem,
  });
  verifyMetadata(signed, { trust: { certificates: [signer.pem] }, now });
  let refused = false;
  try {
    verifyMetadata(signed.replace("HTTP-POST", "HTTP-GET0"), {
      trust: { certificates: [signer.pem] },
      now,
    });
  } catch {
    refused = true;
  }
  must("a changed document was verified", refused);

  const store = sendGridCertificateStore(client, integration.id);
  const plan = planRotation({
    desired: [parseCertificate(next.pem)],
    stored: await store.list(),
    policy: { retire: { afterSeconds: 0 } },
    target: store,
    now,
  });
  const result = await executeRotation(plan, { store, journal: memoryJournal() });
  must(`the rotation ended as ${result.status}`, result.status === "completed");
  const stored = await store.list();
  must("the next certificate is not the only one", stored.length === 1);
  must(
    "the wrong certificate stands",
    stored[0].certificate.fingerprint.sha256 === next.certificate.fingerprint.sha256,
  );
} finally {
  await fake.close();
}
