import { type Values, words } from "../../core/codes/code.ts";
import { rotationCodes } from "../../core/codes/rotation.ts";

/** The danger that each guard protects from; naming it in `policy.overrides` skips the guard. */
export const guardOverrides = {
  "guard.nothing_desired": "remove_every_certificate",
  "guard.last_usable_certificate": "leave_no_usable_certificate",
  "guard.not_superseded": "retire_what_may_be_newer",
  "guard.expired_successor": "trust_expired_certificate",
  "guard.short_life": "accept_short_life",
  "guard.same_key_shorter_life": "accept_shorter_life_for_same_key",
  "guard.disabled_successor": "retire_while_successor_is_disabled",
  "guard.provider_full": "remove_before_adding",
  "guard.store_changed": "ignore_other_writers",
  "guard.still_published": "retire_what_is_still_published",
  "guard.old_key_still_used": "retire_what_is_still_used",
  "guard.other_entity": "accept_other_entity",
} as const;

/** The stable code of a guard, such as `guard.last_usable_certificate`. */
export type GuardCode = Extract<keyof typeof rotationCodes, `guard.${string}`>;

/** Every guard, by its code. */
export const guardCodes: readonly GuardCode[] = /* @__PURE__ */ Object.keys(
  guardOverrides,
) as GuardCode[];

/** The danger that skips a guard, such as `leave_no_usable_certificate`. */
export type GuardOverride = (typeof guardOverrides)[keyof typeof guardOverrides];

/** A guard that forbids a plan or a step. */
export interface Refusal {
  readonly code: GuardCode;
  readonly message: string;
  readonly hint: string;
  /** The value for `policy.overrides` that accepts the danger. */
  readonly override: GuardOverride;
  /** SHA-256 of the certificate that the guard protects. */
  readonly sha256?: string | undefined;
}

/** A refusal by a guard, in the words of its code. */
export function refusal(code: GuardCode, values: Values = {}, sha256?: string): Refusal {
  const { message, hint } = words(rotationCodes[code], values);
  const found = { code, message, hint, override: guardOverrides[code] };
  return sha256 === undefined ? found : { ...found, sha256 };
}

/** The refusals whose danger was not accepted. */
export function standing(
  refusals: readonly Refusal[],
  overrides: readonly GuardOverride[],
): readonly Refusal[] {
  return refusals.filter(({ override }) => !overrides.includes(override));
}
