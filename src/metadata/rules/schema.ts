import { namespaces } from "../../core/uris.ts";
import { attributeOf, type XmlAttribute, type XmlElement } from "../../xml/element.ts";
import { isValid, schemaName } from "../elements/lexical.ts";
import { elementOf } from "../elements/schema-elements.ts";
import { attributeIn, type Element } from "../elements/table.ts";
import { contentFaults } from "./content-model.ts";
import { quoted, type Rule, type Verdict, type Visit } from "./rule.ts";

/**
 * What an XML Schema validator says with the schemas of SAML metadata and its extensions, from the
 * table that the builder writes by.
 */
export const schemaRules: readonly Rule[] = [
  {
    code: "metadata.schema.content",
    severity: "error",
    ofDocument: true,
    summary: "Elements are missing, not allowed, or not in the order of the schema.",
    hint: "Put the elements in the order of saml-schema-metadata-2.0.xsd.",
    source: "SAML V2.0 Metadata, 2; saml-schema-metadata-2.0.xsd and the extension schemas",
    on: ["*"],
    check: withEntry(content),
  },
  {
    code: "metadata.schema.attribute",
    severity: "error",
    ofDocument: true,
    summary: "An attribute is missing, or not allowed.",
    hint: "Give what saml-schema-metadata-2.0.xsd requires, and leave out what it does not know.",
    source: "SAML V2.0 Metadata, 2; saml-schema-metadata-2.0.xsd and the extension schemas",
    on: ["*"],
    check: withEntry(attributes),
  },
  {
    code: "metadata.schema.value",
    severity: "error",
    ofDocument: true,
    summary: "A value is not of the type that the schema says.",
    hint: "Write it as the message says: true or false, 2031-07-09T12:00:00Z, a whole number, a URI.",
    source: "SAML V2.0 Metadata, 2; saml-schema-metadata-2.0.xsd and the extension schemas",
    on: ["*"],
    check: withEntry(values),
  },
  {
    code: "metadata.schema.text",
    severity: "error",
    ofDocument: true,
    summary: "There is text where only elements may be.",
    hint: "Remove the text; white space alone may stand between elements.",
    source: "saml-schema-metadata-2.0.xsd and the extension schemas",
    on: ["*"],
    check: withEntry(({ rule, name }, { text }) =>
      rule.text === undefined && rule.mixed !== true && rule.anyType !== true && text.trim() !== ""
        ? `${name} has the text ${quoted(text.trim())}.`
        : undefined,
    ),
  },
];

/** Judges the elements of the table alone; the schemas let others be. */
function withEntry(
  check: (entry: Element, element: XmlElement) => Verdict,
): (visit: Visit) => Verdict {
  return ({ element }) => {
    const entry = elementOf(element.namespace, element.localName);
    return entry === undefined ? undefined : check(entry, element);
  };
}

function content(entry: Element, element: XmlElement): Verdict {
  if (entry.rule.text !== undefined) {
    return element.children.length === 0 ? undefined : `${entry.name} has elements in it.`;
  }
  // The type of a RoleDescriptor is another schema's, which adds to the end.
  if (entry.name === "md:RoleDescriptor" && foreignType(element)) return undefined;
  return contentFaults(entry, element.children);
}

function foreignType(element: XmlElement): boolean {
  return attributeOf(element, "type", namespaces.xsi) !== undefined;
}

function attributes(entry: Element, element: XmlElement): Verdict {
  const isForeign = entry.name === "md:RoleDescriptor" && foreignType(element);
  const faults = element.attributes
    .filter((attribute) => !isForeign && !isAllowed(entry, attribute))
    .map(({ localName }) => `${entry.name} cannot have the attribute ${quoted(localName)}.`);
  for (const { name, required } of entry.rule.attributes ?? []) {
    const [prefix, localName] = name.includes(":")
      ? (name.split(":") as [string, string])
      : ["", name];
    const namespace = prefix === "" ? "" : namespaces[prefix as keyof typeof namespaces];
    if (required && attributeOf(element, localName, namespace) === undefined) {
      faults.push(`${entry.name} has no ${name}.`);
    }
  }
  if (entry.name === "md:RoleDescriptor" && !isForeign) {
    faults.push("md:RoleDescriptor has no xsi:type, and its own type is abstract.");
  }
  return faults;
}

function isAllowed(entry: Element, { namespace, localName }: XmlAttribute): boolean {
  if (attributeIn(entry, namespace, localName) !== undefined || namespace === namespaces.xsi) {
    return true;
  }
  if (entry.rule.anyType === true) return true;
  return entry.rule.anyAttribute === true && namespace !== "" && namespace !== entry.namespace;
}

function values(entry: Element, element: XmlElement): Verdict {
  const faults: string[] = [];
  for (const { namespace, localName, value } of element.attributes) {
    const attribute = attributeIn(entry, namespace, localName);
    if (attribute === undefined || attribute.prefix === "remd") continue;
    const { type, name } = attribute;
    if (!isValid(type, value)) {
      faults.push(`${name} of ${entry.name} is not a valid ${schemaName(type)}: ${quoted(value)}.`);
    }
  }
  const { text } = entry.rule;
  if (text !== undefined && !isValid(text, element.text)) {
    faults.push(
      `${entry.name} is not a valid ${schemaName(text)}: ${quoted(element.text.trim())}.`,
    );
  }
  return faults;
}
