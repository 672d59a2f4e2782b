import { describe, expect, it } from "vitest";
import { buildIdentityProviderMetadata, validateMetadata } from "../../../src/metadata/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";

const DAY = 86_400;
const now = 1_900_000_000;

async function idp(notBefore: number, notAfter: number): Promise<string> {
  const { certificate } = await createTestCertificate({ notBefore, notAfter });
  return buildIdentityProviderMetadata({
    entityId: "https://idp.example.com/saml",
    singleSignOnServices: ["https://idp.example.com/sso"],
    signingCertificates: [certificate],
    contacts: [{ contactType: "technical", emailAddresses: ["sso@example.com"] }],
    validUntil: now + DAY,
  });
}

describe("validateMetadata", () => {
  it.each([
    ["expired", now - 400 * DAY, now - 30 * DAY],
    ["not yet valid", now + 30 * DAY, now + 400 * DAY],
  ])("warns of a certificate that is %s, as metadata names keys", async (_, from, until) => {
    const report = validateMetadata(await idp(from, until), { now });
    const validity = report.findings.filter(({ code }) => code.startsWith("validity."));
    expect(validity).not.toEqual([]);
    expect(validity.every(({ severity }) => severity !== "error")).toBe(true);
    expect(report.ok).toBe(true);
  });

  it("places its findings, the worst first, and lists every check", async () => {
    const xml = (await idp(now - DAY, now + 400 * DAY)).replaceAll(
      "https://idp.example.com/sso",
      "javascript:alert(1)",
    );
    const { ok, findings, checks } = validateMetadata(xml, { now });
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({
      code: "metadata.endpoint.url",
      severity: "error",
      at: {
        path: "EntityDescriptor(https://idp.example.com/saml)/IDPSSODescriptor/SingleSignOnService",
      },
    });
    expect(findings[0]?.at?.line).toBeGreaterThan(5);
    expect(checks.find(({ id }) => id === "metadata.endpoint.url")?.status).toBe("failed");
    expect(checks.find(({ id }) => id === "metadata.ukf.label_repeated")).toMatchObject({
      status: "skipped",
    });
    expect(checks.find(({ id }) => id === "metadata.schema.content")).toMatchObject({
      status: "passed",
    });
  });

  it.each(["", "<a/>", "not xml", new Uint8Array([0, 1, 2]), null, 5, {}])(
    "never throws: %j",
    (input) => {
      const report = validateMetadata(input as never, { now });
      expect(report.ok).toBe(false);
      expect(report.findings).toHaveLength(1);
    },
  );
});
