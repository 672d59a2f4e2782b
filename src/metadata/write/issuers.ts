/** Hosts that issue assertions for their customers: a name there is an identity provider's. */
const ISSUER_HOSTS: readonly (readonly [host: string, product: string])[] = [
  ["okta.com", "Okta"],
  ["oktapreview.com", "Okta"],
  ["okta-emea.com", "Okta"],
  ["okta-gov.com", "Okta"],
  ["sts.windows.net", "Microsoft Entra ID"],
  ["login.microsoftonline.com", "Microsoft Entra ID"],
  ["login.microsoftonline.us", "Microsoft Entra ID"],
  ["sts.chinacloudapi.cn", "Microsoft Entra ID"],
  ["accounts.google.com", "Google"],
  ["onelogin.com", "OneLogin"],
  ["jumpcloud.com", "JumpCloud"],
  ["auth0.com", "Auth0"],
  ["pingone.com", "PingOne"],
  ["pingidentity.com", "Ping Identity"],
  ["duosecurity.com", "Duo"],
  ["rippling.com", "Rippling"],
];

/** Paths under which products name themselves as identity providers. */
const ISSUER_PATHS: readonly (readonly [path: RegExp, product: string])[] = [
  [/^\/adfs\/(?:services\/trust|ls)\b/i, "AD FS"],
  [/^\/(?:auth\/)?realms\/[^/]+\/?$/, "Keycloak"],
  [/^\/idp\/shibboleth\/?$/, "Shibboleth"],
  [/\/saml2\/idp\/metadata\.php$/, "SimpleSAMLphp"],
];

/** The product that a name plainly belongs to, if it is one that issues assertions. */
export function namesIdentityProvider(entityId: string): string | undefined {
  const match = /^https?:\/\/([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(entityId);
  if (match === null) {
    return /^urn:[^:]+:(?:auth0|idp)\b/i.test(entityId) ? "an issuer's URN" : undefined;
  }
  const host = (match[1] ?? "").toLowerCase();
  const path = match[2] ?? "";
  const byHost = ISSUER_HOSTS.find(([issuer]) => host === issuer || host.endsWith(`.${issuer}`));
  return byHost?.[1] ?? ISSUER_PATHS.find(([pattern]) => pattern.test(path))?.[1];
}
