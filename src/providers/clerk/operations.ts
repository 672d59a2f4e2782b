import type { ProviderIdentity } from "../http/failure.ts";
import type { Operation } from "../http/operation.ts";
import { isWireObject } from "../http/wire.ts";
import type { StoreCapabilities } from "../store.ts";
import { updateWire } from "./wire.ts";

const CONNECTION = "/enterprise_connections/{enterprise_connection_id}";

export const operations: Readonly<
  Record<"listConnections" | "getConnection" | "updateConnection", Operation>
> = {
  listConnections: {
    id: "connections.list",
    method: "GET",
    route: "/enterprise_connections",
    success: 200,
    task: "list the enterprise connections",
  },
  getConnection: {
    id: "connections.get",
    method: "GET",
    route: CONNECTION,
    success: 200,
    task: "show the enterprise connection",
  },
  updateConnection: {
    id: "connections.update",
    method: "PATCH",
    route: CONNECTION,
    success: 200,
    task: "change the enterprise connection",
    body: updateWire,
  },
};

/** clerk.com/docs/guides/configure/auth-strategies/enterprise-connections/certificate-rotation, 2026-11-30. */
export const capabilities: StoreCapabilities = {
  maxCertificates: 5,
  // Not documented: the careful assumption.
  minCertificates: 1,
  overlap: true,
  enabledObservable: false,
  replaceInPlace: true,
  honoursExpiry: "yes",
};

const HINTS: Readonly<Record<number, string>> = {
  401: "Check that the secret key is complete (it starts with sk_), not revoked, and of this instance.",
  402: "Enterprise connections need a plan that includes them: see the instance's billing page.",
  403: "Check that the secret key belongs to the instance of the connection, and that its plan includes enterprise connections.",
  404: "It may have been deleted already, or belong to another instance: list the connections.",
};

export const identity: ProviderIdentity = {
  name: "clerk",
  title: "Clerk",
  isErrorBody: (json) =>
    isWireObject(json) &&
    Array.isArray(json["errors"]) &&
    json["errors"].length > 0 &&
    json["errors"].every((one) => isWireObject(one) && typeof one["message"] === "string"),
  advise: ({ status }) => ({ hint: HINTS[status] }),
};
