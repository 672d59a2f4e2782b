import { metadataWriteCodes } from "../../core/codes/metadata/write.ts";
import type { Finding } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";

/** Findings about optional contents, with the option that adds them. */
const OPTIONAL: Readonly<Record<string, string>> = {
  "metadata.document.no_validity":
    "Add --valid-until 90d if the file is published again before it ends.",
  "metadata.contact.no_technical": "Add --contact technical:sso@example.com.",
  "metadata.key.sp_encryption":
    "Add --encryption-certificate if assertions are to be encrypted; samlcert key create makes one.",
};

/** Findings about certificates, which were reported when their files were read. */
const ABOUT_CERTIFICATES = /^(?:validity|key|sig|use|ext|name|version)\.|^metadata\.key\.weak/;

/**
 * The findings of `metadata validate` about a file before it is written, besides those that are known.
 * Contents that are missing on purpose are notices, which only `-v` shows.
 */
export async function review(
  xml: string,
  known: readonly Finding[],
  now: Date,
): Promise<readonly Finding[]> {
  const { validateMetadata } = await import("../../metadata/index.ts");
  const isInsecure = known.some(({ code }) => code === "integration.insecure");
  return validateMetadata(xml, { now, profile: "sp" })
    .findings.filter(
      ({ code, severity }) => severity !== "notice" && !ABOUT_CERTIFICATES.test(code),
    )
    .filter(({ code }) => !isInsecure || code !== "metadata.endpoint.insecure")
    .map((finding) => {
      const hint = OPTIONAL[finding.code];
      return hint === undefined ? finding : { ...finding, severity: "notice", hint };
    });
}

/** The warning about an entity ID that plainly belongs to an identity provider. */
export async function nameFindings(entityId: string): Promise<readonly Finding[]> {
  const { namesIdentityProvider } = await import("../../metadata/write/issuers.ts");
  const product = namesIdentityProvider(entityId);
  if (product === undefined) return [];
  const code = "metadata.build.names_identity_provider";
  return [findingOf(metadataWriteCodes, { code, values: { name: "--entity-id", product } })];
}
