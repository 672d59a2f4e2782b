import type { XmlElement } from "../../xml/element.ts";
import { attribute, children, quoted, type Rule, type Visit } from "./rule.ts";

const LABEL = "http://ukfederation.org.uk/2006/11/label";
/** Its Metadata Registration Practice Statement, the only one there has been. */
const MDRPS = "http://ukfederation.org.uk/doc/mdrps-20130902";
const URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const REFEDS = "https://refeds.org/category/";
const RESEARCH = "http://refeds.org/category/research-and-scholarship";

const SUPPORTED = [
  RESEARCH,
  "http://www.geant.net/uri/dataprotection-code-of-conduct/v1",
  ...["code-of-conduct/v2", "personalized", "anonymous", "pseudonymous"].map(
    (name) => REFEDS + name,
  ),
];

/** The entity attributes that it registers, and their values. */
const REGISTERED: Readonly<Record<string, readonly string[]>> = {
  "http://macedir.org/entity-category": [
    ...SUPPORTED,
    "http://refeds.org/category/hide-from-discovery",
  ],
  "http://macedir.org/entity-category-support": SUPPORTED,
  "urn:oasis:names:tc:SAML:attribute:assurance-certification": [
    "https://refeds.org/sirtfi",
    "https://refeds.org/sirtfi2",
  ],
  "urn:oasis:names:tc:SAML:profiles:subject-id:req": ["subject-id", "pairwise-id", "none", "any"],
};

const ukf = { severity: "error", only: ["ukf"] } as const;

function labels(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.namespace === LABEL ? [child] : []),
    ...labels(child),
  ]);
}

const registrations = (entity: XmlElement): readonly XmlElement[] =>
  children(entity, "md:Extensions").flatMap((one) => children(one, "mdrpi:RegistrationInfo"));
const isOfUk = (registration: XmlElement): boolean =>
  attribute(registration, "registrationAuthority") === "http://ukfederation.org.uk";

const attributesOf = ({ element }: Visit): readonly XmlElement[] =>
  children(element, "saml:Attribute");

/** What the UK federation's registrar checks of what it registers, and nobody else needs to. */
export const ukfRules: readonly Rule[] = [
  {
    ...ukf,
    code: "metadata.ukf.label_repeated",
    summary: "A UK federation label is there more than once.",
    hint: "Keep one of each.",
    source: "UK federation check_ukfedlabel",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const names = labels(element).map(({ localName }) => localName);
      return [...new Set(names)]
        .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
        .map((name) => `ukfedlabel:${name} is there more than once.`);
    },
  },
  {
    ...ukf,
    code: "metadata.ukf.label_conflict",
    summary: "Two UK federation labels exclude each other.",
    hint: "Keep one of them.",
    source: "UK federation check_ukfedlabel, check_ukreg",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const found = labels(element);
      const has = (name: string): boolean => found.some(({ localName }) => localName === name);
      return [
        ...(has("ExportOptIn") && has("ExportOptOut")
          ? ["ExportOptIn and ExportOptOut exclude each other."]
          : []),
        ...(has("EnableFlow") && has("DisableFlow")
          ? ["EnableFlow and DisableFlow exclude each other."]
          : []),
      ];
    },
  },
  {
    ...ukf,
    code: "metadata.ukf.entity_attribute",
    summary: "An entity attribute is not one that the UK federation registers.",
    hint: "Leave it out.",
    source: "UK federation check_uk_mdattr",
    on: ["mdattr:EntityAttributes"],
    check: (visit) => [
      ...(children(visit.element, "saml:Assertion").length > 0
        ? ["EntityAttributes have an Assertion."]
        : []),
      ...attributesOf(visit).flatMap((one) => {
        const name = attribute(one, "Name") ?? "";
        const values = REGISTERED[name];
        if (values === undefined)
          return [`The entity attribute ${quoted(name)} is not registered.`];
        if (attribute(one, "NameFormat") !== URI)
          return [`The entity attribute ${quoted(name)} has the wrong NameFormat.`];
        return children(one, "saml:AttributeValue")
          .filter(({ text }) => !values.includes(text))
          .map(({ text }) => `The value ${quoted(text)} of ${quoted(name)} is not registered.`);
      }),
    ],
  },
  {
    ...ukf,
    code: "metadata.ukf.registration_policy",
    summary: "An entity of the Research and Scholarship category names no registration policy.",
    hint: "Add an mdrpi:RegistrationPolicy.",
    source: "UK federation check_uk_rands",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const extensions = children(element, "md:Extensions");
      const isMember = extensions
        .flatMap((one) => children(one, "mdattr:EntityAttributes"))
        .flatMap((one) => children(one, "saml:Attribute"))
        .flatMap((one) => children(one, "saml:AttributeValue"))
        .some(({ text }) => text === RESEARCH);
      const hasPolicy = registrations(element).some(
        (one) => children(one, "mdrpi:RegistrationPolicy").length > 0,
      );
      return isMember && !hasPolicy ? "There is no RegistrationPolicy." : undefined;
    },
  },
  {
    ...ukf,
    code: "metadata.ukf.export_incomplete",
    summary:
      "An entity that the UK federation is to export does not say when and by which policy it was registered.",
    hint: "Add registrationInstant and an mdrpi:RegistrationPolicy to the RegistrationInfo.",
    source: "UK federation check_uk_mdrps",
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      const isExported = labels(element).some(({ localName }) => localName === "ExportOptIn");
      return registrations(element)
        .filter(isOfUk)
        .flatMap((one) => [
          ...(isExported && attribute(one, "registrationInstant") === undefined
            ? ["There is no registrationInstant."]
            : []),
          ...(isExported && children(one, "mdrpi:RegistrationPolicy").length === 0
            ? ["There is no RegistrationPolicy."]
            : []),
        ]);
    },
  },
  {
    ...ukf,
    code: "metadata.ukf.policy_unknown",
    summary: "An entity of the UK federation names a registration policy that it does not have.",
    hint: `Name ${MDRPS}.`,
    source: "UK federation check_uk_mdrps",
    on: ["mdrpi:RegistrationInfo"],
    check: ({ element }) =>
      (isOfUk(element) ? children(element, "mdrpi:RegistrationPolicy") : [])
        .filter(({ text }) => text.trim() !== MDRPS)
        .map(({ text }) => `RegistrationPolicy is ${quoted(text.trim())}.`),
  },
];
