// The world of fleet.bench.mjs: two provider accounts with faults and a limit, and metadata.
import { createServer } from "node:http";
import { createTestCertificate, startFakeSendGrid } from "samlcert/testing";

const [, , orders] = process.argv;
const { tenants, outdatedEvery, faultShare, limit } = JSON.parse(orders);
const [old, next] = [await createTestCertificate(), await createTestCertificate()];
const body = next.pem.replaceAll(/-----[^-]+-----|\s/g, "");
const xml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
      <X509Certificate>${body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
      Location="https://idp.example.com/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>`;
const metadata = createServer(({ url }, response) => {
  if (url.startsWith("/dead")) response.writeHead(503).end();
  else response.end(xml);
}).listen(0, "127.0.0.1");

/** Faults before and after the effect, and answers that are no JSON. */
const FAULTS = [{ cut: "before" }, { cut: "after" }, { status: 503 }, { malformed: true }];
const counts = { requests: 0, faults: 0, uploads: 0, mostInWindow: 0, twice: 0 };

async function account() {
  const times = [];
  const fake = await startFakeSendGrid({
    keepRequests: 1,
    faults() {
      const now = performance.now();
      times.push(now);
      while (times[0] <= now - 1000) times.shift();
      counts.mostInWindow = Math.max(counts.mostInWindow, times.length);
      counts.requests += 1;
      if (Math.random() >= faultShare) return undefined;
      counts.faults += 1;
      return FAULTS[Math.floor(Math.random() * FAULTS.length)];
    },
    invariant(_state, { operation }) {
      if (operation === "certificates.create") counts.uploads += 1;
    },
  });
  return fake;
}

const accounts = [await account(), await account()];
const list = [];
for (let index = 0; index < tenants; index += 1) {
  const name = index % 2;
  const { id } = accounts[name].addIntegration();
  const isOutdated = index % outdatedEvery === 0;
  const { pem } = isOutdated ? old : next;
  accounts[name].addCertificate({ integration_id: id, public_certificate: pem });
  list.push(`${name}/${index % 100 === 7 || index % 200 === 0 ? "dead" : "live"}/${id}`);
}

/** The integrations that are not as they should be at rest, and what was seen. */
function report() {
  let undone = 0;
  let twice = 0;
  let without = 0;
  for (const [name, fake] of accounts.entries()) {
    const held = new Map();
    for (const { integration_id, public_certificate } of fake.state.certificates.values()) {
      held.set(integration_id, [...(held.get(integration_id) ?? []), public_certificate]);
    }
    for (const tenant of list) {
      const [own, kind, id] = tenant.split("/");
      if (Number(own) !== name) continue;
      const texts = held.get(id) ?? [];
      if (texts.length === 0) without += 1;
      if (new Set(texts).size !== texts.length) twice += 1;
      if (kind === "live" && (texts.length !== 1 || texts[0] !== next.pem)) undone += 1;
    }
  }
  return { ...counts, undone, twice, without, limit };
}

process.on("message", () => process.send(report()));
process.send({
  tenants: list,
  accounts: accounts.map(({ url }) => url),
  metadata: `http://127.0.0.1:${metadata.address().port}`,
});
