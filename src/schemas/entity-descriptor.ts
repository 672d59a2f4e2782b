import * as z from "zod";
import type { AttributeRule, ElementName, Particle } from "../metadata/elements/rule.ts";
import { isTextType, type TypeName } from "../metadata/elements/simple-types.ts";
import { alternatives, type Element, elementNamed } from "../metadata/elements/table.ts";
import type {
  NamespaceBinding,
  OtherAttribute,
  OtherElement,
} from "../metadata/model/extension-types.ts";
import type { KeyInfo, MetadataTime } from "../metadata/model/types.ts";
import { certificateSchema } from "./certificates.ts";

/** Schemas of the model, derived from the table that reads and writes it. */

const text = z.string();
const texts = z.array(text);

export const timeSchema: z.ZodType<MetadataTime> = z.strictObject({
  unixSeconds: z.int(),
  iso: text,
  unreadable: text.optional(),
});

const bindings: z.ZodType<readonly NamespaceBinding[]> = z.array(
  z.strictObject({ prefix: text, namespace: text }),
);

const otherAttributes: z.ZodType<readonly OtherAttribute[]> = z.array(
  z.strictObject({
    namespace: text.optional(),
    prefix: text.optional(),
    name: text,
    value: text,
  }),
);

const otherElement: z.ZodType<OtherElement> = z.strictObject({
  namespace: text,
  prefix: text.optional(),
  name: text,
  attributes: otherAttributes.optional(),
  text: text.optional(),
  get children() {
    return z.array(otherElement).optional();
  },
  texts: texts.optional(),
  namespaces: bindings.optional(),
});

const kept = {
  otherAttributes: otherAttributes.optional(),
  other: z.array(otherElement).optional(),
};

const keyInfo: z.ZodType<KeyInfo> = z.strictObject({
  id: text.optional(),
  keyNames: texts.optional(),
  certificates: z.array(certificateSchema).optional(),
  unreadableCertificates: texts.optional(),
  other: kept.other,
});

/** The schemas of values that are not text, by their type in the XML schema. */
const VALUES: Readonly<Partial<Record<TypeName, z.ZodType>>> = {
  dateTime: timeSchema,
  expiry: timeSchema,
  boolean: z.boolean(),
  integer: z.int(),
  positiveInteger: z.int().min(1),
  unsignedByte: z.int().min(0).max(255),
  unsignedShort: z.int().min(0).max(65_535),
  anyURIListType: texts,
  listOfStrings: texts,
  KeyTypes: z.enum(["signing", "encryption"]),
  ContactTypeType: z.enum(["technical", "support", "administrative", "billing", "other"]),
};

type Shape = Record<string, z.ZodType>;

/** A schema for each element of the table, with its name. */
export interface ModelSchemas {
  /** The shape of an element's object in the model, without any further field. */
  readonly shapeOf: (name: ElementName) => Shape;
  /** The names for JSON Schema, which then defines each part once. */
  readonly names: z.core.$ZodRegistry<{ id: string }>;
}

export function modelSchemas(): ModelSchemas {
  const made = new Map<ElementName, z.ZodType>();
  const names = z.registry<{ id: string }>();
  const named = <T extends z.ZodType>(schema: T, id: string): T => {
    names.add(schema, { id });
    return schema;
  };
  named(certificateSchema, "Certificate");
  named(otherElement, "OtherElement");
  named(keyInfo, "KeyInfo");
  named(timeSchema, "Time");

  const shapeOf = (name: ElementName): Shape => {
    const { attributes = [], text: value, content = [] } = elementNamed(name).rule;
    const properties = content
      .flatMap(alternatives)
      .filter(({ as }) => as !== "" && as !== "other");
    return {
      ...kept,
      ...Object.fromEntries(attributes.map((rule) => [rule.as, attributeSchema(rule)])),
      ...(attributes.some(({ as }) => as === "xsiType") ? { namespaces: bindings.optional() } : {}),
      ...(value === undefined ? {} : { value: VALUES[value] ?? text }),
      ...Object.fromEntries(properties.map((rule) => [rule.as, contentSchema(rule)])),
    };
  };
  const contentSchema = ({ names: [first, ...others], max }: Particle): z.ZodType => {
    const item =
      others.length === 0
        ? elementSchema(elementNamed(first as ElementName))
        : z.union([first as ElementName, ...others].map(typedSchema));
    return (max > 1 ? z.array(item) : item).optional();
  };
  const typedSchema = (name: ElementName): z.ZodType => {
    const type = elementNamed(name).localName;
    return named(z.strictObject({ type: z.literal(type), ...shapeOf(name) }), type);
  };
  const elementSchema = ({ name, prefix, localName, rule }: Element): z.ZodType => {
    if (name === "ds:KeyInfo") return keyInfo;
    if (rule.anyType === true) return z.union([text, otherElement]);
    if (rule.text !== undefined && rule.attributes === undefined) {
      return VALUES[rule.text] ?? text;
    }
    const id = prefix === "md" ? localName : `${prefix}.${localName}`;
    const schema = made.get(name) ?? named(z.strictObject(shapeOf(name)), id);
    made.set(name, schema);
    return schema;
  };
  return { shapeOf, names };
}

/** A missing attribute that the standard requires reads as an empty text. */
function attributeSchema({ required, type }: AttributeRule): z.ZodType {
  const value = VALUES[type] ?? text;
  return required && isTextType(type) ? value : value.optional();
}
