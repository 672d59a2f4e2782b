import { cut, quoted } from "../../core/quote.ts";
import { attributeNameFormats, entityAttributes, entityCategories } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import { SUBJECT_IDS } from "./categories.ts";
import { along, attribute, children, repeated } from "./find.ts";
import type { MetadataRule, MetadataRules, Spot } from "./rule.ts";

const LABEL = "http://ukfederation.org.uk/2006/11/label";
/** The only Metadata Registration Practice Statement of the UK federation. */
const MDRPS = "http://ukfederation.org.uk/doc/mdrps-20130902";

const { hideFromDiscovery, ...SUPPORTED } = entityCategories;

/** The entity attributes that the UK federation registers, and their values. */
const REGISTERED: Readonly<Record<string, readonly string[]>> = {
  [entityAttributes.category]: [...Object.values(SUPPORTED), hideFromDiscovery],
  [entityAttributes.categorySupport]: Object.values(SUPPORTED),
  [entityAttributes.assurance]: ["https://refeds.org/sirtfi", "https://refeds.org/sirtfi2"],
  [entityAttributes.subjectIdRequirement]: SUBJECT_IDS,
};

/** Pairs of labels that exclude each other. */
const CONFLICTS = [
  ["ExportOptIn", "ExportOptOut"],
  ["EnableFlow", "DisableFlow"],
] as const;

function labels(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.namespace === LABEL ? [child] : []),
    ...labels(child),
  ]);
}

const hasLabel = (entity: XmlElement, name: string): boolean =>
  labels(entity).some(({ localName }) => localName === name);

const registrations = (entity: XmlElement): readonly XmlElement[] =>
  along(entity, "md:Extensions", "mdrpi:RegistrationInfo");
const isOfUk = (registration: XmlElement): boolean =>
  attribute(registration, "registrationAuthority") === "http://ukfederation.org.uk";

/** The checks of the UK federation's registrar for the entities that it registers. */
function ofEntity(check: (entity: XmlElement) => ReturnType<MetadataRule["check"]>): MetadataRule {
  return { optIn: true, on: ["md:EntityDescriptor"], check: ({ element }) => check(element) };
}

export const ukfRules: MetadataRules<
  | "metadata.ukf.label_repeated"
  | "metadata.ukf.label_conflict"
  | "metadata.ukf.entity_attribute"
  | "metadata.ukf.registration_policy"
  | "metadata.ukf.export_incomplete"
  | "metadata.ukf.policy_unknown"
> = {
  "metadata.ukf.label_repeated": ofEntity((entity) =>
    repeated(labels(entity), ({ localName }) => localName).map(
      (element): Spot => ({ element, values: { label: cut(element.localName) } }),
    ),
  ),
  "metadata.ukf.label_conflict": ofEntity((entity) =>
    CONFLICTS.filter((pair) => pair.every((name) => hasLabel(entity, name))).map(
      ([first, second]): Spot => ({ values: { first, second } }),
    ),
  ),
  "metadata.ukf.entity_attribute": {
    optIn: true,
    on: ["mdattr:EntityAttributes"],
    check: ({ element }) => attributeFaults(element).map((fault): Spot => ({ values: { fault } })),
  },
  "metadata.ukf.registration_policy": ofEntity((entity) => {
    const isMember = along(
      entity,
      "md:Extensions",
      "mdattr:EntityAttributes",
      "saml:Attribute",
      "saml:AttributeValue",
    ).some(({ text }) => text === entityCategories.researchAndScholarship);
    const hasPolicy = registrations(entity).some(
      (one) => children(one, "mdrpi:RegistrationPolicy").length > 0,
    );
    return isMember && !hasPolicy;
  }),
  "metadata.ukf.export_incomplete": ofEntity((entity) =>
    registrations(entity)
      .filter((one) => isOfUk(one) && hasLabel(entity, "ExportOptIn"))
      .flatMap((one): readonly Spot[] => [
        ...(attribute(one, "registrationInstant") === undefined
          ? [{ element: one, values: { missing: "registrationInstant" } }]
          : []),
        ...(children(one, "mdrpi:RegistrationPolicy").length === 0
          ? [{ element: one, values: { missing: "RegistrationPolicy" } }]
          : []),
      ]),
  ),
  "metadata.ukf.policy_unknown": {
    optIn: true,
    on: ["mdrpi:RegistrationInfo"],
    check: ({ element }) =>
      (isOfUk(element) ? children(element, "mdrpi:RegistrationPolicy") : [])
        .filter(({ text }) => text.trim() !== MDRPS)
        .map((one): Spot => ({ element: one, values: { policy: quoted(one.text.trim()) } })),
  },
};

function attributeFaults(attributes: XmlElement): readonly string[] {
  const assertions = children(attributes, "saml:Assertion").map(() => "an assertion");
  const others = children(attributes, "saml:Attribute").flatMap((one): readonly string[] => {
    const name = attribute(one, "Name") ?? "";
    const registered = REGISTERED[name];
    if (registered === undefined) return [`the attribute ${quoted(name)}`];
    if (attribute(one, "NameFormat") !== attributeNameFormats.uri) {
      return [`the attribute ${quoted(name)} with another NameFormat`];
    }
    return children(one, "saml:AttributeValue")
      .filter(({ text }) => !registered.includes(text))
      .map(({ text }) => `the value ${quoted(text)} of ${quoted(name)}`);
  });
  return [...assertions, ...others];
}
