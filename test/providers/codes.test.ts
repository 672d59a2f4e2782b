import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { providerCodes } from "../../src/core/codes/providers.ts";
import { buildIdentityProviderMetadata } from "../../src/metadata/index.ts";
import { clerkCertificateStore, createClerkClient } from "../../src/providers/clerk/index.ts";
import type { ProviderCode, ProviderError } from "../../src/providers/error.ts";
import {
  type CertificateStore,
  documentStore,
  type ListStoreOptions,
  listStore,
  pemOf,
} from "../../src/providers/index.ts";
import { createKeycardClient } from "../../src/providers/keycard/index.ts";
import { createPandaStackClient } from "../../src/providers/pandastack/index.ts";
import { createSendGridClient, type SendGridOptions } from "../../src/providers/sendgrid/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { createMetadataSource } from "../../src/trusted-keys/index.ts";
import { answer, NOT_FOUND, networkError, rejection, scripted } from "./support.ts";

type Step = Parameters<typeof scripted>[number];

function sendGrid(step: Step, options: Partial<SendGridOptions> = {}) {
  const { fetch } = scripted(step);
  return createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0, ...options });
}

const list = (step: Step, options?: Partial<SendGridOptions>) =>
  sendGrid(step, options).integrations.list();
const get = (step: Step) => sendGrid(step).certificates.get("7");
const read = (step: Step, url = "https://idp.example.com/m") =>
  createMetadataSource({
    url,
    fetch: scripted(step).fetch,
    lookup: async () => [{ address: "93.184.216.34", family: 4 }],
  }).read();

const { certificate } = await createTestCertificate();
const other = await createTestCertificate();
const upload = { public_certificate: certificate.pem, integration_id: "i" };
const never = () => new Promise<Response>(() => undefined);

const EXAMPLE = {
  provider: "example",
  title: "Example",
  integrationId: "1",
  sleep: async () => undefined,
  capabilities: {
    overlap: true,
    enabledObservable: false,
    replaceInPlace: true,
    honoursExpiry: "unknown",
    minCertificates: 1,
  },
} as const;

const PUBLISHED = buildIdentityProviderMetadata({
  entityId: "https://idp.example.com/saml",
  singleSignOnServices: ["https://idp.example.com/sso"],
  signingCertificates: [other.certificate],
});

/** A store that keeps its list in memory. */
function kept(
  texts: readonly string[],
  { limit, ...own }: Partial<ListStoreOptions<undefined>> & { readonly limit?: number } = {},
): CertificateStore {
  let list = texts;
  return listStore<undefined>({
    ...EXAMPLE,
    capabilities: { ...EXAMPLE.capabilities, maxCertificates: limit },
    read: async () => ({ entries: list.map((text) => ({ text })), context: undefined }),
    write: async (certificates) => {
      list = certificates.map(pemOf);
    },
    ...own,
  });
}

