import type { Prefix } from "../namespaces.ts";
import type { SimpleType } from "./simple-types.ts";

/** `prefix:name`, the prefix as in `namespaces`. */
export type ElementName = `${Prefix}:${string}`;

/** One attribute of an element: the schema's `<attribute>`, and the property that holds it. */
export interface AttributeRule {
  /** `name`, or `prefix:name` for one in a namespace. */
  readonly name: string;
  readonly type: SimpleType;
  readonly required: boolean;
  /** The property of the model. */
  readonly as: string;
}

/** One place in the content of an element: the schema's `<element>`, `<choice>` or `<any>`. */
export interface Particle {
  /** Any one of these; several only where the model tells them apart by `type`. */
  readonly names: readonly ElementName[];
  readonly min: 0 | 1;
  readonly max: 1 | typeof Infinity;
  /** The property of the model: a list where `max` is not 1. */
  readonly as: string;
  /** `<any>`: elements of other namespaces, of any, or of others that have a schema of the W3C. */
  readonly any?: "other" | "any" | "strict";
  /** May stand in the place of this one. */
  readonly instead?: Particle;
}

/** One element: the schema's complex type, and how the model holds it. */
export interface ElementRule {
  readonly attributes?: readonly AttributeRule[];
  /** `<anyAttribute namespace="##other">`. */
  readonly anyAttribute?: true;
  /** Simple content. Without attributes the element is the bare value in the model. */
  readonly text?: SimpleType;
  /** Element content. */
  readonly content?: readonly Particle[];
  /** The particles come in any order and number, but at least this many (a repeated `<choice>`). */
  readonly anyOrder?: 0 | 1;
  /** Text may stand between the elements. */
  readonly mixed?: true;
  /** `xsi:nil` and any content: `<saml:AttributeValue>`. */
  readonly anyType?: true;
}

export const required = (name: string, type: SimpleType, as: string): AttributeRule => ({
  name,
  type,
  required: true,
  as,
});

export const optional = (name: string, type: SimpleType, as: string): AttributeRule => ({
  name,
  type,
  required: false,
  as,
});

const particle =
  (min: 0 | 1, max: 1 | typeof Infinity) =>
  (name: ElementName, as: string): Particle => ({ names: [name], min, max, as });

export const one: ReturnType<typeof particle> = particle(1, 1);
export const maybe: ReturnType<typeof particle> = particle(0, 1);
export const some: ReturnType<typeof particle> = particle(1, Number.POSITIVE_INFINITY);
export const many: ReturnType<typeof particle> = particle(0, Number.POSITIVE_INFINITY);

const any = (kind: NonNullable<Particle["any"]>): Particle => ({
  names: [],
  min: 0,
  max: Number.POSITIVE_INFINITY,
  as: "other",
  any: kind,
});

export const anyOther: Particle = any("other");
export const anyElement: Particle = any("any");
/** XML Encryption lets only elements be there whose schema is known. */
export const anyStrict: Particle = any("strict");

const STRICT: ReadonlySet<string> = new Set([
  "http://www.w3.org/2000/09/xmldsig#",
  "http://www.w3.org/2009/xmldsig11#",
  "http://www.w3.org/2009/xmlenc11#",
]);

/** Whether a wildcard of an element in a namespace takes elements of another. */
export function isWild(any: Particle["any"], around: string, namespace: string): boolean {
  if (any === "strict") return STRICT.has(namespace);
  return any === "any" || (any === "other" && namespace !== "" && namespace !== around);
}
