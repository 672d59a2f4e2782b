import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";

export type OperationName = "list" | "getSingle" | "create" | "update" | "delete";

const route = "/api/v1/sso/";

/** All that PandaStack's developer documentation lists under SSO. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  list: { id: "sso.list", method: "GET", route, success: 200, does: "list the SSO configurations" },
  getSingle: {
    id: "sso.getSingle",
    method: "GET",
    route: "/api/v1/sso/single",
    success: 200,
    does: "show the SSO configuration",
  },
  create: {
    id: "sso.create",
    method: "POST",
    route,
    success: 200,
    does: "create the SSO configuration",
  },
  update: {
    id: "sso.update",
    method: "POST",
    route: "/api/v1/sso/update",
    success: 200,
    does: "change the SSO configuration",
  },
  delete: {
    id: "sso.delete",
    method: "DELETE",
    route,
    success: 200,
    does: "delete the SSO configuration",
  },
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Check that the token is whole: psk_ and 64 hexadecimal digits.",
  403: "The token may not manage SSO of this organization: check the organization id and the token's owner.",
  404: "There is no such organization, or it has no SSO configuration.",
};

export const identity: ProviderIdentity = {
  name: "pandastack",
  title: "PandaStack",
  hint: (status) => HINTS[status],
};
