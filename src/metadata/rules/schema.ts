import { quoted } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import { attributeOf, type XmlAttribute, type XmlElement } from "../../xml/element.ts";
import { namespaceOf } from "../../xml/scope.ts";
import { forms } from "../elements/forms.ts";
import { isValid, schemaName } from "../elements/lexical.ts";
import { elementOf } from "../elements/schema-elements.ts";
import { attributeIn, type Element } from "../elements/table.ts";
import { contentFaults, elementName } from "./content-model.ts";
import type { MetadataRule, MetadataRules, Spot } from "./rule.ts";

/**
 * The checks of XML Schema with the schemas of SAML metadata and its extensions, from the table that also
 * writes documents. The schemas allow any element that they do not define.
 */
export const schemaRules: MetadataRules<
  | "metadata.schema.content"
  | "metadata.schema.missing"
  | "metadata.schema.empty"
  | "metadata.schema.attribute"
  | "metadata.schema.missing_attribute"
  | "metadata.schema.value"
  | "metadata.schema.text"
  | "metadata.schema.type"
> = {
  "metadata.schema.content": ofTable((entry, element) =>
    entry.rule.text === undefined
      ? contentFaults(entry, element.children, foreignType(entry, element)).unexpected
      : element.children.map((child) => ({
          element: child,
          values: {
            element: elementName(child),
            parent: `<${entry.name}>`,
            why: "",
            allowed: "text",
          },
        })),
  ),
  "metadata.schema.missing": ofTable((entry, element) =>
    entry.rule.text === undefined
      ? contentFaults(entry, element.children, foreignType(entry, element)).missing.map((name) => ({
          values: { parent: `<${entry.name}>`, name },
        }))
      : [],
  ),
  "metadata.schema.empty": ofTable((entry, element) => {
    const { empty } = contentFaults(entry, element.children);
    return entry.rule.text === undefined && empty !== undefined
      ? [{ values: { element: `<${entry.name}>`, allowed: empty } }]
      : [];
  }),
  "metadata.schema.attribute": ofTable(unknownAttributes),
  "metadata.schema.missing_attribute": ofTable(missingAttributes),
  "metadata.schema.value": ofTable(wrongValues),
  "metadata.schema.text": ofTable(({ rule, name }, { text }) =>
    rule.text === undefined && rule.mixed !== true && rule.anyType !== true && text.trim() !== ""
      ? [{ values: { element: `<${name}>`, text: quoted(text.trim()) } }]
      : [],
  ),
  "metadata.schema.type": {
    on: ["*"],
    ofDocument: true,
    check: ({ element }) => {
      const type = attributeOf(element, "type", namespaces.xsi);
      const reason = type === undefined ? undefined : typeFault(element, type.trim());
      return reason !== undefined && { values: { type: quoted(type ?? ""), reason } };
    },
  },
};

const XML_SCHEMA = "http://www.w3.org/2001/XMLSchema";

/** Why the value of `xsi:type` cannot name a type; types of other schemas are not known here. */
function typeFault({ scope }: XmlElement, type: string): string | undefined {
  const [, prefix = "", localName = ""] = /^(?:([^:]+):)?([^:]+)$/.exec(type) ?? [];
  if (localName === "") return "it is not a qualified name";
  const namespace = namespaceOf(scope, prefix);
  if (namespace === undefined && prefix !== "")
    return `its prefix ${quoted(prefix)} is not declared`;
  if (namespace === undefined || namespace === "") return "it has no prefix";
  if (namespace === XML_SCHEMA) {
    return BUILT_IN.test(localName) ? undefined : "XML Schema does not define it";
  }
  const isDraft = /^http:\/\/www\.w3\.org\/(?:1999|2000\/\d\d)\/XMLSchema$/.test(namespace);
  return isDraft ? `its namespace is not ${XML_SCHEMA}` : undefined;
}

/** The types of XML Schema Part 2. */
const BUILT_IN =
  /^(?:any(?:Type|SimpleType|URI)|string|normalizedString|token|language|Name|NCName|NMTOKENS?|ID|IDREFS?|ENTIT(?:Y|IES)|boolean|decimal|float|double|(?:base64|hex)Binary|QName|NOTATION|duration|dateTime|time|date|g(?:YearMonth|Year|MonthDay|Day|Month)|(?:nonPositive|negative|nonNegative|positive)?[iI]nteger|(?:unsigned)?(?:[lL]ong|[iI]nt|[sS]hort|[bB]yte))$/;

/** A rule for the elements that the table has. */
function ofTable(check: (entry: Element, element: XmlElement) => readonly Spot[]): MetadataRule {
  return {
    on: ["*"],
    ofDocument: true,
    check: ({ element }) => {
      const entry = elementOf(element.namespace, element.localName);
      return entry !== undefined && check(entry, element);
    },
  };
}

/** A RoleDescriptor of another schema's type, which adds attributes, and elements at the end. */
function foreignType({ name }: Element, element: XmlElement): boolean {
  return name === "md:RoleDescriptor" && attributeOf(element, "type", namespaces.xsi) !== undefined;
}

function unknownAttributes(entry: Element, element: XmlElement): readonly Spot[] {
  if (foreignType(entry, element)) return [];
  const known = entry.attributes.map(({ name }) => name);
  return element.attributes
    .filter((attribute) => !isAllowed(entry, attribute))
    .map(({ localName, namespace }) => {
      const meant = known.find((name) => name.toLowerCase() === localName.toLowerCase());
      return {
        values: {
          name: quoted(localName) + (namespace === "" ? "" : ` of ${quoted(namespace)}`),
          element: `<${entry.name}>`,
          why: meant === undefined ? "" : `: ${meant} is meant`,
          allowed: known.length === 0 ? "none" : known.join(", "),
        },
      };
    });
}

function isAllowed(entry: Element, { namespace, localName }: XmlAttribute): boolean {
  if (attributeIn(entry, namespace, localName) !== undefined || namespace === namespaces.xsi) {
    return true;
  }
  if (entry.rule.anyType === true) return true;
  return entry.rule.anyAttribute === true && namespace !== "" && namespace !== entry.namespace;
}

function missingAttributes(entry: Element, element: XmlElement): readonly Spot[] {
  const missing = entry.attributes.filter(
    ({ required, localName, namespace }) =>
      required && attributeOf(element, localName, namespace) === undefined,
  );
  // The schema's own type of RoleDescriptor is abstract.
  const typeless = entry.name === "md:RoleDescriptor" && !foreignType(entry, element);
  return [
    ...missing.map(({ name, type }) => ({ name, form: forms[type] })),
    ...(typeless ? [{ name: "xsi:type", form: forms.QName }] : []),
  ].map((values) => ({ values: { ...values, element: `<${entry.name}>` } }));
}

function wrongValues(entry: Element, element: XmlElement): readonly Spot[] {
  const found = element.attributes.flatMap(({ namespace, localName, value }) => {
    const attribute = attributeIn(entry, namespace, localName);
    // The schema of REFEDS does not declare a type for its attribute.
    if (attribute === undefined || attribute.prefix === "remd") return [];
    const { type, name } = attribute;
    return [{ type, value, name: `${name} of <${entry.name}>` }];
  });
  const { text } = entry.rule;
  if (text !== undefined) {
    found.push({ type: text, value: element.text, name: `<${entry.name}>` });
  }
  return found
    .filter(({ type, value }) => !isValid(type, value))
    .map(({ type, value, name }) => ({
      values: { name, type: schemaName(type), value: quoted(value.trim()), form: forms[type] },
    }));
}
