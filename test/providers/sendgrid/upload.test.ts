import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  type SendGridClient,
} from "../../../src/providers/sendgrid/index.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../../src/testing/index.ts";
import { answer, fakeClock, rejection, scripted } from "../support.ts";

let fake: FakeSendGrid;
let client: SendGridClient;
let integration_id: string;
beforeEach(async () => {
  fake = await startFakeSendGrid();
  client = createSendGridClient({
    apiKey: "SG.key",
    baseUrl: fake.url,
    ...fakeClock(Date.now()).options,
  });
  integration_id = fake.addIntegration().id;
});
afterEach(() => fake.close());

describe("before an upload", () => {
  it("an expired certificate is refused, unless the caller accepts the finding", async () => {
    const { certificate } = await createTestCertificate({
      notBefore: new Date("2001-01-01"),
      notAfter: new Date("2002-01-01"),
    });
    const body = { public_certificate: certificate.pem, integration_id };
    const error = await rejection(client.certificates.create(body));
    expect(error).toMatchObject({ code: "provider.upload_refused", field: "public_certificate" });
    expect(error.message).toContain("validity.expired");
    expect(fake.requests).toEqual([]);
    await expect(client.certificates.ensure(integration_id, certificate)).rejects.toThrow(
      /expired/,
    );
    const accepted = await client.certificates.create(body, {
      acceptFindings: ["validity.expired"],
    });
    expect(accepted.not_after).toBe(Date.UTC(2002, 0, 1) / 1000);
    const then = await client.certificates.create(body, { now: new Date("2001-06-01") });
    expect(then.not_after).toBe(accepted.not_after);
  });

  it("a private key is refused whatever is accepted, and not repeated", async () => {
    const { certificate, privateKeyPem } = await createTestCertificate();
    const paste = `${certificate.pem}\n${privateKeyPem}`;
    for (const call of [
      () =>
        client.certificates.create(
          { public_certificate: paste, integration_id },
          { acceptFindings: "all" },
        ),
      () =>
        client.certificates.update(
          "1",
          { public_certificate: paste },
          { acceptFindings: ["secret.private_key"] },
        ),
      () => client.certificates.ensure(integration_id, paste, { acceptFindings: "all" }),
    ]) {
      const error = await rejection(call());
      expect(error.code).toBe("provider.upload_refused");
      expect(JSON.stringify(error)).not.toContain(privateKeyPem.split("\n")[1]);
    }
    expect(fake.requests).toEqual([]);
  });

  it.each(["", "not a certificate", "<your x509 certificate>"])("%j is refused", async (text) => {
    const error = await rejection(
      client.certificates.ensure(integration_id, text, { acceptFindings: "all" }),
    );
    expect(error).toMatchObject({ code: "provider.upload_refused", outcome: "not_applied" });
  });

  it("what is sent is PEM with 64 columns, whatever was pasted", async () => {
    const { certificate } = await createTestCertificate();
    const paste = certificate.pem.replaceAll("\n", "\r\n");
    await client.certificates.create({ public_certificate: paste, integration_id });
    expect(fake.requests.at(-1)?.body).toMatchObject({ public_certificate: certificate.pem });
  });

  it("an expired certificate that is stored already is found, not refused", async () => {
    const { certificate } = await createTestCertificate({ notBefore: 1, notAfter: 2 });
    fake.addCertificate({ integration_id, public_certificate: certificate.pem });
    const ensured = await client.certificates.ensure(integration_id, certificate);
    expect(ensured.created).toBe(false);
  });
});

describe("after an upload, the echo", () => {
  async function echoed(change: (echo: Record<string, unknown>) => object) {
    const { certificate } = await createTestCertificate();
    const echo = {
      id: 7,
      public_certificate: certificate.pem,
      not_before: certificate.notBefore.unixSeconds,
      not_after: certificate.notAfter.unixSeconds,
      intergration_id: "x",
    };
    const { fetch } = scripted(answer(200, change(echo)));
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    return scriptedClient.certificates.create({
      public_certificate: certificate.pem,
      integration_id: "x",
    });
  }

  it.each<[string, (echo: Record<string, unknown>) => object, string]>([
    ["another not_before", (echo) => ({ ...echo, not_before: 1 }), "not_before"],
    [
      "milliseconds",
      (echo) => ({ ...echo, not_after: Number(echo["not_after"]) * 1000 }),
      "not_after",
    ],
    ["a time beyond all dates", (echo) => ({ ...echo, not_after: 9e15 }), "not_after"],
    [
      "text that is no certificate",
      (echo) => ({ ...echo, public_certificate: "?" }),
      "public_certificate",
    ],
  ])("that has %s is an error that names the stored certificate", async (_, change, field) => {
    const error = await rejection(echoed(change));
    expect(error).toMatchObject({
      code: "provider.echo_mismatch",
      outcome: "unknown",
      resourceId: "7",
    });
    expect(error.message).toContain(field);
  });

  it("of another certificate is an error", async () => {
    const other = await createTestCertificate();
    const error = await rejection(
      echoed((echo) => ({ ...echo, public_certificate: other.certificate.pem })),
    );
    expect(error.code).toBe("provider.echo_mismatch");
  });

  it("that lacks the times passes", async () => {
    const stored = await echoed(({ id, public_certificate }) => ({ id, public_certificate }));
    expect(stored.id).toBe("7");
  });

  it("that lacks the id is read back from the list", async () => {
    const { certificate } = await createTestCertificate();
    const { fetch, sent } = scripted(
      answer(200, {}),
      answer(200, [{ id: 9, public_certificate: certificate.pem }]),
    );
    const scriptedClient = createSendGridClient({ apiKey: "SG.key", fetch });
    const body = { public_certificate: certificate.pem, integration_id: "x" };
    expect((await scriptedClient.certificates.create(body)).id).toBe("9");
    expect(sent.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });
});
