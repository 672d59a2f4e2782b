import { clientError } from "./context.ts";
import { operations } from "./operations.ts";
import type {
  CreateIntegrationBody,
  FieldChange,
  SendGridIntegration,
  UpdateIntegrationChanges,
} from "./types.ts";

/** PostPatchIntegrationRequest, which an update shares with a creation, requires them all. */
const REQUIRED = ["name", "enabled", "signin_url", "signout_url", "entity_id"] as const;

type Body = Partial<Record<keyof CreateIntegrationBody, unknown>>;

/** The whole body of an update, and what in it differs from what SendGrid holds. */
export function fullBody(
  before: SendGridIntegration,
  changes: UpdateIntegrationChanges,
): { readonly body: Body; readonly changed: readonly FieldChange[] } {
  const body: Body = {};
  for (const field of REQUIRED) {
    const value = changes[field] ?? before[field];
    if (value === undefined) throw cannotMerge(field);
    body[field] = value;
  }
  const { completed_integration } = changes;
  // Not one of the required fields, and one that SendGrid sets itself: only if the caller says so.
  if (completed_integration !== undefined) body.completed_integration = completed_integration;
  return { body, changed: differences(before, body) };
}

function cannotMerge(field: string) {
  return clientError(
    "provider.unreadable",
    `SendGrid does not say what ${field} is, and an update has to send it.`,
    operations.updateIntegration,
    { hint: `Name ${field} among the changes: it is never guessed.`, field },
  );
}

function differences(before: Partial<SendGridIntegration>, body: Body): readonly FieldChange[] {
  return Object.entries(body)
    .map(([field, after]) => ({ field, before: before[field as keyof Body], after }))
    .filter(({ before: value, after }) => value !== after);
}

/** What SendGrid answered otherwise than it was sent; what it does not tell is not counted. */
export function notTaken(body: Body, after: SendGridIntegration): readonly FieldChange[] {
  return Object.entries(body)
    .map(([field, sent]) => ({ field, before: sent, after: after[field as keyof Body] }))
    .filter(({ before, after: answered }) => answered !== undefined && answered !== before);
}

const TELLING = ["name", "signin_url", "signout_url", "entity_id"] as const;

/** The integration that was just created with this body, if the list leaves no doubt which. */
export function newestLike(
  body: CreateIntegrationBody,
  list: readonly SendGridIntegration[],
): SendGridIntegration | undefined {
  const alike = list.filter((entry) => TELLING.every((field) => entry[field] === body[field]));
  const newest = alike.reduce((latest, { last_updated = 0 }) => Math.max(latest, last_updated), 0);
  const candidates = alike.filter(({ last_updated }) => (last_updated ?? 0) === newest);
  return candidates.length === 1 ? candidates[0] : undefined;
}
