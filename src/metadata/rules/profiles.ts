import { type MetadataRuleCode, metadataRuleCodes } from "../../core/codes/metadata/rules.ts";
import type { Severity } from "../../core/finding.ts";
import { AMOUNT, checkOptions, OBJECT, oneOf, unknownName } from "../../core/options.ts";
import { type Severities, severityUnder } from "../../core/rule.ts";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import { metadataRules } from "./all.ts";
import { is } from "./find.ts";
import { ROLES, type Visit } from "./rule.ts";

/** The requirements of profiles beyond the standard, as plain data. */
export interface MetadataProfile {
  /** Severities of rules, or `off`. A rule that is opt-in runs only where a profile names it. */
  readonly rules: Severities<MetadataRuleCode>;
  /**
   * The role that the profile is about. An error that concerns only another role counts as a warning,
   * because the role that was asked about works.
   */
  readonly role?: "IDPSSODescriptor" | "SPSSODescriptor" | undefined;
  /** The longest that `validUntil` may be ahead. Default: 365 days. */
  readonly maxValiditySeconds?: number | undefined;
}

/**
 * The profiles that come with the package: for a service provider's or an identity provider's own
 * metadata, for the saml2int deployment profile, for eduGAIN, and the checks of the UK federation's
 * registrar.
 */
export type ProfileName = "sp" | "idp" | "saml2int" | "edugain" | "ukf";

/** A profile, or the name of one. */
export type Profile = ProfileName | MetadataProfile;

const MAX_VALIDITY_SECONDS = 365 * SECONDS_PER_DAY;

type Rules = MetadataProfile["rules"];

/** Demands of the standards that no consumer enforces by refusing the document. */
const STANDARDS: Rules = {
  "metadata.entity.id_not_absolute": "error",
  "metadata.binding.not_allowed": "error",
  "metadata.binding.attribute_service": "error",
  "metadata.algorithm.on_signing_key": "error",
  "metadata.algorithm.misplaced": "error",
  "metadata.holder_of_key.endpoint": "error",
  "metadata.holder_of_key.unknown": "error",
  "metadata.language.repeated": "error",
  "metadata.organization.url": "error",
  "metadata.entity_attributes.misplaced": "error",
  "metadata.entity_attributes.repeated": "error",
  "metadata.entity_attributes.assertion": "error",
  "metadata.registration.misplaced": "error",
  "metadata.registration.repeated": "error",
  "metadata.registration.unknown": "error",
  "metadata.ui.misplaced": "error",
  "metadata.ui.repeated": "error",
  "metadata.ui.unknown": "error",
  "metadata.ui.url": "error",
  "metadata.ui.logo": "error",
  "metadata.ui.geolocation": "error",
  "metadata.discovery.response_binding": "error",
  "metadata.discovery.response_index": "error",
  "metadata.discovery.initiator_binding": "error",
};

const CATEGORIES: Rules = {
  "metadata.category.research_and_scholarship": "error",
  "metadata.category.support_by_service": "error",
  "metadata.category.code_of_conduct_1": "error",
  "metadata.category.code_of_conduct_2": "error",
  "metadata.category.access": "error",
  "metadata.category.sirtfi": "error",
  "metadata.category.subject_id": "error",
};

const UKF: Rules = {
  ...STANDARDS,
  ...CATEGORIES,
  "metadata.entity.id_scheme": "error",
  "metadata.entity.urn_unregistered": "error",
  "metadata.key.several": "error",
  "metadata.key.issuers": "error",
  "metadata.key.sp_encryption": "error",
  "metadata.key.foreign": "error",
  "metadata.key.no_descriptor": "error",
  "metadata.key.not_embedded": "error",
  "metadata.key.name": "error",
  "metadata.key.serial_number": "error",
  "metadata.algorithm.unknown": "error",
  "metadata.algorithm.broken": "error",
  "metadata.endpoint.insecure": "error",
  "metadata.endpoint.percent": "error",
  "metadata.endpoint.default_port": "error",
  "metadata.binding.unknown": "error",
  "metadata.binding.saml1_protocol": "error",
  "metadata.binding.saml1_consumer": "error",
  "metadata.binding.saml1_attribute_service": "error",
  "metadata.binding.sso_repeated": "error",
  "metadata.binding.shibboleth_protocol": "error",
  "metadata.binding.adfs": "error",
  "metadata.text.carriage_return": "error",
  "metadata.organization.line_break": "error",
  "metadata.organization.missing": "error",
  "metadata.contact.email_form": "error",
  "metadata.contact.incommon": "error",
  "metadata.name_id.formats": "error",
  "metadata.name_id.saml1_formats": "error",
  "metadata.extension.unknown_namespace": "error",
  "metadata.attribute.requested_format": "error",
  "metadata.attribute.requested_name": "error",
  "metadata.attribute.requested_unregistered": "error",
  "metadata.attribute.format": "error",
  "metadata.registration.publication_below_root": "error",
  "metadata.registration.missing": "error",
  "metadata.ui.logo_long": "error",
  "metadata.ui.ip_hint": "error",
  "metadata.ui.no_display_name": "error",
  "metadata.discovery.misplaced": "error",
  "metadata.scope.no_regexp": "error",
  "metadata.scope.wide": "error",
  "metadata.scope.expression": "error",
  "metadata.scope.not_domain": "error",
  "metadata.ukf.label_repeated": "error",
  "metadata.ukf.label_conflict": "error",
  "metadata.ukf.entity_attribute": "error",
  "metadata.ukf.registration_policy": "error",
  "metadata.ukf.export_incomplete": "error",
  "metadata.ukf.policy_unknown": "error",
};

