import type { RotationPlan } from "../types.ts";

/** The switch to the next certificate at one identity provider. */
interface IdentityProviderEntry {
  readonly name: string;
  /** The form of its entityIDs. */
  readonly entityId: RegExp;
  readonly steps: readonly string[];
}

const table: Readonly<Record<string, IdentityProviderEntry>> = {
  okta: {
    name: "Okta",
    entityId: /^http:\/\/www\.okta\.com\//,
    steps: [
      "Okta signs with the key that the application's `credentials.signing.kid` names.",
      'Choose "Activate" for the new one in the application\'s SAML signing certificates, or name its key.',
      "To go back, make the old one active again.",
    ],
  },
  entra: {
    name: "Microsoft Entra ID",
    entityId: /^https:\/\/sts\.windows\.net\//,
    steps: [
      "Entra ID signs with the certificate that is active: `preferredTokenSigningKeyThumbprint`.",
      'Choose "Make certificate active" for the new one in the application\'s SAML signing certificates.',
      "To go back, make the old one active again.",
    ],
  },
  adfs: {
    name: "AD FS",
    entityId: /^https?:\/\/[^/]+\/adfs\/services\/trust$/,
    steps: [
      "AD FS publishes the next certificate as secondary 20 days before the end of the primary,",
      "and promotes it itself 5 days later. `Set-AdfsCertificate -IsPrimary` promotes it at once.",
      "Never run `Update-AdfsCertificate -Urgent`: it drops the old certificate without an overlap.",
    ],
  },
  google: {
    name: "Google Workspace",
    entityId: /^https:\/\/accounts\.google\.com\/o\/saml2/,
    steps: [
      "Google has two certificate slots, and each application chooses one of them.",
      "Choose the new certificate in the application's service provider details.",
      "To go back, choose the old one; delete it only after no application uses it.",
    ],
  },
  keycloak: {
    name: "Keycloak",
    entityId: /^https?:\/\/[^/]+(?:\/auth)?\/realms\/[^/]+$/,
    steps: [
      "Keycloak signs with the active key of the highest priority.",
      "Give the new key provider a higher priority than the old one; keep the old one enabled.",
      "To go back, lower its priority; set the old key to passive after its retirement.",
    ],
  },
};

/** The identity providers whose switch is described, by name. */
export const identityProviders: readonly string[] = Object.keys(table);

/** The identity provider that an entityID belongs to; undefined if its form is unknown. */
export function identityProviderOf(entityId: string): string | undefined {
  if (typeof entityId !== "string" || entityId.length > 1024) return undefined;
  return identityProviders.find((name) => table[name]?.entityId.test(entityId));
}

/** The switch at the identity provider of a plan, one line for each action. */
export function identityProviderSide({ identityProvider }: RotationPlan): readonly string[] {
  const one = identityProvider === undefined ? undefined : table[identityProvider];
  if (one) return [`At ${one.name}:`, ...one.steps.map((text) => `  ${text}`)];
  return ["At the identity provider: make the new certificate the one that signs."];
}
