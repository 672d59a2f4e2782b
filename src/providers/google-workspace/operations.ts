import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";
import { isWireObject } from "../http/wire.ts";
import type { StoreCapabilities } from "../store.ts";
import { addWire } from "./wire.ts";

const CREDENTIALS = "/v1/inboundSamlSsoProfiles/{profile}/idpCredentials";

export const operations: Readonly<
  Record<"listCredentials" | "addCredential" | "deleteCredential", Operation>
> = {
  listCredentials: {
    id: "credentials.list",
    method: "GET",
    route: CREDENTIALS,
    success: 200,
    task: "list the credentials of the SSO profile",
  },
  addCredential: {
    id: "credentials.add",
    method: "POST",
    route: `${CREDENTIALS}:add`,
    success: 200,
    task: "add the credential",
    body: addWire,
  },
  deleteCredential: {
    id: "credentials.delete",
    method: "DELETE",
    route: `${CREDENTIALS}/{credential}`,
    success: 200,
    task: "delete the credential",
  },
};

/** Cloud Identity API, Discovery document of revision 20260923. */
export const capabilities: StoreCapabilities = {
  maxCertificates: 2,
  overlap: true,
  enabledObservable: false,
  replaceInPlace: false,
  honoursExpiry: "unknown",
  observes: "nothing",
  needsApproval: true,
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Get a new access token with the scope https://www.googleapis.com/auth/cloud-identity.inboundsso: tokens last an hour.",
  403: "The token needs the scope cloud-identity.inboundsso, of an administrator with the SSO privilege: IAM roles do not count. With user credentials, set a quota project.",
  404: "Check the id of the inbound SAML SSO profile, and that the token is of its customer.",
};

/** AIP-193: `{error: {code, message, status}}`. */
function isErrorBody(json: unknown): boolean {
  const error = isWireObject(json) ? json["error"] : undefined;
  return isWireObject(error) && typeof error["message"] === "string" && "status" in error;
}

export const identity: ProviderIdentity = {
  name: "google-workspace",
  title: "Google Workspace",
  isErrorBody,
  advise: ({ status }) => ({ hint: HINTS[status] }),
};
