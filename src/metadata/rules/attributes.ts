import { saml1NameFault, saml2NameFault } from "./attribute-names.ts";
import { attribute, children, is, quoted, type Rule, type Verdict, type Visit } from "./rule.ts";

const URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const SHIBBOLETH_URI = "urn:mace:shibboleth:1.0:attributeNamespace:uri";
const MDATTR = "SAML V2.0 Metadata Extension for Entity Attributes, 2.3";

const nameOf = ({ element }: Visit): string => attribute(element, "Name") ?? "";

function requestedFormat(visit: Visit): Verdict {
  const format = attribute(visit.element, "NameFormat");
  if (format === URI || format === SHIBBOLETH_URI) return undefined;
  return format === undefined
    ? `The requested attribute ${quoted(nameOf(visit))} has no NameFormat.`
    : `The requested attribute ${quoted(nameOf(visit))} has the NameFormat ${quoted(format)}.`;
}

function requestedName(visit: Visit): Verdict {
  const format = attribute(visit.element, "NameFormat");
  const name = nameOf(visit);
  const fault =
    format === URI
      ? saml2NameFault(name)
      : format === SHIBBOLETH_URI
        ? saml1NameFault(name)
        : undefined;
  return fault === undefined ? undefined : `The requested attribute ${quoted(name)} ${fault}.`;
}

/** Attributes that are requested, offered, or of the entity itself. */
export const attributeRules: readonly Rule[] = [
  {
    code: "metadata.attribute.requested_format",
    severity: "warning",
    summary: "A requested attribute is not named by a URI.",
    hint: `Set NameFormat to ${URI}.`,
    source: "saml2int SDP-SP17; UK federation check_reqattr",
    severityIn: { ukf: "error" },
    on: ["md:RequestedAttribute"],
    check: requestedFormat,
  },
  {
    code: "metadata.attribute.requested_name",
    severity: "warning",
    summary: "The name of a requested attribute does not go with its NameFormat.",
    hint: "Name it urn:oid:... with SAML 2.0, urn:mace:... with SAML 1.",
    source: "MACE-Dir SAML Attribute Profiles, 2 and 3; UK federation check_reqattr",
    severityIn: { ukf: "error" },
    on: ["md:RequestedAttribute"],
    check: requestedName,
  },
  {
    code: "metadata.attribute.requested_unregistered",
    severity: "error",
    summary: "A requested attribute has no name that federations share.",
    hint: "Use the object identifier of the attribute: urn:oid:...",
    source: "UK federation check_reqattr",
    only: ["ukf"],
    on: ["md:RequestedAttribute"],
    check: (visit) => {
      const name = nameOf(visit);
      return attribute(visit.element, "NameFormat") === URI &&
        !/^urn:(?:oid|oasis):/.test(name) &&
        name !== "http://eduroam.cz/attributes/eduroamUID"
        ? `The requested attribute ${quoted(name)} is not known.`
        : undefined;
    },
  },
  {
    code: "metadata.attribute.format",
    severity: "warning",
    summary: "An attribute is not named by a URI.",
    hint: `Set NameFormat to ${URI}.`,
    source: "saml2int 0.2, 7; UK federation check_saml2int, check_shibboleth",
    severityIn: { saml2int: "error", ukf: "error" },
    on: ["saml:Attribute"],
    check: (visit) => {
      const format = attribute(visit.element, "NameFormat");
      if (format === URI) return undefined;
      return `The attribute ${quoted(nameOf(visit))} has ${format === undefined ? "no NameFormat" : `the NameFormat ${quoted(format)}`}.`;
    },
  },
  {
    code: "metadata.entity_attributes.misplaced",
    severity: "error",
    summary: "Entity attributes are not in the extensions of an entity or a group.",
    hint: "Move EntityAttributes to the Extensions of the EntityDescriptor.",
    source: MDATTR,
    on: ["mdattr:EntityAttributes"],
    check: ({ ancestors }) =>
      is(ancestors.at(-1), "md:Extensions") &&
      is(ancestors.at(-2), "md:EntityDescriptor", "md:EntitiesDescriptor")
        ? undefined
        : "EntityAttributes stand in the wrong place.",
  },
  {
    code: "metadata.entity_attributes.repeated",
    severity: "error",
    summary: "Entity attributes are there more than once in the same extensions.",
    hint: "Join them in one EntityAttributes.",
    source: MDATTR,
    on: ["md:Extensions"],
    check: ({ element }) =>
      children(element, "mdattr:EntityAttributes").length > 1
        ? "There is more than one EntityAttributes."
        : undefined,
  },
  {
    code: "metadata.entity_attributes.assertion",
    severity: "error",
    summary: "An assertion stands in the entity attributes of a group.",
    hint: "Move it to the entity that it is about.",
    source: `${MDATTR}, line 176`,
    on: ["md:EntitiesDescriptor"],
    check: ({ element }) =>
      children(element, "md:Extensions")
        .flatMap((one) => children(one, "mdattr:EntityAttributes"))
        .some((one) => children(one, "saml:Assertion").length > 0)
        ? "EntityAttributes of a group have an Assertion."
        : undefined,
  },
  {
    code: "metadata.entity_attributes.white_space",
    severity: "warning",
    summary: "The value of an entity attribute has white space around it.",
    hint: "Write the value without line breaks: it is compared as it stands.",
    source: `${MDATTR}; RFC 8409, 3`,
    severityIn: { edugain: "error" },
    on: ["saml:AttributeValue"],
    check: ({ element, ancestors }) =>
      is(ancestors.at(-2), "mdattr:EntityAttributes") && element.text !== element.text.trim()
        ? `The value is ${quoted(element.text)}.`
        : undefined,
  },
];
