import { type AttributeRule, isWild, type Particle } from "../elements/rule.ts";
import type { SimpleType } from "../elements/simple-types.ts";
import { alternatives, attributeKey, type Element, elementNamed } from "../elements/table.ts";
import type { OtherElement } from "../extension-types.ts";
import { namespaces } from "../namespaces.ts";
import type { EntitiesDescriptor, EntityDescriptor, KeyInfo } from "../types.ts";
import { escapeAttribute, escapeText } from "../xml/writer.ts";
import {
  type Bindings,
  checkCharacters,
  enter,
  fault,
  lineBreak,
  NO_BINDINGS,
  newOutput,
  type Output,
  shown,
} from "./output.ts";
import { writeKeyInfo } from "./write-key-info.ts";
import { checkUnique, writeBindings, writeOther, writeOtherAttributes } from "./write-other.ts";

/** An object of the model, by property. */
type Model = Readonly<Record<string, unknown>>;

/** Writes a document in the order, and with the checks, of the schema table. */
export function writeDocument(
  root: EntityDescriptor | EntitiesDescriptor,
  format: "indented" | "compact",
): string {
  const output = newOutput(format);
  const element = elementNamed(
    root?.type === "EntitiesDescriptor" ? "md:EntitiesDescriptor" : "md:EntityDescriptor",
  );
  const text = writeElement(output, element, root, NO_BINDINGS);
  output.used.add("md");
  const declarations = (Object.keys(namespaces) as (keyof typeof namespaces)[])
    .filter((prefix) => output.used.has(prefix) && prefix !== "xml")
    .map((prefix) => ` xmlns:${prefix}="${namespaces[prefix]}"`);
  const nameEnd = 1 + element.name.length;
  const newLine = format === "indented" ? "\n" : "";
  return `<?xml version="1.0" encoding="UTF-8"?>${newLine}${text.slice(0, nameEnd)}${declarations.join("")}${text.slice(nameEnd)}${newLine}`;
}

function writeElement(
  output: Output,
  element: Element,
  value: unknown,
  bindings: Bindings,
): string {
  if (element.name === "ds:KeyInfo") return writeKeyInfo(output, value as KeyInfo, bindings);
  if (element.rule.anyType === true && typeof value === "object" && value !== null) {
    return writeOther(output, value as OtherElement, bindings);
  }
  output.used.add(element.prefix);
  enter(output, element.name);
  const written = isScalar(element)
    ? `<${element.name}>${writeText(output, element.rule.text, value)}</${element.name}>`
    : writeObject(output, element, modelOf(output, value), bindings);
  output.path.pop();
  return written;
}

/** Without attributes an element of text is its bare value in the model. */
function isScalar({ rule }: Element): boolean {
  return rule.anyType === true || (rule.text !== undefined && rule.attributes === undefined);
}

function modelOf(output: Output, value: unknown): Model {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Model;
  throw fault(output, "value", `${output.path.at(-1)} is not an object but ${shown(value)}.`);
}

function writeObject(output: Output, element: Element, model: Model, bindings: Bindings): string {
  let start = `<${element.name}`;
  let scope = bindings;
  for (const attribute of element.rule.attributes ?? []) {
    start += writeAttribute(output, attribute, model[attribute.as]);
  }
  if (model["namespaces"] !== undefined || model["otherAttributes"] !== undefined) {
    const foreign = writeForeign(output, element, model, scope);
    start += foreign.text;
    scope = foreign.bindings;
  }
  if (element.rule.text !== undefined) {
    return `${start}>${writeText(output, element.rule.text, model["value"])}</${element.name}>`;
  }
  const content = writeContent(output, element, model, scope);
  if (content === "") return `${start}/>`;
  output.path.pop();
  const end = lineBreak(output);
  output.path.push(element.name);
  return `${start}>${content}${end}</${element.name}>`;
}

function writeAttribute(output: Output, attribute: AttributeRule, value: unknown): string {
  if (value === undefined || value === null) {
    if (!attribute.required) return "";
    throw fault(output, "missing", `${output.path.at(-1)} has no ${attribute.as}.`);
  }
  const { name, type } = attribute;
  const prefix = name.indexOf(":");
  if (prefix > 0) output.used.add(name.slice(0, prefix) as keyof typeof namespaces);
  return ` ${name}="${escapeAttribute(lexical(output, attribute.as, type, value))}"`;
}

