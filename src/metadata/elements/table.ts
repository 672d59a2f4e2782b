import { namespaces, type Prefix } from "../../core/uris.ts";
import { coreElements } from "./core.ts";
import { extensionElements } from "./extensions.ts";
import {
  type AttributeRule,
  type ElementName,
  type ElementRule,
  type Particle,
  ruleOf,
  type WrittenRule,
  type WrittenRules,
} from "./rule.ts";
import { attributeReader, isTextType, textReader } from "./simple-types.ts";

/**
 * The one table of the schemas. The builder takes its order from it, the reader its properties, and
 * the linter its constraints.
 */
export interface Element {
  readonly name: ElementName;
  readonly localName: string;
  readonly prefix: Prefix;
  readonly namespace: string;
  /** Its start tag as far as the name, and its end tag. */
  readonly startTag: string;
  readonly endTag: string;
  readonly rule: ElementRule;
  readonly attributes: readonly Attribute[];
  /** Those in no namespace, by name. */
  readonly attributesByName: ReadonlyMap<string, Attribute>;
  /** The properties of attributes that are required and contain text. */
  readonly requiredTexts: readonly string[];
  /** The content model, with the elements that it names. */
  readonly places: readonly Place[];
  /** By local name; the namespace of each must still be checked. */
  readonly children: ReadonlyMap<string, Child>;
  /** Reads its text; absent for an element of elements. */
  readonly readText: ((text: string) => unknown) | undefined;
}

export interface Attribute extends AttributeRule {
  /** Absent where the attribute is in no namespace. */
  readonly prefix?: Prefix;
  /** Empty where it is in none. */
  readonly namespace: string;
  readonly localName: string;
  /** The text before its value. */
  readonly lead: string;
  readonly read: (text: string) => unknown;
}

/** A particle, and its element where it names but one. */
export interface Place {
  readonly particle: Particle;
  readonly element: Element | undefined;
}

/** A child that an element may have, and the place it takes. */
export interface Child {
  readonly element: Element;
  readonly particle: Particle;
}

/** Every element of the table, by `prefix:name`. */
export const elements: ReadonlyMap<ElementName, Element> = /* @__PURE__ */ compile({
  ...coreElements,
  ...extensionElements,
});

/** The entry of an element of the table. */
export function elementNamed(name: ElementName): Element {
  return elements.get(name) as Element;
}

/** The particles of a place: itself and its alternatives. */
export function alternatives(particle: Particle): readonly Particle[] {
  return particle.instead === undefined
    ? [particle]
    : [particle, ...alternatives(particle.instead)];
}

/** The schema of an attribute of an element. */
export function attributeIn(
  { attributes, attributesByName }: Element,
  namespace: string,
  localName: string,
): Attribute | undefined {
  if (namespace === "") return attributesByName.get(localName);
  // Few elements have one, and none has several.
  return attributes.find((known) => known.namespace === namespace && known.localName === localName);
}

function split(name: string): readonly [prefix: Prefix | undefined, localName: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? [undefined, name] : [name.slice(0, colon) as Prefix, name.slice(colon + 1)];
}

function compileAttribute(rule: AttributeRule): Attribute {
  const [prefix, localName] = split(rule.name);
  const found = { ...rule, localName, lead: ` ${rule.name}="`, read: attributeReader(rule.type) };
  return prefix === undefined
    ? { ...found, namespace: "" }
    : { ...found, namespace: namespaces[prefix], prefix };
}

/** An element while the table is compiled. */
type Compiling = Element & { readonly children: Map<string, Child>; readonly places: Place[] };

/** Compiles the table, so that reading and writing need no look-up. */
export function compile(rules: WrittenRules): Map<ElementName, Element> {
  const compiled = new Map<ElementName, Compiling>();
  for (const [name, written] of Object.entries(rules) as [ElementName, WrittenRule][]) {
    compiled.set(name, compileElement(name, ruleOf(written)));
  }
  for (const element of compiled.values()) {
    for (const particle of element.rule.content ?? []) addPlace(element, particle, compiled);
  }
  return compiled;
}

function compileElement(name: ElementName, rule: ElementRule): Compiling {
  const [prefix = "md", localName] = split(name);
  const attributes = (rule.attributes ?? []).map(compileAttribute);
  return {
    name,
    localName,
    prefix,
    namespace: namespaces[prefix],
    startTag: `<${name}`,
    endTag: `</${name}>`,
    rule,
    attributes,
    attributesByName: new Map(
      attributes.flatMap((known) => (known.namespace === "" ? [[known.localName, known]] : [])),
    ),
    requiredTexts: attributes.flatMap(({ required, type, as }) =>
      required && isTextType(type) ? [as] : [],
    ),
    places: [],
    children: new Map(),
    readText: rule.text === undefined ? undefined : textReader(rule.text),
  };
}

function addPlace(
  { places, children }: Compiling,
  particle: Particle,
  compiled: ReadonlyMap<ElementName, Element>,
): void {
  const [first, second] = particle.names;
  const only = first === undefined || second !== undefined ? undefined : compiled.get(first);
  places.push({ particle, element: only });
  for (const alternative of alternatives(particle)) {
    for (const name of alternative.names) {
      const element = compiled.get(name);
      if (element !== undefined)
        children.set(element.localName, { element, particle: alternative });
    }
  }
}
