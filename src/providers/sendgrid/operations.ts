import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";
import { isWireObject } from "../http/wire.ts";
import {
  createCertificateWire,
  createTeammateWire,
  updateCertificateWire,
  updateTeammateWire,
  writeIntegrationWire,
} from "./wire.ts";

export type OperationName =
  | `${"create" | "get" | "update" | "delete"}${"Certificate" | "Integration"}`
  | "listCertificates"
  | "listIntegrations"
  | "createTeammate"
  | "updateTeammate";

/** The 12 operations of twilio/sendgrid-oai, spec/json/tsg_sso_v3.json. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  createCertificate: {
    id: "certificates.create",
    method: "POST",
    route: "/v3/sso/certificates",
    success: 200,
    task: "add the certificate",
    scope: "sso.settings.create",
    body: createCertificateWire,
  },
  getCertificate: {
    id: "certificates.get",
    method: "GET",
    route: "/v3/sso/certificates/{cert_id}",
    success: 200,
    task: "show the certificate",
    scope: "sso.settings.read",
  },
  updateCertificate: {
    id: "certificates.update",
    method: "PATCH",
    route: "/v3/sso/certificates/{cert_id}",
    success: 200,
    task: "change the certificate",
    scope: "sso.settings.update",
    body: updateCertificateWire,
  },
  deleteCertificate: {
    id: "certificates.delete",
    method: "DELETE",
    route: "/v3/sso/certificates/{cert_id}",
    success: 200,
    task: "delete the certificate",
    scope: "sso.settings.delete",
  },
  listCertificates: {
    id: "certificates.list",
    method: "GET",
    route: "/v3/sso/integrations/{integration_id}/certificates",
    success: 200,
    task: "list the certificates of the integration",
    scope: "sso.settings.read",
  },
  createIntegration: {
    id: "integrations.create",
    method: "POST",
    route: "/v3/sso/integrations",
    success: 200,
    task: "create the integration",
    scope: "sso.settings.create",
    body: writeIntegrationWire,
  },
  listIntegrations: {
    id: "integrations.list",
    method: "GET",
    route: "/v3/sso/integrations",
    success: 200,
    task: "list the integrations",
    scope: "sso.settings.read",
  },
  getIntegration: {
    id: "integrations.get",
    method: "GET",
    route: "/v3/sso/integrations/{id}",
    success: 200,
    task: "show the integration",
    scope: "sso.settings.read",
  },
  updateIntegration: {
    id: "integrations.update",
    method: "PATCH",
    route: "/v3/sso/integrations/{id}",
    success: 200,
    task: "change the integration",
    scope: "sso.settings.update",
    body: writeIntegrationWire,
  },
  deleteIntegration: {
    id: "integrations.delete",
    method: "DELETE",
    route: "/v3/sso/integrations/{id}",
    success: 204,
    task: "delete the integration",
    scope: "sso.settings.delete",
  },
  createTeammate: {
    id: "teammates.create",
    method: "POST",
    route: "/v3/sso/teammates",
    success: 201,
    task: "add the teammate",
    scope: "sso.teammates.create",
    body: createTeammateWire,
  },
  updateTeammate: {
    id: "teammates.update",
    method: "PATCH",
    route: "/v3/sso/teammates/{username}",
    success: 200,
    task: "change the teammate",
    scope: "sso.teammates.update",
    body: updateTeammateWire,
  },
};

function scopeHint({ scope }: Operation): string {
  return `The API key needs the scope ${scope}. A key that was edited to have it may still be refused: create a new key. SSO needs an Email API Pro or Premier, or a Marketing Campaigns Advanced plan, and is set up with the parent account's key.`;
}

const HINTS: Readonly<Record<number, (operation: Operation) => string>> = {
  401: () =>
    "Check that the API key is complete (it starts with SG.), not revoked, and of this region: keys of EU subusers only work at api.eu.sendgrid.com.",
  403: scopeHint,
  404: ({ route }) =>
    route.includes("{cert_id}")
      ? "The certificate may have been deleted already: list the certificates of its integration."
      : "It may have been deleted already, or belong to another account or region: list the integrations.",
};

/** SendGrid answers 400 and 500 as well as 403 to a key without the scope, or to a scope it refuses. */
const ABOUT_SCOPES = /\b(?:invalid|missing|insufficient|required) scopes?\b/i;

/** `[{message}]`, `{errors: [{message}]}` and `{error}`: the documented form and those that were seen. */
function isErrorBody(json: unknown): boolean {
  if (isWireObject(json) && typeof json["error"] === "string")
    return Object.keys(json).length === 1;
  const list = isWireObject(json) ? json["errors"] : json;
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((entry) => isWireObject(entry) && typeof entry["message"] === "string")
  );
}

export const identity: ProviderIdentity = {
  name: "sendgrid",
  title: "SendGrid",
  isErrorBody,
  advise({ status, issues, operation }) {
    const aboutScopes = issues.some(({ message }) => ABOUT_SCOPES.test(message));
    if (aboutScopes) return { hint: scopeHint(operation), retryable: false };
    return { hint: HINTS[status]?.(operation) };
  },
};