/** One way into each code, and the message that its reader gets. */
const CASES: Readonly<Record<ProviderCode, readonly [() => unknown, string | RegExp]>> = {
  "provider.base_url": [
    () => createSendGridClient({ apiKey: "SG.key", baseUrl: "http://example.com" }),
    "The base URL uses http for example.com, and credentials are only sent encrypted.",
  ],
  "provider.credential": [
    () => createSendGridClient({ apiKey: "SG.a b" }),
    "The API key contains a character that is not allowed in a credential.",
  ],
  "provider.argument": [
    () => sendGrid(answer(200)).certificates.get(""),
    "cert_id is not an identifier of the provider.",
  ],
  "provider.upload_refused": [
    () => sendGrid(answer(200)).certificates.create({ ...upload, public_certificate: "x" }),
    /^The certificate was not sent \([a-z_.0-9]+\): .+\.$/,
  ],
  "provider.echo_mismatch": [
    () =>
      sendGrid(answer(200, { id: 1, public_certificate: other.pem })).certificates.create(upload),
    "SendGrid stored the certificate 1 differently from what was sent: public_certificate is another certificate.",
  ],
  "provider.aborted": [
    () => sendGrid(answer(200)).integrations.list({ signal: AbortSignal.abort() }),
    "The caller ended the call while asking SendGrid to list the integrations.",
  ],
  "provider.timeout": [
    () => list(never, { timeoutMs: 10 }),
    "api.sendgrid.com did not answer in time while asking SendGrid to list the integrations.",
  ],
  "provider.unreachable": [
    () => list(networkError("ENOTFOUND", "getaddrinfo")),
    "api.sendgrid.com cannot be reached while asking SendGrid to list the integrations: the host name is unknown (ENOTFOUND).",
  ],
  "provider.tls": [
    () => list(networkError("CERT_HAS_EXPIRED")),
    "The TLS certificate of api.sendgrid.com is not trusted by this machine (CERT_HAS_EXPIRED).",
  ],
  "provider.network": [
    () => list(networkError("ECONNRESET", "read")),
    "The connection to api.sendgrid.com broke while asking SendGrid to list the integrations (ECONNRESET).",
  ],
  "provider.redirected": [
    () => list(answer(307)),
    "api.sendgrid.com answered with a redirect (307), which is not followed with credentials.",
  ],
  "provider.too_large": [
    () => list(answer(200, "[1,2,3,4,5]"), { maxBytes: 5 }),
    "The answer of api.sendgrid.com is larger than 5 bytes.",
  ],
  "provider.unreadable": [
    () => list(answer(200, "<html>")),
    "SendGrid was asked to list the integrations and answered without JSON (200).",
  ],
  "provider.decoder": [
    () =>
      createPandaStackClient({ token: "psk_1", fetch: scripted(answer(200, {})).fetch }).sso.list(
        "1",
        {
          decode: () => {
            throw new Error("no list.");
          },
        },
      ),
    "The caller's decoder refused the answer to sso.list: no list.",
  ],
  "provider.incomplete": [
    () => sendGrid(answer(200, { id: "i", name: "n" })).integrations.update("i", { name: "m" }),
    "SendGrid does not return enabled, which an update must send.",
  ],
  "provider.call_failed": [
    () =>
      kept([], {
        read: async () => {
          throw new TypeError("secret");
        },
      }).list(),
    "Example failed to list the certificates: its function threw TypeError.",
  ],
  "provider.store_full": [
    () => kept([other.pem], { limit: 1 }).add(certificate),
    "Example stores 1 of at most 1 certificates, so no other was added.",
  ],
  "provider.store_minimum": [
    () => kept([other.pem]).remove(other.certificate.fingerprint.sha256),
    /^Example must store at least 1 certificate, so [0-9a-f]{16} was not removed\.$/,
  ],
  "provider.list_changed": [
    async () => {
      const known = await kept([other.pem]).list();
      return await kept([]).add(certificate, { known });
    },
    /^Somebody else changed the stored certificates: [0-9a-f]{16} is gone\.$/,
  ],
  "provider.not_shown": [
    () => kept([], { write: async () => undefined }).add(certificate),
    "Example was asked to add the certificate, and what it stores does not show the change.",
  ],
  "provider.managed_by_url": [
    () => {
      const saml_connection = { idp_metadata_url: "https://idp.example.com/m" };
      const { fetch } = scripted(answer(200, { id: "ent_1", saml_connection }));
      const client = createClerkClient({ secretKey: "sk_1", fetch });
      return clerkCertificateStore(client, "ent_1").add(certificate);
    },
    "Clerk reads the certificates of this connection from idp.example.com, so a list would not last.",
  ],
  "provider.document_lacks": [
    () =>
      documentStore({
        ...EXAMPLE,
        read: async () => ({ document: PUBLISHED, context: undefined }),
        write: async () => undefined,
        metadata: async () => PUBLISHED,
      }).add(certificate),
    /^The metadata to write does not contain [0-9a-f]{16}, so it was not written\.$/,
  ],
  "provider.not_deleted": [
    () =>
      sendGrid(({ method }) =>
        method === "DELETE" ? answer(202) : answer(200, { id: "i", name: "n" }),
      ).integrations.delete("i"),
    "SendGrid reported success but did not delete the integration i.",
  ],
  "provider.nonconforming": [
    () => list(answer(200, [{ id: 7 }]), { strict: true }),
    "In strict mode: [0].id has another type than documented (integrations.list).",
  ],
  "provider.wrong_endpoint": [
    () => get(answer(404, "<html><title>404 Not Found</title></html>")),
    "api.sendgrid.com answered 404 in another form than SendGrid's API (an HTML page: 404 Not Found), when asked to show the certificate.",
  ],
  "provider.bad_request": [
    () => get(answer(400, [{ message: "no", field: "x" }])),
    "SendGrid refused to show the certificate (400): no.",
  ],
  "provider.unauthorized": [
    () => get(answer(401)),
    "SendGrid refused to show the certificate (401): no reason given.",
  ],
  "provider.forbidden": [
    () => get(answer(403, { errors: [{ message: "access forbidden" }] })),
    "SendGrid refused to show the certificate (403): access forbidden.",
  ],
  "provider.not_found": [
    () => get(answer(404, NOT_FOUND)),
    "SendGrid refused to show the certificate (404): not found.",
  ],
  "provider.conflict": [
    () => get(answer(409)),
    "SendGrid refused to show the certificate (409): no reason given.",
  ],
  "provider.rate_limited": [
    () => get(answer(429, { errors: [{ message: "too many requests" }] })),
    "SendGrid limits the request rate and did not show the certificate (too many requests).",
  ],
  "provider.rejected": [
    () => get(answer(418, "I am a teapot")),
    "SendGrid refused to show the certificate (418): I am a teapot.",
  ],
  "provider.server_error": [
    () => get(answer(503)),
    "SendGrid failed to show the certificate (503): no reason given.",
  ],
  "provider.metadata_url": [
    () => read(answer(200), "http://idp.example.com/"),
    "The metadata URL uses http for idp.example.com, where an attacker in between can insert a key.",
  ],
  "provider.address_refused": [
    () => createMetadataSource({ url: "https://127.0.0.1/" }).read(),
    "The metadata URL leads to 127.0.0.1, which has an address of this machine or of a private network.",
  ],
  "provider.metadata_redirect": [
    () => read(() => new Response(null, { status: 302, headers: { location: "/again" } })),
    "idp.example.com redirects more than 3 times.",
  ],
  "provider.metadata_status": [
    () => read(answer(503)),
    "idp.example.com answered 503 instead of metadata.",
  ],
  "provider.metadata_file": [
    () => createMetadataSource({ file: "/no/such/file" }).read(),
    "The metadata file cannot be read (ENOENT).",
  ],
  "provider.metadata_folder": [
    () => createMetadataSource({ folder: "/no/such/folder" }).read(),
    "The metadata folder cannot be read (ENOENT).",
  ],
};

