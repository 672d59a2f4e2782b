import type { Prefix } from "../../core/uris.ts";
import type { TypeName } from "./simple-types.ts";

/** `prefix:name`, the prefix as in `namespaces`. */
export type ElementName = `${Prefix}:${string}`;

/** An attribute of an element: the schema's `<attribute>`, and its property in the model. */
export interface AttributeRule {
  /** `name`, or `prefix:name` for one in a namespace. */
  readonly name: string;
  readonly type: TypeName;
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
  /** The property of the model: a list where `max` is not 1; empty where the model has none. */
  readonly as: string;
  /** `<any>`: elements of other namespaces, of any, or of others that have a schema of the W3C. */
  readonly any?: Wildcard;
  /** The substitution group: elements that can replace this one. */
  readonly instead?: Particle;
}

export type Wildcard = "other" | "any" | "strict";

/** An element: the schema's complex type, and its form in the model. */
export interface ElementRule {
  readonly attributes?: readonly AttributeRule[];
  /** `<anyAttribute namespace="##other">`. */
  readonly anyAttribute?: true;
  /** Simple content. Without attributes the element is the bare value in the model. */
  readonly text?: TypeName;
  /** Element content. */
  readonly content?: readonly Particle[];
  /** The particles come in any order and number, but at least this many (a repeated `<choice>`). */
  readonly anyOrder?: 0 | 1;
  /** Text between the elements is allowed. */
  readonly mixed?: true;
  /** `xsi:nil` and any content: `<saml:AttributeValue>`. */
  readonly anyType?: true;
}

/**
 * A rule as the tables write it, similar to a DTD.
 *
 * - `attributes`: `Name:type` each, with `?` after the name where it may be absent.
 * - `content`: a name each, with `?`, `*` or `+` for how often it comes. `|` joins names that share a
 *   property, `/` what may stand instead. `##other`, `##any` and `##strict` are wildcards.
 *
 * The property is the name as the model spells names, in the plural where it is a list; `=property`
 * gives another one, and `=` none.
 */
export interface WrittenRule extends Omit<ElementRule, "attributes" | "content"> {
  readonly attributes?: string;
  readonly content?: string;
}

/** A table as it is written. */
export type WrittenRules = Readonly<Record<ElementName, WrittenRule>>;

/** Reads a rule of a table. */
export function ruleOf({ attributes, content, ...rest }: WrittenRule): ElementRule {
  return {
    ...rest,
    ...(attributes === undefined ? {} : { attributes: attributes.split(" ").map(attributeOf) }),
    ...(content === undefined ? {} : { content: content.split(" ").map(particleOf) }),
  };
}

/** `entityID` is `entityId` in the model, and `md:Organization` is `organization`. */
function propertyOf(name: string): string {
  const local = name
    .slice(name.indexOf(":") + 1)
    .replace("ID", "Id")
    .replace("URL", "Url");
  return local.charAt(0).toLowerCase() + local.slice(1);
}

const ATTRIBUTE = /^(.+?)(\??):(\w+)(?:=(\w+))?$/;

function attributeOf(written: string): AttributeRule {
  const [, name, optional, type, as = propertyOf(name)] = ATTRIBUTE.exec(written) as unknown as [
    string,
    string,
    string,
    TypeName,
    string | undefined,
  ];
  return { name, type, required: optional === "", as };
}

const PARTICLE = /^([^?*+=]+)([?*+]?)(?:=(\w*))?$/;

function particleOf(written: string): Particle {
  const [first, ...others] = written.split("/") as [string, ...string[]];
  if (first.startsWith("##")) return wildcard(first.slice(2) as Wildcard);
  const [, names, often, as] = PARTICLE.exec(first) as unknown as [
    string,
    string,
    string,
    string | undefined,
  ];
  const isList = often === "*" || often === "+";
  return {
    names: names.split("|") as ElementName[],
    min: often === "?" || often === "*" ? 0 : 1,
    max: isList ? Number.POSITIVE_INFINITY : 1,
    as: as ?? `${propertyOf(names)}${isList ? "s" : ""}`,
    ...(others.length === 0 ? {} : { instead: particleOf(others.join("/")) }),
  };
}

function wildcard(any: Wildcard): Particle {
  return { names: [], min: 0, max: Number.POSITIVE_INFINITY, as: "other", any };
}

const STRICT: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "http://www.w3.org/2000/09/xmldsig#",
  "http://www.w3.org/2009/xmldsig11#",
  "http://www.w3.org/2009/xmlenc11#",
]);

/** True if the wildcard of an element accepts elements of a namespace. */
export function isWild(any: Wildcard | undefined, around: string, namespace: string): boolean {
  if (any === "strict") return STRICT.has(namespace);
  return any === "any" || (any === "other" && namespace !== "" && namespace !== around);
}
