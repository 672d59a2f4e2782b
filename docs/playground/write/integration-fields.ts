import type { IntegrationNames } from "../../../src/metadata/index.ts";

/** The fields for the metadata, with their labels on a settings page. */
export const FIELDS = [
  {
    name: "audience_url",
    label: "Entity ID of your service",
    help: "The name of the service provider. At SendGrid: Audience URL, audience_url.",
  },
  {
    name: "single_signon_url",
    label: "ACS URL",
    help: "The endpoint that receives the responses. At SendGrid: Single Sign-On URL, single_signon_url.",
  },
  {
    name: "entity_id",
    label: "Entity ID of the identity provider (optional)",
    help: "At SendGrid: SAML Issuer ID, entity_id. Only checked; not included in the metadata.",
  },
] as const;

export const EXAMPLE: IntegrationNames = {
  entity_id: "http://www.okta.com/exk1fcia6d6EMsf331d8",
  single_signon_url: "https://api.sendgrid.com/v3/public/sso/saml/response/id/b0b9",
  audience_url: "https://api.sendgrid.com/v3/public/sso/saml/response/id/b0b9",
};

/** All integrations in pasted JSON, at any depth; undefined if the text is not JSON. */
export function integrationsIn(json: string): readonly IntegrationNames[] | undefined {
  try {
    const open: unknown[] = [JSON.parse(json)];
    // The list grows during the loop; recursion could overflow on deeply nested JSON.
    for (const value of open) {
      const isObject = typeof value === "object" && value !== null;
      if (isObject && !namesOne(value)) for (const one of Object.values(value)) open.push(one);
    }
    return open.filter(namesOne);
  } catch {
    return undefined;
  }
}

function namesOne(value: unknown): value is IntegrationNames {
  if (typeof value !== "object" || value === null) return false;
  return FIELDS.some(({ name }) => typeof (value as Record<string, unknown>)[name] === "string");
}

/** The status line for the pasted JSON. */
export function jsonWords(found: readonly IntegrationNames[] | undefined): string {
  if (found === undefined) return "This is not JSON yet.";
  if (found.length === 0)
    return `It contains none of ${FIELDS.map(({ name }) => name).join(", ")}.`;
  return found.length === 1 ? "" : `The first of ${found.length} integrations is used.`;
}
