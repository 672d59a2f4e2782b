import type { MetadataError } from "../../core/errors.ts";
import { namespaces } from "../../core/uris.ts";
import { escapeAttribute, escapeText } from "../../xml/writer.ts";
import { forms } from "../elements/forms.ts";
import { lexicalTypes } from "../elements/lexical.ts";
import { isWild, type Particle } from "../elements/rule.ts";
import type { TypeName } from "../elements/simple-types.ts";
import {
  type Attribute,
  alternatives,
  attributeIn,
  type Element,
  elementNamed,
  type Place,
} from "../elements/table.ts";
import type { OtherElement } from "../model/extension-types.ts";
import type { EntitiesDescriptor, EntityDescriptor, KeyInfo } from "../model/types.ts";
import {
  type Bindings,
  checkCharacters,
  declarationsOf,
  enter,
  fault,
  leave,
  lineBreak,
  NO_BINDINGS,
  newOutput,
  type Output,
  shown,
  use,
  wrongName,
  wrongValue,
} from "./output.ts";
import { writeKeyInfo } from "./write-key-info.ts";
import { checkUnique, writeBindings, writeOther, writeOtherAttributes } from "./write-other.ts";

/** An object of the model. */
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
  enter(output, element.name);
  writeObject(output, element, modelOf(output, root), NO_BINDINGS);
  use(output, "md");
  const newLine = format === "indented" ? "\n" : "";
  // The root declares every prefix, and only now it is known which there are.
  return `<?xml version="1.0" encoding="UTF-8"?>${newLine}<${element.name}${declarationsOf(output)}${output.text}${newLine}`;
}

function writeElement(output: Output, element: Element, value: unknown, bindings: Bindings): void {
  const { name, rule } = element;
  if (name === "ds:KeyInfo") {
    writeKeyInfo(output, value as KeyInfo, bindings);
  } else if (rule.anyType === true && typeof value === "object" && value !== null) {
    output.text += writeOther(output, value as OtherElement, bindings);
  } else {
    use(output, element.prefix);
    enter(output, name);
    output.text += element.startTag;
    if (isScalar(element)) {
      output.text += `>${writeText(output, rule.text, value)}${element.endTag}`;
    } else writeObject(output, element, modelOf(output, value), bindings);
    leave(output);
  }
}

/** Without attributes an element of text is its bare value in the model. */
function isScalar({ rule }: Element): boolean {
  return rule.anyType === true || (rule.text !== undefined && rule.attributes === undefined);
}

function modelOf(output: Output, value: unknown): Model {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Model;
  throw wrongValue(output, output.path.at(-1) ?? "", value, "an object of the model");
}

/** Everything of an element after its name. */
function writeObject(output: Output, element: Element, model: Model, bindings: Bindings): void {
  for (const attribute of element.attributes) {
    writeAttribute(output, attribute, model[attribute.as]);
  }
  let scope = bindings;
  if (hasForeign(element, model)) {
    const foreign = writeForeign(output, element, model, bindings);
    output.text += foreign.text;
    scope = foreign.bindings;
  }
  if (element.rule.text !== undefined) {
    output.text += `>${writeText(output, element.rule.text, model["value"])}${element.endTag}`;
  } else if (writeContent(output, element, model, scope)) {
    output.text += `${lineBreak(output, -1)}${element.endTag}`;
  } else output.text += "/>";
}

/** Foreign attributes, or a type of another schema. */
function hasForeign({ name }: Element, model: Model): boolean {
  return model["otherAttributes"] !== undefined || name === "md:RoleDescriptor";
}

function writeAttribute(output: Output, attribute: Attribute, value: unknown): void {
  if (value === undefined || value === null) {
    if (!attribute.required) return;
    throw missing(output, output.path.at(-1) ?? "", attribute.as);
  }
  const { lead, prefix, type } = attribute;
  if (prefix !== undefined) use(output, prefix);
  output.text += `${lead}${lexical(output, attribute.as, type, value, escapeAttribute)}"`;
}

function writeText(output: Output, type: TypeName | undefined, value: unknown): string {
  const label = output.path.at(-1) ?? "";
  if (type !== undefined) return lexical(output, label, type, value, escapeText);
  if (typeof value === "string") return escapeText(checkCharacters(output, value));
  throw wrongValue(output, label, value, forms.string);
}

/** The text of a value, checked against its type and the stricter rules of a builder. */
function lexical(
  output: Output,
  label: string,
  typeName: TypeName,
  value: unknown,
  escaped: (text: string) => string,
): string {
  const type = lexicalTypes[typeName];
  const text = type.write(value);
  if (text !== undefined && type.plain?.(text) === true) return text;
  if (text === undefined || !type.valid(text)) {
    if (text !== undefined) checkCharacters(output, text);
    throw wrongValue(output, label, value, forms[typeName]);
  }
  const refusal = type.refuse?.(text);
  if (refusal !== undefined) throw wrongValue(output, label, value, forms[typeName], refusal);
  return escaped(checkCharacters(output, text));
}

