import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createSendGridClient } from "../../src/providers/sendgrid/index.ts";

/** A server that answers once and cuts the same connection at the next request. */
async function cuttingServer() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.method ?? "");
    request.resume().on("end", () => {
      if (seen.length > 1) request.socket.destroy();
      else response.setHeader("content-type", "application/json").end("[]");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { seen, url: `http://127.0.0.1:${port}`, close };
}

test.each(["GET", "POST", "DELETE"])(
  "no runtime sends a cut %s a second time by itself",
  async (method) => {
    const server = await cuttingServer();
    try {
      const { integrations } = createSendGridClient({
        apiKey: "SG.test",
        baseUrl: server.url,
        maxRetries: 0,
      });
      await integrations.list();
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        GET: () => integrations.get("1"),
        POST: () =>
          integrations.create({
            name: "Example",
            enabled: false,
            entity_id: "https://idp.example.com/saml",
            signin_url: "https://idp.example.com/sso",
            signout_url: "https://idp.example.com/slo",
          }),
        DELETE: () => integrations.delete("1"),
      };
      await expect(calls[method]?.()).rejects.toThrow();
      expect(server.seen).toEqual(["GET", method]);
    } finally {
      server.close();
    }
  },
);
