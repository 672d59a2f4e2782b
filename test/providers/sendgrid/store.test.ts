import { describe, expect, it } from "vitest";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../../src/providers/sendgrid/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { answer, NOT_FOUND, networkError, rejection, scripted } from "../support.ts";

const { certificate } = await createTestCertificate();
const stored = { id: 7, public_certificate: certificate.pem };

function storeOf(...steps: Parameters<typeof scripted>) {
  const { fetch, sent } = scripted(...steps);
  const client = createSendGridClient({ apiKey: "SG.key", fetch, maxRetries: 0 });
  const methods = () => sent.map(({ method }) => method);
  const bodies = () => sent.map(({ body }) => String(body));
  return { store: sendGridCertificateStore(client, "i"), methods, bodies };
}

describe("store.remove", () => {
  it.each([
    ["a server error", answer(500)],
    ["a lost answer", networkError("ECONNRESET", "read")],
  ])("looks the certificate up after %s, and succeeds if it is gone", async (_, failure) => {
    const { store, methods } = storeOf(failure, answer(404, NOT_FOUND));
    await expect(store.remove("7")).resolves.toBeUndefined();
    expect(methods()).toEqual(["DELETE", "GET"]);
  });

  it("does not believe a proxy's 404", async () => {
    const { store } = storeOf(answer(404, "<html>"));
    expect((await rejection(store.remove("7"))).code).toBe("provider.wrong_endpoint");
  });

  it("fails with the first failure if the certificate is still stored", async () => {
    const { store, methods } = storeOf(answer(500), answer(200, stored));
    expect(await rejection(store.remove("7"))).toMatchObject({
      code: "provider.server_error",
      operation: "certificates.delete",
      outcome: "unknown",
    });
    expect(methods()).toEqual(["DELETE", "GET"]);
  });

  it("fails without a look-up if SendGrid refused, or if the look-up is answered by a proxy", async () => {
    const refused = storeOf(answer(403, NOT_FOUND));
    expect((await rejection(refused.store.remove("7"))).code).toBe("provider.forbidden");
    expect(refused.methods()).toEqual(["DELETE"]);
    const proxied = storeOf(answer(500), answer(404, "<html>"));
    expect(await rejection(proxied.store.remove("7"))).toMatchObject({
      code: "provider.wrong_endpoint",
      outcome: "unknown",
    });
  });

  it("succeeds for a certificate that is gone already", async () => {
    const { store, methods } = storeOf(answer(404, NOT_FOUND));
    await expect(store.remove("7")).resolves.toBeUndefined();
    expect(methods()).toEqual(["DELETE"]);
  });
});

describe("store.add", () => {
  it("enables what it creates, and sends nothing for what is stored", async () => {
    const created = storeOf(answer(200, []), answer(200, stored));
    await created.store.add(certificate);
    expect(created.methods()).toEqual(["GET", "POST"]);
    expect(JSON.parse(created.bodies().at(-1) ?? "")).toMatchObject({ enabled: true });
    const known = storeOf(answer(200, [stored]));
    expect((await known.store.add(certificate)).id).toBe("7");
    expect(known.methods()).toEqual(["GET"]);
  });
});