describe("every code of a provider", () => {
  it.each(Object.entries(CASES))("%s", async (code, [provoke, message]) => {
    const error = await rejection((async () => await provoke())());
    expect(error).toMatchObject({ name: "ProviderError", code });
    if (typeof message === "string") expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
    expect(`${error.message} ${error.hint}`).not.toMatch(/[{}]|undefined/);
  });

  it("has a case here", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(providerCodes).sort());
  });
});

describe("what cannot be reached", () => {
  async function attemptAt(baseUrl: string): Promise<ProviderError> {
    const client = createSendGridClient({ apiKey: "SG.key", baseUrl, maxRetries: 0 });
    return await rejection(client.certificates.delete("1"));
  }

  it("is named with its host, and was not changed: a closed port", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const error = await attemptAt(`http://127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: "provider.unreachable", outcome: "not_applied" });
    expect(error.message).toContain(`127.0.0.1:${port} cannot be reached`);
    expect(error.message).toContain("the connection was refused");
  });

  it("is named with its host, and was not changed: a port that fetch blocks", async () => {
    const error = await attemptAt("http://127.0.0.1:6000");
    expect(error).toMatchObject({ code: "provider.unreachable", outcome: "not_applied" });
    expect(error.message).toContain("127.0.0.1:6000 cannot be reached");
    expect(error.message).toContain("does not connect to this port");
  });

  it.each([
    [Object.assign(new Error(), { code: "ConnectionRefused" }), "the connection was refused"],
    [
      new TypeError(
        "error sending request for url (https://secret): client error (Connect): tcp connect error: Connection refused (os error 111)",
      ),
      "the connection was refused",
    ],
    [new TypeError("client error (Connect): dns error: no record"), "the host name is unknown"],
  ])("is recognised in the words of Bun and Deno: %s", async (thrown, reason) => {
    const error = await rejection(list(thrown));
    expect(error.code).toBe("provider.unreachable");
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain("secret");
  });
});

describe("a provider's answer is believed in the provider's form only", () => {
  const html = "<html><title>404 Not Found</title></html>";
  const foreign = [html, "", "gone", { message: "no Route matched" }, { error: "x", path: "/" }];

  it.each(foreign)("a 404 with %j proves no deletion at SendGrid", async (body) => {
    const step = (status: number) => answer(status, body === "" ? undefined : body);
    const { fetch } = scripted(networkError("ECONNRESET", "read"), step(404));
    const sleep = async () => undefined;
    const client = createSendGridClient({ apiKey: "SG.key", fetch, sleep });
    for (const group of [client.certificates, client.integrations]) {
      const error = await rejection(group.delete("1"));
      expect(error.code).toBe("provider.wrong_endpoint");
      expect(error.hint).toContain("base URL");
      expect(error.hint).not.toContain("deleted already");
    }
  });

  it.each(foreign)("a 404 with %j does not mean that Keycard has no connection", async (body) => {
    const { fetch } = scripted(answer(404, body === "" ? undefined : body));
    const client = createKeycardClient({ credentials: { token: "t" }, fetch });
    const calls = [client.ssoConnection.retrieve("o"), client.ssoConnection.disable("o")];
    for (const call of calls) {
      expect((await rejection(call)).code).toBe("provider.wrong_endpoint");
    }
  });

  it("a 404 of Keycard's token endpoint says nothing about a connection", async () => {
    const { fetch } = scripted(answer(404, { message: "x", code: "not_found", status: 404 }));
    const credentials = { clientId: "service", clientSecret: "not-a-secret" };
    const { ssoConnection } = createKeycardClient({ credentials, fetch });
    for (const call of [ssoConnection.retrieve("o"), ssoConnection.disable("o")]) {
      const error = await rejection(call);
      expect(error).toMatchObject({ code: "provider.not_found", operation: "token" });
      expect(error.hint).toContain("token endpoint");
    }
  });

  it("an answer with another certificate does not prove that one was deleted", async () => {
    const stored = { id: 7, public_certificate: certificate.pem };
    const { fetch } = scripted(answer(200, { ...stored, id: 8 }), answer(200, stored));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    expect(await rejection(client.certificates.delete("7"))).toMatchObject({
      code: "provider.not_deleted",
      outcome: "unknown",
    });
  });

  it.each([202, 204])("a deletion that is answered with %i is looked up", async (status) => {
    const { fetch, sent } = scripted(answer(status), answer(404, NOT_FOUND));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    await expect(client.certificates.delete("7")).resolves.toBeUndefined();
    expect(sent.map(({ method }) => method)).toEqual(["DELETE", "GET"]);
  });

  it("a deletion of an integration needs the documented status, and no look-up then", async () => {
    const { fetch, sent } = scripted(answer(204));
    await createSendGridClient({ apiKey: "SG.key", fetch }).integrations.delete("i");
    expect(sent).toHaveLength(1);
    const strict = createSendGridClient({
      apiKey: "SG.key",
      fetch: scripted(answer(200, {})).fetch,
      strict: true,
    });
    expect(await rejection(strict.integrations.delete("i"))).toMatchObject({
      code: "provider.nonconforming",
      message:
        "In strict mode: the answer has the status 200 instead of 204 (integrations.delete).",
    });
  });
});

describe("SendGrid's 500 about scopes", () => {
  it("is not retried, and its hint names the scope", async () => {
    const { fetch, sent } = scripted(answer(500, [{ message: "invalid scopes", field: null }]));
    const client = createSendGridClient({ apiKey: "SG.key", fetch });
    const error = await rejection(client.integrations.list());
    expect(error).toMatchObject({ code: "provider.server_error", retryable: false });
    expect(error.hint).toContain("sso.settings.read");
    expect(error.hint).not.toContain("Try again later");
    expect(sent).toHaveLength(1);
  });
});
