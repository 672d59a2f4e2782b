import current from "../../../fixtures/demo/current.pem";
import next from "../../../fixtures/demo/next.pem";
import { buildIdentityProviderMetadata } from "../../../src/metadata/index.ts";

const DAY_MS = 86_400_000;

function metadataWith(signingCertificates: readonly string[]): string {
  return buildIdentityProviderMetadata({
    entityId: "https://idp.example.com/saml",
    singleSignOnServices: ["https://idp.example.com/sso"],
    validUntil: new Date(Date.now() + 7 * DAY_MS),
    signingCertificates,
  });
}

/** An identity provider's metadata before its key rotation. */
export const before = (): string => metadataWith([current]);

/** The same metadata with the next key after the current one. */
export const after = (): string => metadataWith([current, next]);
