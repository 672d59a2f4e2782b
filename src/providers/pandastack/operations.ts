import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";

export type OperationName = "list" | "getSingle" | "create" | "update" | "delete";

const route = "/api/v1/sso/";

/** The operations that PandaStack's developer documentation lists under SSO. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  list: { id: "sso.list", method: "GET", route, success: 200, task: "list the SSO configurations" },
  getSingle: {
    id: "sso.getSingle",
    method: "GET",
    route: "/api/v1/sso/single",
    success: 200,
    task: "show the SSO configuration",
  },
  create: {
    id: "sso.create",
    method: "POST",
    route,
    success: 200,
    task: "create the SSO configuration",
  },
  update: {
    id: "sso.update",
    method: "POST",
    route: "/api/v1/sso/update",
    success: 200,
    task: "change the SSO configuration",
  },
  delete: {
    id: "sso.delete",
    method: "DELETE",
    route,
    success: 200,
    task: "delete the SSO configuration",
  },
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Check that the token is whole: psk_ and 64 hexadecimal digits.",
  403: "The token may not manage SSO of this organization: check the organization id and the token's owner.",
  404: "The organization does not exist, or has no SSO configuration.",
};

export const identity: ProviderIdentity = {
  name: "pandastack",
  title: "PandaStack",
  // No error body is documented, so any JSON counts as one.
  isErrorBody: (json) => json !== undefined,
  advise: ({ status }) => ({ hint: HINTS[status] }),
};
