import { namespaces, type Prefix } from "../namespaces.ts";
import { coreElements } from "./core.ts";
import { dsigElements, xencElements } from "./dsig.ts";
import { extensionElements } from "./extensions.ts";
import type { AttributeRule, ElementName, ElementRule, Particle } from "./rule.ts";

/**
 * The one table of the schemas. The builder takes its order from it, the reader its properties, and
 * the linter what is allowed.
 */
export interface Element {
  readonly name: ElementName;
  readonly localName: string;
  readonly prefix: Prefix;
  readonly namespace: string;
  readonly rule: ElementRule;
  /** By `attributeKey`. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** By local name; each still has to be checked for its namespace. */
  readonly children: ReadonlyMap<string, Child>;
}

export interface Attribute extends AttributeRule {
  /** Absent where the attribute is in no namespace. */
  readonly prefix?: Prefix;
}

/** A child that an element may have, and the place it takes. */
export interface Child {
  readonly element: Element;
  readonly particle: Particle;
}

const rules: Readonly<Record<ElementName, ElementRule>> = {
  ...coreElements,
  ...dsigElements,
  ...xencElements,
  ...extensionElements,
};

/** Every element of the table, by `prefix:name`. */
const elements: ReadonlyMap<ElementName, Element> = /* @__PURE__ */ compile();

const byNamespace: ReadonlyMap<string, ReadonlyMap<string, Element>> = /* @__PURE__ */ group();

/** The entry of an element of the table. */
export function elementNamed(name: ElementName): Element {
  return elements.get(name) as Element;
}

/** The entry of an element by its expanded name. */
export function elementOf(namespace: string, localName: string): Element | undefined {
  return byNamespace.get(namespace)?.get(localName);
}

/** The particles of a place: itself, and what may stand instead. */
export function alternatives(particle: Particle): readonly Particle[] {
  return particle.instead === undefined
    ? [particle]
    : [particle, ...alternatives(particle.instead)];
}

/** The key of an attribute: its local name, after its namespace if it is in one. */
export function attributeKey(namespace: string, localName: string): string {
  return namespace === "" ? localName : `${namespace} ${localName}`;
}

function split(name: string): readonly [prefix: Prefix | undefined, localName: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? [undefined, name] : [name.slice(0, colon) as Prefix, name.slice(colon + 1)];
}

function compileAttribute(rule: AttributeRule): readonly [key: string, attribute: Attribute] {
  const [prefix, localName] = split(rule.name);
  return prefix === undefined
    ? [localName, rule]
    : [attributeKey(namespaces[prefix], localName), { ...rule, prefix }];
}

function compile(): Map<ElementName, Element> {
  const compiled = new Map<ElementName, Element & { children: Map<string, Child> }>();
  for (const [name, rule] of Object.entries(rules) as [ElementName, ElementRule][]) {
    const [prefix = "md", localName] = split(name);
    const attributes = new Map((rule.attributes ?? []).map(compileAttribute));
    compiled.set(name, {
      name,
      localName,
      prefix,
      namespace: namespaces[prefix],
      rule,
      attributes,
      children: new Map(),
    });
  }
  for (const { rule, children } of compiled.values()) {
    for (const particle of (rule.content ?? []).flatMap(alternatives)) {
      for (const name of particle.names) {
        const element = compiled.get(name);
        if (element !== undefined) children.set(element.localName, { element, particle });
      }
    }
  }
  return compiled;
}

function group(): Map<string, Map<string, Element>> {
  const groups = new Map<string, Map<string, Element>>();
  for (const element of elements.values()) {
    const group = groups.get(element.namespace) ?? new Map<string, Element>();
    groups.set(element.namespace, group.set(element.localName, element));
  }
  return groups;
}
