import { type KeyObject, sign } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { readPrivateKey } from "../../src/keys/index.ts";
import {
  type RemoteSignOptions,
  type SignatureRequest,
  signMetadata,
  verifyMetadata,
} from "../../src/signature/index.ts";
import { quickKey } from "../keys/support.ts";

const xml =
  '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example.com">' +
  '<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
  '<md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs"/>' +
  "</md:SPSSODescriptor></md:EntityDescriptor>";

/** Signs as a KMS does: in DER for ECDSA. */
const kms =
  (key: KeyObject, dsaEncoding: "der" | "ieee-p1363" = "der"): RemoteSignOptions["sign"] =>
  async (data, { hash }: SignatureRequest) =>
    sign(hash, data, { key, dsaEncoding });

describe("signMetadata with a function", () => {
  test.each([
    ["rsa-2048", "der"],
    ["p256", "der"],
    ["p384", "der"],
    ["p256", "ieee-p1363"],
  ] as const)("signs with a remote key: %s, %s", async (algorithm, encoding) => {
    const { privateKey, certificate } = await quickKey({ algorithm });
    // The numbers of an ECDSA signature vary in length.
    for (let round = 0; round < 20; round++) {
      const key = readPrivateKey(privateKey);
      const signed = await signMetadata(xml, { sign: kms(key, encoding), certificate });
      const trust = { certificates: [certificate] };
      expect(verifyMetadata(signed, { trust, now: 0 }).entities).toHaveLength(1);
    }
  });

  test("gives the same text as a local RSA key", async () => {
    const { privateKey, certificate } = await quickKey({ algorithm: "rsa-2048" });
    const remote = await signMetadata(xml, { sign: kms(readPrivateKey(privateKey)), certificate });
    expect(remote).toBe(signMetadata(xml, { privateKey, certificate }));
  });

  test("gives the digest and the algorithm", async () => {
    const { privateKey, certificate } = await quickKey({ algorithm: "p384" });
    const called = vi.fn(kms(readPrivateKey(privateKey)));
    await signMetadata(xml, { sign: called, certificate });
    const [, request] = called.mock.calls[0] ?? [];
    expect(request).toMatchObject({ kind: "ec", hash: "sha384" });
    expect(request?.digest).toHaveLength(48);
  });

  test.each([
    ["another key", async () => kms(readPrivateKey((await quickKey()).privateKey))],
    ["nothing", async () => async () => new Uint8Array()],
    ["half a SEQUENCE", async () => async () => Uint8Array.of(0x30, 0x44, 2, 0x20, 1)],
    ["text", async () => async () => "signature" as never],
  ] as const)("refuses a signature of %s: signature.sign_failed", async (_, make) => {
    const { certificate } = await quickKey();
    const call = signMetadata(xml, { sign: await make(), certificate });
    await expect(call).rejects.toMatchObject({ code: "signature.sign_failed" });
  });

  test("passes on the error of the function", async () => {
    const { certificate } = await quickKey();
    const broken = new Error("The KMS is down.");
    const call = signMetadata(xml, { sign: () => Promise.reject(broken), certificate });
    await expect(call).rejects.toBe(broken);
  });
});
