import type { SendGridTeammate, SubuserAccess, UpdateTeammateBody } from "./types.ts";

interface Rule {
  readonly field: string;
  readonly broken: (body: UpdateTeammateBody) => boolean;
  /** Follows the field's name. */
  readonly problem: string;
}

const given = (value: unknown): boolean => value !== undefined;

/** Combinations that the descriptions of the fields rule out (SsoTeammatesBaseRequestProps). */
const RULES: readonly Rule[] = [
  {
    field: "persona",
    broken: ({ is_admin, persona }) => is_admin === true && given(persona),
    problem: "cannot be set with is_admin: an admin has all scopes",
  },
  {
    field: "scopes",
    broken: ({ is_admin, scopes }) => is_admin === true && given(scopes),
    problem: "cannot be set with is_admin: an admin has all scopes",
  },
  {
    field: "scopes",
    broken: ({ persona, scopes }) => given(persona) && given(scopes),
    problem: "cannot be set with persona, which has its own scopes",
  },
  {
    field: "has_restricted_subuser_access",
    broken: ({ has_restricted_subuser_access: restricted, is_admin, persona, scopes }) =>
      restricted === true && (is_admin === true || given(persona) || given(scopes)),
    problem:
      "cannot be set with is_admin, persona or scopes, which are rights of the parent account",
  },
  {
    field: "subuser_access",
    broken: ({ has_restricted_subuser_access: restricted, subuser_access = [] }) =>
      subuser_access.length > 0 && restricted !== true,
    problem: "needs has_restricted_subuser_access set to true",
  },
  {
    field: "subuser_access",
    broken: ({ subuser_access = [] }) =>
      subuser_access.some((entry) => entry.permission_type === "admin" && given(entry.scopes)),
    problem: "has scopes with permission_type admin: an admin of a subuser has all its scopes",
  },
  {
    field: "subuser_access",
    broken: ({ subuser_access = [] }) =>
      !subuser_access.every(({ id }) => Number.isSafeInteger(id)),
    problem: "has an id that is not a whole number",
  },
];

/** The rules that a body breaks. */
export function teammateFaults(body: UpdateTeammateBody): readonly Rule[] {
  return RULES.filter(({ broken }) => broken(body));
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

/** Requested rights that are not in the answer. A scope that the answer does not name was dropped. */
export function droppedRights(body: UpdateTeammateBody, teammate: SendGridTeammate): string[] {
  const plain = PLAIN.filter(
    (field) => given(body[field]) && given(teammate[field]) && body[field] !== teammate[field],
  );
  const scopes = missing(body.scopes, teammate.scopes).map((scope) => `scopes ${scope}`);
  const access = (body.subuser_access ?? []).flatMap((entry) => droppedAccess(entry, teammate));
  return [...plain, ...scopes, ...access];
}
