import { deviations, isWireObject, type WireTable } from "../../providers/http/wire.ts";
import { enableSsoConnectionWire, updateSsoConnectionWire } from "../../providers/keycard/wire.ts";
import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../server.ts";
import type { FakeKeycardState, FakeSsoConnection, KeycardQuirks } from "./types.ts";

export interface World {
  readonly state: FakeKeycardState;
  readonly quirks: KeycardQuirks;
  now(): number;
  next(): number;
  knows(organization: string): boolean;
}

/** A refusal, with the code in Keycard's error body. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a body that is as the specification has it. */
function fieldsOf(body: unknown, table: WireTable): Fields {
  const [fault] = deviations(table, body);
  const identifier = isWireObject(body) ? body["identifier"] : undefined;
  const length = typeof identifier === "string" ? identifier.length : 1;
  if (fault === undefined && length >= 1 && length <= 2048) return body as Fields;
  const message =
    fault === undefined ? "identifier has a wrong length" : `${fault.path} ${fault.message}`;
  throw new Refused(400, "validation_error", message.trim());
}

function isoNow({ now }: World): string {
  return new Date(now() * 1000).toISOString();
}

function wire(
  { client_secret, client_id, protocols, ...rest }: FakeSsoConnection,
  { query }: FakeRequest,
  { quirks }: World,
): Fields {
  const omitted = client_id === null && quirks.absentClientId === "omitted";
  const permissions = { organizations: { read: true, update: true } };
  return {
    ...rest,
    ...(omitted ? {} : { client_id }),
    client_secret_set: client_secret !== null,
    ...(protocols === undefined ? {} : { protocols }),
    ...(query["expand"] === "permissions" ? { permissions } : {}),
  };
}

function find({ parameters }: FakeRequest, { state }: World): FakeSsoConnection {
  const connection = state.connections.get(parameters["organization_id"] ?? "");
  if (connection === undefined) throw new Refused(404, "not_found", "SSO connection not found");
  return connection;
}

export type Handler = (request: FakeRequest, world: World) => Reply;

export const retrieve: Handler = (request, world) => ({
  status: 200,
  json: wire(find(request, world), request, world),
});

export const enable: Handler = (request, world) => {
  const organization = request.parameters["organization_id"] ?? "";
  if (!world.knows(organization)) throw new Refused(404, "not_found", "organization not found");
  if (world.state.connections.has(organization)) {
    throw new Refused(409, "conflict", "SSO is already enabled for this organization");
  }
  const fields = fieldsOf(request.body, enableSsoConnectionWire);
  const connection: FakeSsoConnection = {
    id: `sso-${world.next()}`,
    identifier: String(fields["identifier"]),
    client_id: String(fields["client_id"]),
    client_secret: (fields["client_secret"] ?? null) as string | null,
    protocols: fields["protocols"],
    created_at: isoNow(world),
    updated_at: isoNow(world),
  };
  world.state.connections.set(organization, connection);
  return { status: 201, json: wire(connection, request, world) };
};

const WRITABLE = ["identifier", "client_id", "client_secret", "protocols"] as const;

export const update: Handler = (request, world) => {
  const connection = find(request, world);
  const fields = fieldsOf(request.body, updateSsoConnectionWire);
  const set = WRITABLE.filter((field) => fields[field] !== undefined);
  const updated: FakeSsoConnection = {
    ...connection,
    ...Object.fromEntries(set.map((field) => [field, fields[field]])),
    updated_at: isoNow(world),
  };
  world.state.connections.set(request.parameters["organization_id"] ?? "", updated);
  return { status: 200, json: wire(updated, request, world) };
};

export const disable: Handler = (request, world) => {
  find(request, world);
  world.state.connections.delete(request.parameters["organization_id"] ?? "");
  return { status: world.quirks.deleteStatus };
};