/** `xsi` goes everywhere; the type of another schema may have attributes without a namespace too. */
function hasRoomFor(
  { rule, namespace: own }: Element,
  namespace: string,
  isTyped: boolean,
): boolean {
  if (namespace === namespaces.xsi) return true;
  if (rule.anyAttribute !== true) return false;
  return namespace === "" ? isTyped : namespace !== own;
}

function writeForeign(
  output: Output,
  element: Element,
  model: Model,
  bindings: Bindings,
): ReturnType<typeof writeOtherAttributes> {
  const list = (model["otherAttributes"] ?? []) as Parameters<typeof writeOtherAttributes>[1] &
    object;
  const isTyped = model["xsiType"] !== undefined;
  for (const { namespace = "", name } of list) {
    if (!hasRoomFor(element, namespace, isTyped)) {
      const reason = `${element.name} cannot have it`;
      throw wrongName(output, `The attribute ${shown(name)}`, reason);
    }
    if (attributeIn(element, namespace, name) !== undefined) {
      const reason = "the model has a property for it";
      throw wrongName(output, `The attribute ${shown(name)}`, reason);
    }
  }
  checkUnique(output, list);
  const bound = writeBindings(output, model["namespaces"] as never, bindings);
  const written = writeOtherAttributes(output, list, bound.bindings);
  return { text: bound.text + written.text, bindings: written.bindings };
}

/** Writes the child elements; false if there are none. */
function writeContent(output: Output, element: Element, model: Model, bindings: Bindings): boolean {
  let isOpen = false;
  for (const candidate of element.places) {
    const place = candidate.particle.instead === undefined ? candidate : present(candidate, model);
    const value = model[place.particle.as];
    if (isAbsent(output, element, place.particle, value)) continue;
    if (!isOpen) output.text += ">";
    isOpen = true;
    if (place.particle.max > 1) writeList(output, element, place, value, bindings);
    else writeItem(output, element, place, value, bindings);
  }
  if (!isOpen && element.rule.anyOrder === 1) {
    throw missing(output, element.name, "content");
  }
  return isOpen;
}

function missing(output: Output, element: string, name: string): MetadataError {
  return fault(output, "metadata.build.missing", { element, name });
}

/** An empty list counts as absent. */
function isAbsent(output: Output, element: Element, particle: Particle, value: unknown): boolean {
  const isThere =
    value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  if (isThere || particle.min === 0) return !isThere;
  throw missing(output, element.name, particle.as);
}

/** The place of the alternative that the model has. */
function present(place: Place, model: Model): Place {
  const particle = alternatives(place.particle).find(({ as }) => model[as] !== undefined);
  if (particle === undefined || particle === place.particle) return place;
  return { particle, element: elementNamed(particle.names[0] as Particle["names"][number]) };
}

function writeList(
  output: Output,
  element: Element,
  place: Place,
  value: unknown,
  bindings: Bindings,
): void {
  if (!Array.isArray(value)) throw wrongValue(output, place.particle.as, value, "an array");
  for (const item of value) writeItem(output, element, place, item, bindings);
}

function writeItem(
  output: Output,
  element: Element,
  { particle, element: only }: Place,
  item: unknown,
  bindings: Bindings,
): void {
  output.text += lineBreak(output);
  if (particle.as === "other") {
    output.text += writeForeignElement(output, element, particle, item as OtherElement, bindings);
  } else writeElement(output, only ?? elementFor(output, particle, item), item, bindings);
}

function elementFor(output: Output, particle: Particle, item: unknown): Element {
  const type = (item as { readonly type?: unknown } | null)?.type;
  const name = particle.names.find((candidate) => candidate === `md:${String(type)}`);
  if (name !== undefined) return elementNamed(name);
  const types = particle.names.map((candidate) => candidate.slice(3)).join(", ");
  throw wrongValue(output, `The type of an item of ${particle.as}`, type, `one of ${types}`);
}

/** A foreign element, where the schema has room for it. */
function writeForeignElement(
  output: Output,
  element: Element,
  particle: Particle,
  item: OtherElement,
  bindings: Bindings,
): string {
  const isNamed = particle.any === undefined;
  if (!isNamed && !isWild(particle.any, element.namespace, item.namespace)) {
    const reason = `${element.name} cannot contain it`;
    throw wrongName(output, `The element ${shown(item.name)}`, reason);
  }
  return writeOther(output, item, bindings);
}
