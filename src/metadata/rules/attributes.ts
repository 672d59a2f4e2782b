import { quoted } from "../../core/quote.ts";
import { attributeNameFormats } from "../../core/uris.ts";
import { saml1NameFault, saml2NameFault } from "./attribute-names.ts";
import { along, attribute, children, is } from "./find.ts";
import type { MetadataRules, Visit } from "./rule.ts";

const { uri, shibboleth1Uri } = attributeNameFormats;

const nameOf = ({ element }: Visit): string => attribute(element, "Name") ?? "";
const formatOf = ({ element }: Visit): string | undefined => attribute(element, "NameFormat");

/** The values of a finding about the format of an attribute's name. */
function formatValues(visit: Visit): { readonly values: Readonly<Record<string, string>> } {
  const format = formatOf(visit);
  const found = format === undefined ? "no NameFormat" : `the NameFormat ${quoted(format)}`;
  return { values: { name: quoted(nameOf(visit)), found } };
}

function requestedNameFault(visit: Visit): string | undefined {
  const format = formatOf(visit);
  if (format === uri) return saml2NameFault(nameOf(visit));
  return format === shibboleth1Uri ? saml1NameFault(nameOf(visit)) : undefined;
}

/** Attributes that are requested, offered, or of the entity itself. */
export const attributeRules: MetadataRules<
  | "metadata.attribute.requested_format"
  | "metadata.attribute.requested_name"
  | "metadata.attribute.requested_unregistered"
  | "metadata.attribute.format"
  | "metadata.entity_attributes.misplaced"
  | "metadata.entity_attributes.repeated"
  | "metadata.entity_attributes.assertion"
  | "metadata.entity_attributes.white_space"
> = {
  "metadata.attribute.requested_format": {
    on: ["md:RequestedAttribute"],
    check: (visit) => {
      const format = formatOf(visit);
      return format !== uri && format !== shibboleth1Uri && formatValues(visit);
    },
  },
  "metadata.attribute.requested_name": {
    on: ["md:RequestedAttribute"],
    check: (visit) => {
      const reason = requestedNameFault(visit);
      return reason !== undefined && { values: { name: quoted(nameOf(visit)), reason } };
    },
  },
  "metadata.attribute.requested_unregistered": {
    optIn: true,
    on: ["md:RequestedAttribute"],
    check: (visit) => {
      const name = nameOf(visit);
      return (
        formatOf(visit) === uri &&
        !/^urn:(?:oid|oasis):/.test(name) &&
        name !== "http://eduroam.cz/attributes/eduroamUID" && { values: { name: quoted(name) } }
      );
    },
  },
  "metadata.attribute.format": {
    on: ["saml:Attribute"],
    check: (visit) => formatOf(visit) !== uri && formatValues(visit),
  },
  "metadata.entity_attributes.misplaced": {
    on: ["mdattr:EntityAttributes"],
    check: ({ ancestors }) =>
      !(
        is(ancestors.at(-1), "md:Extensions") &&
        is(ancestors.at(-2), "md:EntityDescriptor", "md:EntitiesDescriptor")
      ),
  },
  "metadata.entity_attributes.repeated": {
    on: ["md:Extensions"],
    check: ({ element }) =>
      children(element, "mdattr:EntityAttributes")
        .slice(1)
        .map((one) => ({ element: one })),
  },
  "metadata.entity_attributes.assertion": {
    on: ["md:EntitiesDescriptor"],
    check: ({ element }) =>
      along(element, "md:Extensions", "mdattr:EntityAttributes", "saml:Assertion").map((one) => ({
        element: one,
      })),
  },
  "metadata.entity_attributes.white_space": {
    on: ["saml:AttributeValue"],
    check: ({ element: { text }, ancestors }) =>
      is(ancestors.at(-2), "mdattr:EntityAttributes") &&
      text !== text.trim() && { values: { value: quoted(text) } },
  },
};