function writeText(output: Output, type: SimpleType | undefined, value: unknown): string {
  const label = output.path.at(-1) ?? "";
  if (type !== undefined) return escapeText(lexical(output, label, type, value));
  if (typeof value === "string") return escapeText(checkCharacters(output, value));
  throw fault(output, "value", `${label} is not text but ${shown(value)}.`);
}

/** The text of a value, checked against its type and the stricter rules of a builder. */
function lexical(output: Output, label: string, type: SimpleType, value: unknown): string {
  const text = type.write(value);
  if (text === undefined || !type.valid(text)) {
    if (text !== undefined) checkCharacters(output, text);
    throw fault(output, "value", `${label} is not a valid ${type.name}: ${shown(value)}.`);
  }
  const refusal = type.refuse?.(text);
  if (refusal !== undefined) {
    throw fault(output, "value", `${label} cannot be used, as ${refusal}: ${shown(value)}.`);
  }
  return checkCharacters(output, text);
}

function writeForeign(
  output: Output,
  element: Element,
  model: Model,
  bindings: Bindings,
): ReturnType<typeof writeOtherAttributes> {
  const list = (model["otherAttributes"] ?? []) as Parameters<typeof writeOtherAttributes>[1] &
    object;
  for (const { namespace = "", name } of list) {
    if (element.rule.anyAttribute !== true || namespace === "" || namespace === element.namespace) {
      throw fault(output, "name", `${element.name} cannot have the attribute ${shown(name)}.`);
    }
    if (element.attributes.has(attributeKey(namespace, name))) {
      throw fault(output, "name", `The attribute ${shown(name)} has a property of its own.`);
    }
  }
  checkUnique(output, list);
  const bound = writeBindings(output, model["namespaces"] as never, bindings);
  const written = writeOtherAttributes(output, list, bound.bindings);
  return { text: bound.text + written.text, bindings: written.bindings };
}

function writeContent(output: Output, element: Element, model: Model, bindings: Bindings): string {
  let content = "";
  for (const place of element.rule.content ?? []) {
    const particle = alternatives(place).find(({ as }) => model[as] !== undefined) ?? place;
    const before = content.length;
    if (particle.any === undefined) content += writeParticle(output, particle, model, bindings);
    else content += writeAny(output, element, particle, model, bindings);
    if (content.length === before && particle.min > 0) {
      throw fault(output, "missing", `${element.name} has no ${particle.as}.`);
    }
  }
  if (content === "" && element.rule.anyOrder === 1) {
    throw fault(output, "missing", `${element.name} is empty.`);
  }
  return content;
}

function writeParticle(
  output: Output,
  particle: Particle,
  model: Model,
  bindings: Bindings,
): string {
  const value = model[particle.as];
  if (value === undefined || value === null) return "";
  const list = listOf(output, particle, value);
  let text = "";
  for (const item of list) {
    const element = elementFor(output, particle, item);
    text += lineBreak(output);
    text +=
      particle.as === "other"
        ? writeOther(output, item as OtherElement, bindings)
        : writeElement(output, element, item, bindings);
  }
  return text;
}

function listOf(output: Output, particle: Particle, value: unknown): readonly unknown[] {
  if (particle.max === 1) return [value];
  if (Array.isArray(value)) return value;
  throw fault(output, "value", `${particle.as} is not a list.`);
}

function elementFor(output: Output, particle: Particle, item: unknown): Element {
  const [first, second] = particle.names;
  if (first !== undefined && second === undefined) return elementNamed(first);
  const type = (item as { readonly type?: unknown } | null)?.type;
  const name = particle.names.find((candidate) => candidate === `md:${String(type)}`);
  if (name !== undefined) return elementNamed(name);
  throw fault(output, "value", `The type of an item of ${particle.as} is ${shown(type)}.`);
}

/** Foreign elements, where the schema has room for them. */
function writeAny(
  output: Output,
  element: Element,
  particle: Particle,
  model: Model,
  bindings: Bindings,
): string {
  let text = "";
  for (const item of (model["other"] ?? []) as readonly OtherElement[]) {
    if (!isWild(particle.any, element.namespace, item.namespace)) {
      throw fault(output, "name", `${element.name} cannot hold ${shown(item.name)}.`);
    }
    text += lineBreak(output) + writeOther(output, item, bindings);
  }
  return text;
}
