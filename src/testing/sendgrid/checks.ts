import type { Complaint } from "./errors.ts";

export type Body = Readonly<Record<string, unknown>>;

type Type = "string" | "boolean" | "array";

/** The fields of a request body: their type, and whether a creation requires them. */
export type BodyTable = Readonly<Record<string, { type: Type; required?: boolean }>>;

// The request schemas of tsg_sso_v3.

export const certificateBody: BodyTable = {
  public_certificate: { type: "string", required: true },
  integration_id: { type: "string", required: true },
  enabled: { type: "boolean" },
};

export const integrationBody: BodyTable = {
  name: { type: "string", required: true },
  enabled: { type: "boolean", required: true },
  signin_url: { type: "string", required: true },
  signout_url: { type: "string", required: true },
  entity_id: { type: "string", required: true },
  completed_integration: { type: "boolean" },
};

export const teammateBody: BodyTable = {
  first_name: { type: "string", required: true },
  last_name: { type: "string", required: true },
  is_admin: { type: "boolean" },
  persona: { type: "string" },
  scopes: { type: "array" },
  has_restricted_subuser_access: { type: "boolean" },
  subuser_access: { type: "array" },
};

export const newTeammateBody: BodyTable = {
  email: { type: "string", required: true },
  ...teammateBody,
};

export function asBody(body: unknown): Body | undefined {
  return typeof body === "object" && body !== null && !Array.isArray(body)
    ? (body as Body)
    : undefined;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

/** What is wrong with a body; `partial` takes one that names some fields only. */
export function complaintsAbout(
  table: BodyTable,
  body: unknown,
  { partial = false }: { partial?: boolean } = {},
): readonly Complaint[] {
  const fields = asBody(body);
  if (fields === undefined) return [{ message: "the request body is not an object" }];
  return Object.entries(table).flatMap(([field, { type, required }]) => {
    const value = fields[field];
    if (value === undefined) {
      return required === true && !partial ? [{ field, message: `${field} is required` }] : [];
    }
    return typeOf(value) === type ? [] : [{ field, message: `${field} must be a ${type}` }];
  });
}
