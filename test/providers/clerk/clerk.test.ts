import { describe, expect, test } from "vitest";
import { clerkCertificateStore, createClerkClient } from "../../../src/providers/clerk/index.ts";
import {
  createTestCertificate,
  startFakeClerk,
  testCertificateStore,
} from "../../../src/testing/index.ts";
import { EVERY } from "../kit/every.ts";
import { fakeBench } from "../kit/fake-bench.ts";
import { rejection } from "../support.ts";

const secretKey = "sk_test_0123456789";

describe("the store of Clerk keeps the contract:", () => {
  testCertificateStore(
    (stored) =>
      fakeBench(
        (faults) => startFakeClerk({ faults }),
        (fake) => {
          const connection = fake.addConnection();
          return {
            secret: secretKey,
            texts: {
              get: () => connection.certificates,
              set(texts) {
                connection.certificates = texts;
              },
              form: ({ derBase64 }) => derBase64,
            },
            open: (quick) =>
              clerkCertificateStore(createClerkClient({ secretKey, ...quick }), connection.id),
          };
        },
        stored,
      ),
    { test, every: EVERY },
  );
});

describe("the client of Clerk", () => {
  test("lists every page of connections", async () => {
    await using fake = await startFakeClerk();
    for (let i = 0; i < 101; i += 1) fake.addConnection();
    const client = createClerkClient({ secretKey, baseUrl: fake.url });
    expect(await client.connections.list()).toHaveLength(101);
    expect(fake.requests.map(({ query }) => query["offset"])).toEqual(["0", "100"]);
  });

  test("says what Clerk's errors mean", async () => {
    await using fake = await startFakeClerk();
    const client = createClerkClient({ secretKey, baseUrl: fake.url });
    const error = await rejection(client.connections.get("ent_9"));
    expect(error).toMatchObject({
      code: "provider.not_found",
      status: 404,
      providerErrorId: "resource_not_found",
    });
    expect(error.hint).toContain("list the connections");
  });

  test("refuses to write a list beside a metadata URL", async () => {
    await using fake = await startFakeClerk();
    const { id } = fake.addConnection({ metadataUrl: "https://idp.example.com/metadata" });
    const store = clerkCertificateStore(createClerkClient({ secretKey, baseUrl: fake.url }), id);
    const { certificate } = await createTestCertificate();
    expect((await rejection(store.add(certificate))).message).toBe(
      "Clerk reads the certificates of this connection from idp.example.com, so a list would not last.",
    );
    expect(fake.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});
