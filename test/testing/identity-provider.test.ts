import { spawnSync } from "node:child_process";
import { constants, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAML } from "@node-saml/node-saml";
import { afterAll, describe, expect, it } from "vitest";
import { acceptUnverified, parseMetadata, signingCertificates } from "../../src/metadata/index.ts";
import { verifyMetadata } from "../../src/signature/index.ts";
import {
  createTestCertificate,
  type FakeIdentityProvider,
  type FakeIdentityProviderOptions,
  type FakeResponseOptions,
  startFakeIdentityProvider,
  type TestCertificate,
} from "../../src/testing/index.ts";
import { requireProgram } from "../support/require.ts";

const ACS = "https://sp.example.com/acs";
const SP = "https://sp.example.com";
const sp: FakeResponseOptions = { acsUrl: ACS, audience: SP };

const folder = mkdtempSync(join(tmpdir(), "samlcert-idp-"));
const certificates = await Promise.all([
  createTestCertificate({ keyAlgorithm: "RSA-2048" }),
  createTestCertificate({ keyAlgorithm: "RSA-2048" }),
]);
const [current, next] = certificates;
const open: FakeIdentityProvider[] = [];
afterAll(async () => {
  for (const idp of open) await idp.close();
  rmSync(folder, { recursive: true });
});

async function start(options: FakeIdentityProviderOptions = {}): Promise<FakeIdentityProvider> {
  const idp = await startFakeIdentityProvider({ certificates, ...options });
  open.push(idp);
  return idp;
}

type Accept = (response: string) => Promise<string>;

/** A node-saml service provider that trusts one certificate. */
function serviceProvider(
  idpCert: string,
  options: { readonly decryptionPvk?: string } = {},
): Accept {
  const saml = new SAML({ idpCert, issuer: SP, audience: SP, callbackUrl: ACS, ...options });
  return async (SAMLResponse) => {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    return profile?.nameID ?? "";
  };
}

const xmlOf = (response: string): string => Buffer.from(response, "base64").toString("utf8");

describe("the fake identity provider", () => {
  it("signs a person in at node-saml with the key that it signs with, and no other", async () => {
    const idp = await start();
    const [trustsCurrent, trustsNext] = [serviceProvider(current.pem), serviceProvider(next.pem)];
    expect(await trustsCurrent(idp.respond(sp))).toBe("ada@example.com");
    await expect(trustsNext(idp.respond(sp))).rejects.toThrow("Invalid document signature");
    idp.signWith(idp.next());
    expect(await trustsNext(idp.respond({ ...sp, user: "<bob>&co" }))).toBe("<bob>&co");
    await expect(trustsCurrent(idp.respond(sp))).rejects.toThrow("Invalid document signature");
    expect([idp.certificate(), idp.next()]).toEqual([next, current]);
  });

  it("encrypts an assertion that node-saml decrypts", async () => {
    const idp = await start();
    const own = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
    const response = idp.respond({
      ...sp,
      encryptTo: own.certificate,
      attributes: { role: "admin" },
    });
    expect(xmlOf(response)).not.toContain("ada@example.com");
    const accept = serviceProvider(current.pem, { decryptionPvk: own.privateKeyPem });
    expect(await accept(response)).toBe("ada@example.com");
    const stranger = serviceProvider(current.pem, { decryptionPvk: next.privateKeyPem });
    await expect(stranger(response)).rejects.toThrow();
  });

  it.each(["GET", "POST"])("answers an AuthnRequest by %s with a form", async (method) => {
    const idp = await start();
    const saml = new SAML({
      ...{ idpCert: current.pem, issuer: SP, audience: SP, callbackUrl: ACS },
      ...{ entryPoint: idp.signInUrl, skipRequestCompression: method === "POST" },
    });
    const url = new URL(await saml.getAuthorizeUrlAsync("state & co", undefined, {}));
    const page =
      method === "GET"
        ? await fetch(url)
        : await fetch(idp.signInUrl, { method, body: url.searchParams });
    const html = await page.text();
    expect(html).toContain(`action="${ACS}"`);
    expect(html).toContain('name="RelayState" value="state &amp; co"');
    const [, SAMLResponse = ""] = /name="SAMLResponse" value="([^"]*)"/.exec(html) ?? [];
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    expect(profile?.nameID).toBe("ada@example.com");
    expect(xmlOf(SAMLResponse)).toMatch(/InResponseTo="_/);
  });

  it("refuses a sign-in without an AuthnRequest, and one to an unknown ACS URL", async () => {
    const idp = await start({ serviceProviders: { "urn:known": "https://known.example.com/acs" } });
    const sent = async (xml: string): Promise<[number, string]> => {
      const body = new URLSearchParams({ SAMLRequest: Buffer.from(xml).toString("base64") });
      const answer = await fetch(idp.signInUrl, { method: "POST", body });
      return [answer.status, await answer.text()];
    };
    const request = (issuer: string): string =>
      `<AuthnRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer></AuthnRequest>`;
    expect((await sent("<AuthnRequest/>"))[0]).toBe(400);
    expect((await sent("not XML"))[0]).toBe(400);
    expect(await sent(request("urn:unknown"))).toEqual([400, "The ACS URL is unknown."]);
    const [status, form] = await sent(request("urn:known"));
    expect([status, form.includes("https://known.example.com/acs")]).toEqual([200, true]);
  });

  it("publishes the certificates that it is told, with an entity tag", async () => {
    const idp = await start({ cacheSeconds: 600, validForSeconds: 3600 });
    const read = async (): Promise<readonly string[]> => {
      const { entities } = parseMetadata(await (await fetch(idp.metadataUrl)).text());
      const [entity] = entities;
      expect(entity?.entityId).toBe(idp.entityId);
      if (entity === undefined) return [];
      return signingCertificates(acceptUnverified(entity)).map(({ derBase64 }) => derBase64);
    };
    expect(await read()).toEqual([current.derBase64]);
    idp.publish([current, next]);
    expect(await read()).toEqual([current.derBase64, next.derBase64]);
    idp.withdraw(current);
    expect(await read()).toEqual([next.derBase64]);
    const clocked = await start();
    const first = await fetch(clocked.metadataUrl);
    const etag = first.headers.get("etag") ?? "";
    const again = await fetch(clocked.metadataUrl, { headers: { "if-none-match": etag } });
    expect([etag.length > 2, again.status]).toEqual([true, 304]);
  });

  it("signs its metadata, and publishes wrong metadata on command", async () => {
    const idp = await start({ signMetadata: true });
    const trust = { certificates: [idp.metadataSigner?.pem ?? ""] };
    const verified = (): string | undefined =>
      verifyMetadata(idp.metadata(), { trust }).entities[0]?.entityId;
    expect(verified()).toBe(idp.entityId);
    idp.publish([current, next]);
    idp.misbehave("stale");
    expect(idp.metadata()).not.toContain(next.derBase64.slice(0, 60));
    idp.misbehave("other_entity");
    expect(verified()).toBe("https://another-idp.example.com/metadata");
    for (const [how, code] of [
      ["wrong_signature", "signature.untrusted"],
      ["changed", "signature.digest"],
      ["expired", "signature.expired"],
    ] as const) {
      idp.misbehave(how);
      expect(verified, how).toThrow(expect.objectContaining({ code }));
    }
    idp.misbehave("unavailable");
    expect((await fetch(idp.metadataUrl)).status).toBe(503);
    idp.misbehave("garbage");
    expect(await (await fetch(idp.metadataUrl)).text()).toContain("<!doctype html>");
    idp.misbehave("slow", { delayMs: 60 });
    const began = performance.now();
    await fetch(idp.metadataUrl);
    expect(performance.now() - began).toBeGreaterThan(50);
    idp.misbehave();
    expect(verified()).toBe(idp.entityId);
    expect(() => idp.misbehave("shy" as "slow")).toThrow(RangeError);
  });

  it("leaves the certificate out of the signature if it is told", async () => {
    const idp = await start();
    expect(xmlOf(idp.respond(sp))).toContain("X509Certificate");
    const bare = idp.respond({ ...sp, keyInfo: false });
    expect(xmlOf(bare)).not.toContain("KeyInfo");
    expect(await serviceProvider(current.pem)(bare)).toBe("ada@example.com");
  });
});

