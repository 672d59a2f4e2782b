import { createTeammateWire, updateTeammateWire } from "../../providers/sendgrid/wire.ts";
import { complaintsAbout, type Fields, fieldsOf } from "./checks.ts";
import type { FakeTeammate, SendGridQuirks } from "./types.ts";
import { type Handler, Refused, refuseIfAny } from "./world.ts";

/** The scopes that SendGrid always adds. */
const BASELINE = ["2fa_required", "sender_verification_eligible"];

interface Access {
  readonly id: number;
  readonly permission_type: string;
  readonly scopes?: readonly string[];
}

function accessOf(body: Fields, { unacceptableScopes }: SendGridQuirks): readonly Access[] {
  const access = (body["subuser_access"] ?? []) as readonly Access[];
  const dropped = access.some(({ scopes = [] }) =>
    scopes.some((scope) => unacceptableScopes.includes(scope)),
  );
  return dropped ? [] : access;
}

/** The rights of a teammate as SendGrid repeats them: scopes sorted, with its own among them. */
function rightsOf(body: Fields, quirks: SendGridQuirks): Fields {
  const scopes = (body["scopes"] ?? []) as readonly string[];
  return {
    first_name: body["first_name"],
    last_name: body["last_name"],
    is_admin: body["is_admin"] ?? false,
    is_sso: true,
    scopes: [...new Set([...scopes, ...BASELINE])].sort(),
    has_restricted_subuser_access: body["has_restricted_subuser_access"] ?? false,
    subuser_access: accessOf(body, quirks).map((entry) => ({
      ...entry,
      username: `subuser_${entry.id}`,
      email: `subuser_${entry.id}@example.com`,
      disabled: false,
    })),
  };
}

export const createTeammate: Handler = ({ body }, { state, quirks }) => {
  refuseIfAny(complaintsAbout(createTeammateWire, body));
  const fields = fieldsOf(body);
  const email = String(fields["email"]);
  if (state.teammates.has(email)) {
    throw new Refused(400, { field: "email", message: "the teammate exists" });
  }
  const teammate: FakeTeammate = { ...rightsOf(fields, quirks), email };
  state.teammates.set(email, teammate);
  return { status: 201, json: teammate };
};

export const updateTeammate: Handler = ({ parameters, body }, { state, quirks }) => {
  const email = parameters["username"] ?? "";
  const before = state.teammates.get(email);
  if (before === undefined) throw new Refused(404, { message: "teammate not found" });
  refuseIfAny(complaintsAbout(updateTeammateWire, body));
  const teammate: FakeTeammate = { ...before, ...rightsOf(fieldsOf(body), quirks) };
  state.teammates.set(email, teammate);
  const user_type = teammate["is_admin"] === true ? "admin" : "teammate";
  return { status: 200, json: { ...teammate, username: email, user_type } };
};
