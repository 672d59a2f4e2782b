import type { Severity } from "../../core/finding.ts";
import { is, type Profile, ROLES, type Rule, type Visit } from "./rule.ts";

/** What a profile says apart from the rules themselves. */
interface Terms {
  /** The longest that `validUntil` may lie ahead, in days. */
  readonly maxValidityDays?: number;
  /** Roles that it does not ask about: what is wrong in them alone is at most a warning. */
  readonly others?: readonly (typeof ROLES)[number][];
}

const others = (own: (typeof ROLES)[number]): Terms => ({
  others: ROLES.filter((role) => role !== own),
});

const PROFILES: Readonly<Record<Profile, Terms>> = {
  sp: others("md:SPSSODescriptor"),
  // Who runs AD FS cannot change its service provider role, nor does a sign-on need it.
  idp: others("md:IDPSSODescriptor"),
  saml2int: {},
  edugain: { maxValidityDays: 28 },
  ukf: {},
};

/** The shortest of what the profiles allow, or a year. */
export function maxValidityDays(profiles: ReadonlySet<Profile>): number {
  return Math.min(365, ...[...profiles].map((name) => PROFILES[name]?.maxValidityDays ?? 365));
}

/**
 * The strictest severity that one of the profiles asks for, or the rule's own; a warning at most where
 * none of them asks about the role, unless it is the whole document that is spoilt.
 */
export function severityOf(
  { severity, severityIn, ofDocument }: Pick<Rule, "severity" | "severityIn" | "ofDocument">,
  visit: Visit,
  profiles: ReadonlySet<Profile>,
): Severity {
  const asked = [...profiles].flatMap((profile) => severityIn?.[profile] ?? []);
  const levels = ["error", "warning", "notice"] as const;
  const own = levels.find((level) => asked.includes(level)) ?? severity;
  const isSpared = own === "error" && ofDocument !== true && isInOtherRole(visit, profiles);
  return isSpared ? "warning" : own;
}

function isInOtherRole({ element, ancestors }: Visit, profiles: ReadonlySet<Profile>): boolean {
  const role = [...ancestors, element].find((one) => is(one, ...ROLES));
  if (role === undefined || profiles.size === 0) return false;
  return [...profiles].every((name) => is(role, ...(PROFILES[name]?.others ?? [])));
}
