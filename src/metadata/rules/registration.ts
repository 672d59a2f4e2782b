import { attribute, children, descendants, is, quoted, type Rule, type Visit } from "./rule.ts";

const MDRPI = "SAML V2.0 Metadata Extensions for Registration and Publication Information, 2";

const inEntityExtensions = ({ ancestors }: Visit): boolean =>
  is(ancestors.at(-1), "md:Extensions") &&
  is(ancestors.at(-2), "md:EntityDescriptor", "md:EntitiesDescriptor");

const TIMES = {
  "mdrpi:RegistrationInfo": "registrationInstant",
  "mdrpi:PublicationInfo": "creationInstant",
  "mdrpi:Publication": "creationInstant",
} as const;
const TIMED = Object.keys(TIMES) as (keyof typeof TIMES)[];

/** Who registered the entity, and who published the document. */
export const registrationRules: readonly Rule[] = [
  {
    code: "metadata.registration.misplaced",
    severity: "error",
    summary:
      "Registration or publication information is not in the extensions of an entity or a group.",
    hint: "Move it to the Extensions of the EntityDescriptor or EntitiesDescriptor.",
    source: `${MDRPI}.1 and ${MDRPI}.2`,
    on: ["mdrpi:RegistrationInfo", "mdrpi:PublicationInfo", "mdrpi:PublicationPath"],
    check: (visit) =>
      inEntityExtensions(visit)
        ? undefined
        : `${visit.element.localName} stands in the wrong place.`,
  },
  {
    code: "metadata.registration.repeated",
    severity: "error",
    summary: "Registration or publication information is there more than once.",
    hint: "Keep one of each in the same Extensions, and none below a group that has it.",
    source: `${MDRPI}.1 and ${MDRPI}.2`,
    on: ["md:Extensions"],
    check: ({ element, ancestors }) => {
      const twice = (
        ["mdrpi:RegistrationInfo", "mdrpi:PublicationInfo", "mdrpi:PublicationPath"] as const
      )
        .filter((name) => children(element, name).length > 1)
        .map((name) => `${name} is there more than once.`);
      const group = ancestors.at(-1);
      const isOfGroup =
        is(group, "md:EntitiesDescriptor") &&
        children(element, "mdrpi:RegistrationInfo").length > 0;
      const below =
        isOfGroup && group !== undefined
          ? descendants(group, "mdrpi:RegistrationInfo").length -
            children(element, "mdrpi:RegistrationInfo").length
          : 0;
      return below > 0 ? [...twice, "RegistrationInfo is on a group, and below it again."] : twice;
    },
  },
  {
    code: "metadata.registration.unknown",
    severity: "error",
    summary: "The registration extension has no such element, or not in this place.",
    hint: "Check the name: RegistrationInfo, PublicationInfo and PublicationPath stand in Extensions.",
    source: `${MDRPI}`,
    on: ["mdrpi:*"],
    check: ({ element, ancestors }) => {
      const parent = ancestors.at(-1);
      const known = is(parent, "md:Extensions")
        ? is(element, "mdrpi:RegistrationInfo", "mdrpi:PublicationInfo", "mdrpi:PublicationPath")
        : is(
            element,
            "mdrpi:RegistrationInfo",
            "mdrpi:PublicationInfo",
            "mdrpi:PublicationPath",
            "mdrpi:RegistrationPolicy",
            "mdrpi:UsagePolicy",
            "mdrpi:Publication",
          );
      return known ? undefined : `mdrpi:${element.localName} is misspelled, or in the wrong place.`;
    },
  },
  {
    code: "metadata.registration.not_utc",
    severity: "warning",
    summary: "The time of registration or publication is not in UTC with the letter Z.",
    hint: "Write it as 2031-07-09T12:00:00Z.",
    source: `${MDRPI}.1.1 and ${MDRPI}.2.1`,
    severityIn: { edugain: "error", ukf: "error" },
    on: TIMED,
    check: ({ element }) => {
      const name = TIMED.find((candidate) => is(element, candidate));
      const time = name === undefined ? undefined : attribute(element, TIMES[name]);
      return time !== undefined && !time.trim().endsWith("Z")
        ? `The time is ${quoted(time)}.`
        : undefined;
    },
  },
  {
    code: "metadata.registration.publication_below_root",
    severity: "warning",
    summary: "Publication information is not on the root of the document.",
    hint: "Say who published the document once, on its root.",
    source: `${MDRPI}.2`,
    severityIn: { ukf: "error", edugain: "error" },
    on: ["mdrpi:PublicationInfo"],
    check: (visit) =>
      inEntityExtensions(visit) && visit.ancestors.length > 2
        ? "PublicationInfo stands below the root."
        : undefined,
  },
  {
    code: "metadata.registration.missing",
    severity: "error",
    summary: "The entity does not say who registered it.",
    hint: "Add mdrpi:RegistrationInfo to its Extensions.",
    source: "eduGAIN SAML profile, 3.2; UK federation check_hasreginfo",
    only: ["edugain", "ukf"],
    on: ["md:EntityDescriptor"],
    check: ({ element, ancestors }) =>
      [element, ...ancestors].some((one) =>
        children(one, "md:Extensions").some(
          (extensions) => children(extensions, "mdrpi:RegistrationInfo").length > 0,
        ),
      )
        ? undefined
        : "There is no RegistrationInfo.",
  },
];
