/** The stable code of a guard, such as `guard.last_usable_certificate`. */
export type GuardCode =
  | "guard.nothing_desired"
  | "guard.last_usable_certificate"
  | "guard.not_superseded"
  | "guard.expired_successor"
  | "guard.short_life"
  | "guard.same_key_shorter_life"
  | "guard.disabled_successor"
  | "guard.provider_full"
  | "guard.store_changed"
  | "guard.still_published"
  | "guard.other_entity";

/** The name of the danger that sets a guard aside, such as `leave_no_usable_certificate`. */
export type GuardOverride =
  | "remove_every_certificate"
  | "leave_no_usable_certificate"
  | "retire_what_may_be_newer"
  | "trust_expired_certificate"
  | "accept_short_life"
  | "accept_shorter_life_for_same_key"
  | "retire_while_successor_is_disabled"
  | "remove_before_adding"
  | "ignore_other_writers"
  | "retire_what_is_still_published"
  | "accept_other_entity";

/** A guard: what it forbids, and the name of the danger that sets it aside. */
export interface GuardEntry {
  readonly override: GuardOverride;
  readonly summary: string;
  readonly hint: string;
}

/** Every guard, by its code. */
export const guards: Readonly<Record<GuardCode, GuardEntry>> = {
  "guard.nothing_desired": {
    override: "remove_every_certificate",
    summary: "No certificate is desired, so that the plan would remove all that are stored.",
    hint: "Give the certificate that the identity provider signs with.",
  },
  "guard.last_usable_certificate": {
    override: "leave_no_usable_certificate",
    summary:
      "The step would leave the connection without a certificate that is valid at that time.",
    hint: "Add a certificate that is valid before the last one is removed.",
  },
  "guard.not_superseded": {
    override: "retire_what_may_be_newer",
    summary:
      "A stored certificate began later and lasts longer than every desired one: somebody may have staged it.",
    hint: "Add it to the desired certificates, or check that the desired ones are not old.",
  },
  "guard.expired_successor": {
    override: "trust_expired_certificate",
    summary: "Every desired certificate has expired.",
    hint: "Renew the certificate at the identity provider and give the new one.",
  },
  "guard.short_life": {
    override: "accept_short_life",
    summary: "The longest-lived desired certificate ends sooner than the policy's minimum.",
    hint: "Renew the certificate at the identity provider first, or lower the minimum.",
  },
  "guard.same_key_shorter_life": {
    override: "accept_shorter_life_for_same_key",
    summary: "A desired certificate has the key of a stored one, but ends before it.",
    hint: "Check that the certificate is the renewal and not an earlier issue of the same key.",
  },
  "guard.disabled_successor": {
    override: "retire_while_successor_is_disabled",
    summary: "The provider holds a desired certificate disabled.",
    hint: "Set `enabled: true` in the policy, or enable it at the provider.",
  },
  "guard.provider_full": {
    override: "remove_before_adding",
    summary: "The provider has no room for a new certificate beside those that are in use.",
    hint: "Remove one that is not in use, or choose `replaceInPlace`.",
  },
  "guard.store_changed": {
    override: "ignore_other_writers",
    summary: "The stored certificates are not those that the plan was made for.",
    hint: "Find out who else writes to this connection, then make a new plan.",
  },
  "guard.still_published": {
    override: "retire_what_is_still_published",
    summary: "The identity provider still publishes a certificate that is to be retired.",
    hint: "Wait until the identity provider has switched, then resume.",
  },
  "guard.other_entity": {
    override: "accept_other_entity",
    summary: "The metadata describes another entity than the connection expects.",
    hint: "Check the address of the metadata and the identity provider's issuer.",
  },
};

/** A guard that forbids a plan or a step. */
export interface Refusal {
  readonly code: GuardCode;
  readonly message: string;
  readonly hint: string;
  /** What to put into `policy.overrides` to do it all the same. */
  readonly override: GuardOverride;
  /** SHA-256 of the certificate that it is about. */
  readonly sha256?: string | undefined;
}

/** A refusal by the guard of that name. */
export function refusal(code: GuardCode, message: string, sha256?: string): Refusal {
  const { override, hint } = guards[code];
  return sha256 === undefined
    ? { code, message, hint, override }
    : { code, message, hint, override, sha256 };
}

/** Those refusals whose danger was not accepted. */
export function standing(
  refusals: readonly Refusal[],
  overrides: readonly GuardOverride[],
): readonly Refusal[] {
  return refusals.filter(({ override }) => !overrides.includes(override));
}
