import type { SendGridTeammate, SubuserAccess, UpdateTeammateBody } from "./types.ts";

interface Rule {
  readonly field: string;
  readonly broken: (body: UpdateTeammateBody) => boolean;
  readonly message: string;
}

const given = (value: unknown): boolean => value !== undefined;

/** What the descriptions of the request's fields rule out (tsg_sso_v3, SsoTeammatesBaseRequestProps). */
const RULES: readonly Rule[] = [
  {
    field: "persona",
    broken: ({ is_admin, persona }) => is_admin === true && given(persona),
    message: "An admin has all scopes: persona cannot be set with is_admin.",
  },
  {
    field: "scopes",
    broken: ({ is_admin, scopes }) => is_admin === true && given(scopes),
    message: "An admin has all scopes: scopes cannot be set with is_admin.",
  },
  {
    field: "scopes",
    broken: ({ persona, scopes }) => given(persona) && given(scopes),
    message: "A persona brings its own scopes: scopes cannot be set with persona.",
  },
  {
    field: "has_restricted_subuser_access",
    broken: ({ has_restricted_subuser_access: restricted, is_admin, persona, scopes }) =>
      restricted === true && (is_admin === true || given(persona) || given(scopes)),
    message:
      "Restricted subuser access rules out is_admin, persona and scopes, which are of the parent account.",
  },
  {
    field: "subuser_access",
    broken: ({ has_restricted_subuser_access: restricted, subuser_access = [] }) =>
      subuser_access.length > 0 && restricted !== true,
    message: "subuser_access needs has_restricted_subuser_access set to true.",
  },
  {
    field: "subuser_access",
    broken: ({ subuser_access = [] }) =>
      subuser_access.some((entry) => entry.permission_type === "admin" && given(entry.scopes)),
    message: "An admin of a subuser has all its scopes: no scopes with permission_type admin.",
  },
  {
    field: "subuser_access",
    broken: ({ subuser_access = [] }) =>
      !subuser_access.every(({ id }) => Number.isSafeInteger(id)),
    message: "The id of a subuser is a whole number.",
  },
];

/** The exclusions that a body breaks. */
export function teammateFaults(
  body: UpdateTeammateBody,
): readonly { readonly field: string; readonly message: string }[] {
  return RULES.filter(({ broken }) => broken(body)).map(({ field, message }) => ({
    field,
    message,
  }));
}

const PLAIN = ["first_name", "last_name", "is_admin", "has_restricted_subuser_access"] as const;

function missing(wanted: readonly string[] = [], got: readonly string[] = []): readonly string[] {
  const held = new Set(got);
  return wanted.filter((entry) => !held.has(entry));
}

function droppedAccess(wanted: SubuserAccess, { subuser_access = [] }: SendGridTeammate) {
  const place = `subuser_access ${wanted.id}`;
  const got = subuser_access.find(({ id }) => id === wanted.id);
  if (got === undefined) return [place];
  const lost = missing(wanted.scopes, got.scopes).map((scope) => `${place} ${scope}`);
  const type = got.permission_type;
  const demoted = type !== undefined && type !== wanted.permission_type;
  return demoted ? [`${place} ${wanted.permission_type}`, ...lost] : lost;
}

/** What was asked for and is not in the answer. A scope that is not told of counts as dropped. */
export function droppedRights(body: UpdateTeammateBody, teammate: SendGridTeammate): string[] {
  const plain = PLAIN.filter(
    (field) => given(body[field]) && given(teammate[field]) && body[field] !== teammate[field],
  );
  const scopes = missing(body.scopes, teammate.scopes).map((scope) => `scopes ${scope}`);
  const access = (body.subuser_access ?? []).flatMap((entry) => droppedAccess(entry, teammate));
  return [...plain, ...scopes, ...access];
}
