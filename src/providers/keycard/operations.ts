import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";
import { isWireObject } from "../http/wire.ts";
import { enableSsoConnectionWire, updateSsoConnectionWire } from "./wire.ts";

export type OperationName =
  | "retrieveSsoConnection"
  | "enableSsoConnection"
  | "updateSsoConnection"
  | "disableSsoConnection";

const route = "/organizations/{organization_id}/sso-connection";

/** From keycardai/terraform-provider-keycard, api/openapi.yaml. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  retrieveSsoConnection: {
    id: "ssoConnection.retrieve",
    method: "GET",
    route,
    success: 200,
    task: "show the SSO connection",
  },
  enableSsoConnection: {
    id: "ssoConnection.enable",
    method: "POST",
    route,
    success: 201,
    task: "enable SSO",
    body: enableSsoConnectionWire,
  },
  updateSsoConnection: {
    id: "ssoConnection.update",
    method: "PATCH",
    route,
    success: 200,
    task: "change the SSO connection",
    body: updateSsoConnectionWire,
  },
  disableSsoConnection: {
    id: "ssoConnection.disable",
    method: "DELETE",
    route,
    success: 204,
    task: "disable SSO",
  },
};

/** The token of a service account (RFC 6749, section 4.4). */
export const tokenOperation: Operation = {
  id: "token",
  method: "POST",
  route: "/service-account-token",
  success: 200,
  task: "give a token for the service account",
  repeatable: true,
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Check the client id and secret of the service account, or the token: a token has a limited lifetime.",
  403: "The service account needs the permission to manage this organization's SSO.",
  404: "The organization does not exist, or SSO is not enabled for it: `ensure` enables it.",
  409: "SSO is already enabled for this organization: use `update`, or `ensure`, which does either.",
};

/** `{message, code, status}`, and OAuth's `{error, error_description}`. */
function isErrorBody(json: unknown): boolean {
  if (!isWireObject(json)) return false;
  const has = (name: string): boolean => typeof json[name] === "string";
  return (has("message") && has("code")) || (has("error") && has("error_description"));
}

export const identity: ProviderIdentity = {
  name: "keycard",
  title: "Keycard",
  isErrorBody,
  advise({ status, operation }) {
    if (status === 404 && operation === tokenOperation) {
      return { hint: "Check the base URL: it has no token endpoint." };
    }
    return { hint: HINTS[status] };
  },
};
