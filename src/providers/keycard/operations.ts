import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";
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
    does: "show the SSO connection",
  },
  enableSsoConnection: {
    id: "ssoConnection.enable",
    method: "POST",
    route,
    success: 201,
    does: "enable SSO",
    body: enableSsoConnectionWire,
  },
  updateSsoConnection: {
    id: "ssoConnection.update",
    method: "PATCH",
    route,
    success: 200,
    does: "change the SSO connection",
    body: updateSsoConnectionWire,
  },
  disableSsoConnection: {
    id: "ssoConnection.disable",
    method: "DELETE",
    route,
    success: 204,
    does: "disable SSO",
  },
};

/** The token of a service account (RFC 6749, section 4.4). */
export const tokenOperation: Operation = {
  id: "token",
  method: "POST",
  route: "/service-account-token",
  success: 200,
  does: "give a token for the service account",
  repeatable: true,
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Check the client id and secret of the service account, or the token: a token lives for a limited time.",
  403: "The service account needs the permission to manage this organization's SSO.",
  404: "The organization does not exist, or SSO is not enabled for it: `ensure` enables it.",
  409: "SSO is enabled for this organization already: use `update`, or `ensure`, which does either.",
};

export const identity: ProviderIdentity = {
  name: "keycard",
  title: "Keycard",
  hint: (status) => HINTS[status],
};