const [p256, p384] = await Promise.all([
  createTestCertificate(),
  createTestCertificate({ keyAlgorithm: "P-384" }),
]);
const xmlsec1 = requireProgram("xmlsec1");

describe.skipIf(xmlsec1.missing)(`a Response of the fake identity provider${xmlsec1.note}`, () => {
  const kinds: readonly [string, Partial<FakeResponseOptions>, TestCertificate][] = [
    ["RSA", {}, current],
    ["RSA with SHA-512", { hash: "sha512" }, current],
    ["ECDSA on P-256", {}, p256],
    ["ECDSA on P-384", {}, p384],
  ];
  it.each(kinds)("signed with %s is verified by xmlsec1", async (name, options, signWith) => {
    const idp = await start();
    for (const [sign, element] of [
      ["response", "Response"],
      ["assertion", "Assertion"],
    ] as const) {
      const file = join(folder, `${name.replaceAll(" ", "-")}-${sign}.xml`);
      writeFileSync(file, xmlOf(idp.respond({ ...sp, ...options, sign, signWith })));
      writeFileSync(`${file}.pem`, signWith.pem);
      const args = ["--verify", "--pubkey-cert-pem", `${file}.pem`, "--id-attr:ID", element, file];
      const { status, stderr } = spawnSync("xmlsec1", args, { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, expect.stringContaining("OK\n")]);
    }
  });
});

// xmlsec1 reads RSA-PSS from version 1.3.6 on.
it("a Response of the fake identity provider is signed with RSA-PSS as Node's OpenSSL verifies it", async () => {
  const idp = await start({ padding: "pss" });
  const xml = xmlOf(idp.respond({ ...sp, sign: "response" }));
  const [signedInfo = ""] = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(xml) ?? [];
  const [, value = ""] = /<ds:SignatureValue>([^<]*)/.exec(xml) ?? [];
  const canonical = signedInfo
    .replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
    .replaceAll(/<(ds:\w+)([^<>]*)\/>/g, "<$1$2></$1>");
  expect(canonical).toContain("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1");
  const key = { key: current.pem, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  expect(verify("sha256", Buffer.from(canonical), key, Buffer.from(value, "base64"))).toBe(true);
});
