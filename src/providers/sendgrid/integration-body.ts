import { clientError } from "./context.ts";
import { operations } from "./operations.ts";
import type {
  CreateIntegrationBody,
  FieldChange,
  SendGridIntegration,
  UpdateIntegrationChanges,
} from "./types.ts";

/** PostPatchIntegrationRequest, of a creation and of an update, requires them all. */
const REQUIRED = ["name", "enabled", "signin_url", "signout_url", "entity_id"] as const;

type Body = Partial<Record<keyof CreateIntegrationBody, unknown>>;

/** The whole body of an update, and the fields that differ from the stored ones. */
export function fullBody(
  before: SendGridIntegration,
  changes: UpdateIntegrationChanges,
): { readonly body: Body; readonly changed: readonly FieldChange[] } {
  const body: Body = {};
  for (const field of REQUIRED) {
    const value = changes[field] ?? before[field];
    if (value === undefined) throw incomplete(field);
    body[field] = value;
  }
  const { completed_integration } = changes;
  // Optional, and set by SendGrid itself: sent only if the caller sets it.
  if (completed_integration !== undefined) body.completed_integration = completed_integration;
  return { body, changed: differences(before, body) };
}

function incomplete(field: string) {
  const issues = [{ message: `${field} is missing.`, field }];
  return clientError("provider.incomplete", operations.updateIntegration, { field }, { issues });
}

function differences(before: Partial<SendGridIntegration>, body: Body): readonly FieldChange[] {
  return Object.entries(body)
    .map(([field, after]) => ({ field, before: before[field as keyof Body], after }))
    .filter(({ before: value, after }) => value !== after);
}

/** Fields that SendGrid returned with another value than was sent; absent ones do not count. */
export function notTaken(body: Body, after: SendGridIntegration): readonly FieldChange[] {
  return Object.entries(body)
    .map(([field, sent]) => ({ field, before: sent, after: after[field as keyof Body] }))
    .filter(({ before, after: answered }) => answered !== undefined && answered !== before);
}

/** The fields that tell one integration from another. */
const DISTINCT = ["name", "signin_url", "signout_url", "entity_id"] as const;

/** The integration that was just created with this body, if only one in the list can be it. */
export function newestLike(
  body: CreateIntegrationBody,
  list: readonly SendGridIntegration[],
): SendGridIntegration | undefined {
  const alike = list.filter((entry) => DISTINCT.every((field) => entry[field] === body[field]));
  const newest = alike.reduce((latest, { last_updated = 0 }) => Math.max(latest, last_updated), 0);
  const candidates = alike.filter(({ last_updated }) => (last_updated ?? 0) === newest);
  return candidates.length === 1 ? candidates[0] : undefined;
}