const EDUGAIN: Rules = {
  ...STANDARDS,
  ...CATEGORIES,
  "metadata.document.no_valid_until": "error",
  "metadata.document.valid_too_long": "error",
  "metadata.document.cache_duration": "warning",
  "metadata.entity.id_scheme": "error",
  "metadata.signature.sha1": "error",
  "metadata.signature.own_key": "warning",
  "metadata.key.several": "error",
  "metadata.key.issuers": "error",
  "metadata.organization.missing": "error",
  "metadata.contact.email": "error",
  "metadata.contact.security": "error",
  "metadata.name_id.formats": "warning",
  "metadata.entity_attributes.white_space": "error",
  "metadata.registration.publication_below_root": "error",
  "metadata.registration.missing": "error",
  "metadata.ui.incomplete": "warning",
  "metadata.scope.wide": "error",
  "metadata.scope.expression": "error",
};

const SAML2INT: Rules = {
  ...STANDARDS,
  "metadata.document.no_valid_until": "warning",
  "metadata.signature.own_key": "warning",
  "metadata.key.sp_encryption": "error",
  "metadata.algorithm.weak": "error",
  "metadata.organization.missing": "warning",
  "metadata.name_id.formats": "warning",
  "metadata.attribute.format": "error",
  "metadata.ui.incomplete": "warning",
};

/** The profiles that `validateMetadata` knows by name. */
export const metadataProfiles: Readonly<Record<ProfileName, MetadataProfile>> = {
  sp: { role: "SPSSODescriptor", rules: { "metadata.entity.not_service_provider": "error" } },
  // An administrator of AD FS cannot change its service provider role, and sign-on does not need it.
  idp: { role: "IDPSSODescriptor", rules: { "metadata.entity.not_identity_provider": "error" } },
  saml2int: { rules: SAML2INT },
  edugain: { rules: EDUGAIN, maxValiditySeconds: 28 * SECONDS_PER_DAY },
  ukf: { rules: UKF },
};

/** The profiles that were asked for. Throws a `TypeError` for one that does not exist. */
export function resolveProfiles(
  profile: Profile | readonly Profile[] | undefined,
): readonly MetadataProfile[] {
  return [profile ?? []].flat().map((one) => {
    if (typeof one !== "string") return checkProfile(one);
    if (Object.hasOwn(metadataProfiles, one)) return metadataProfiles[one];
    throw new TypeError(unknownName("profile", one, metadataProfiles, "validateMetadata"));
  });
}

const SEVERITY = oneOf("error", "warning", "notice", "off");

function checkProfile(profile: MetadataProfile): MetadataProfile {
  checkOptions<{ profile: MetadataProfile }>({ profile }, { profile: OBJECT }, "validateMetadata");
  const kinds = {
    rules: OBJECT,
    role: oneOf("IDPSSODescriptor", "SPSSODescriptor"),
    maxValiditySeconds: AMOUNT,
  };
  checkOptions<MetadataProfile>(profile, kinds, "The profile");
  for (const [code, severity] of Object.entries(profile.rules ?? {})) {
    if (!Object.hasOwn(metadataRules, code)) {
      throw new TypeError(unknownName("rule", code, metadataRules, "The profile"));
    }
    if (!SEVERITY.is(severity)) throw new TypeError(`${code} must be ${SEVERITY.name}.`);
  }
  return profile;
}

/** The shortest of the limits of some profiles, or a year. */
export function maxValiditySeconds(profiles: readonly MetadataProfile[]): number {
  return Math.min(
    MAX_VALIDITY_SECONDS,
    ...profiles.flatMap((profile) => profile.maxValiditySeconds ?? []),
  );
}

const STRICTEST = ["error", "warning", "notice", "off"] as const;

/** The severity of each rule that runs: the strictest that a profile asks for, or its own. */
export function severitiesUnder(
  profiles: readonly MetadataProfile[],
): ReadonlyMap<MetadataRuleCode, Severity> {
  const found = new Map<MetadataRuleCode, Severity>();
  for (const code of Object.keys(metadataRules) as MetadataRuleCode[]) {
    const asked = profiles.flatMap(({ rules = {} }) => rules[code] ?? []);
    const chosen = STRICTEST.find((level) => asked.includes(level));
    const changes = chosen === undefined ? {} : { [code]: chosen };
    const own = metadataRuleCodes[code][0] as Severity;
    const severity = severityUnder(changes, code, own, metadataRules[code].optIn === true);
    if (severity !== undefined) found.set(code, severity);
  }
  return found;
}

/** True if an element is in a role that none of the profiles is about. */
export function isInOtherRole(
  { element, ancestors }: Visit,
  profiles: readonly MetadataProfile[],
): boolean {
  const role = [...ancestors, element].find((one) => is(one, ...ROLES));
  if (role === undefined || profiles.length === 0) return false;
  return profiles.every((profile) => profile.role !== undefined && profile.role !== role.localName);
}
