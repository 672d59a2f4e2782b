import { cut, quoted } from "../../core/quote.ts";
import type { XmlElement } from "../../xml/element.ts";
import { type ElementName, isWild, type Particle } from "../elements/rule.ts";
import { elementOf } from "../elements/schema-elements.ts";
import { alternatives, type Element } from "../elements/table.ts";
import { is } from "./find.ts";
import type { Spot } from "./rule.ts";

/** A child that the content model has no place for. */
export interface Unexpected extends Spot {
  readonly element: XmlElement;
}

/** The violations of an element's content model by its children, as in XML Schema. */
export interface ContentFaults {
  readonly unexpected: readonly Unexpected[];
  /** Names of required elements that are absent, such as `md:A or md:B`. */
  readonly missing: readonly string[];
  /** The elements that it can contain, if it is empty and must not be. */
  readonly empty?: string;
}

/** A content model, and the element it belongs to. */
interface Model {
  readonly name: string;
  readonly namespace: string;
  readonly particles: readonly Particle[];
  /** A type of another schema extends it at the end, with elements of any namespace. */
  readonly isExtended: boolean;
}

/** Judges the children of an element by its content model. */
export function contentFaults(
  { name, namespace, rule }: Element,
  children: readonly XmlElement[],
  isExtended = false,
): ContentFaults {
  if (rule.anyType === true) return { unexpected: [], missing: [] };
  const model = { name, namespace, particles: rule.content ?? [], isExtended };
  return rule.anyOrder === undefined
    ? sequenceFaults(model, children)
    : choiceFaults(model, children, rule.anyOrder);
}

function choiceFaults(model: Model, children: readonly XmlElement[], min: number): ContentFaults {
  const unexpected = children
    .filter((child) => !model.particles.some((particle) => accepts(model, particle, child)))
    .map((child) => fault(model, child, placeName(model, child), model.particles));
  const isEmpty = children.length < min;
  return { unexpected, missing: [], ...(isEmpty ? { empty: listed(model.particles) } : {}) };
}

/** Walks the sequence; a child that fits nowhere in the rest of it is reported and passed over. */
function sequenceFaults(model: Model, children: readonly XmlElement[]): ContentFaults {
  const unexpected: Unexpected[] = [];
  const missing: number[] = [];
  const misplaced = new Set<number>();
  const accepted: { readonly child: XmlElement; readonly place: number }[] = [];
  let place = 0;
  let taken = 0;
  for (const child of children) {
    const next = placeOf(model, child, place, taken);
    if (next < 0) {
      const own = model.particles.findIndex((particle) => acceptsAny(model, particle, child));
      const later = accepted.find((one) => own >= 0 && one.place > own);
      const why =
        later !== undefined
          ? `: it belongs before ${elementName(later.child)}`
          : own >= 0
            ? ": only one is allowed"
            : placeName(model, child);
      misplaced.add(own);
      unexpected.push(fault(model, child, why, model.particles.slice(place, endOf(model, place))));
      continue;
    }
    if (next !== place) {
      missing.push(...required(model, place, taken, next));
      place = next;
      taken = 0;
    }
    taken++;
    accepted.push({ child, place });
  }
  missing.push(...required(model, place, taken, model.particles.length));
  return {
    unexpected,
    missing: missing
      .filter((index) => !misplaced.has(index))
      .map((index) => model.particles[index]?.names.slice(0, 3).join(" or ") ?? ""),
  };
}

/** The next particle that accepts a child, from a given one on; -1 if none does. */
function placeOf(model: Model, child: XmlElement, from: number, taken: number): number {
  const { particles } = model;
  for (let i = from; i < particles.length; i++) {
    const particle = alternatives(particles[i] as Particle).find((one) =>
      accepts(model, one, child),
    );
    if (particle !== undefined && !(i === from && taken >= particle.max)) return i;
  }
  return -1;
}

/** The end of what may come next: the first required particle is the last that may. */
function endOf({ particles }: Model, from: number): number {
  const next = particles.findIndex(({ min }, i) => i > from && min > 0);
  return next < 0 ? particles.length : next + 1;
}

/** The places of required particles that are passed over. */
function required(model: Model, from: number, taken: number, to: number): readonly number[] {
  return model.particles
    .map((_, index) => index)
    .slice(from, to)
    .filter((index) => {
      const isPresent = index === from && taken > 0;
      return (model.particles[index]?.min ?? 0) > 0 && !isPresent;
    });
}

function acceptsAny(model: Model, particle: Particle, child: XmlElement): boolean {
  return alternatives(particle).some((one) => accepts(model, one, child));
}

function accepts(model: Model, { any, names }: Particle, child: XmlElement): boolean {
  if (any === undefined) return is(child, ...names);
  if (!model.isExtended) return isWild(any, model.namespace, child.namespace);
  return !model.particles.some((particle) => is(child, ...particle.names));
}

function fault(
  model: Model,
  element: XmlElement,
  why: string,
  allowed: readonly Particle[],
): Unexpected {
  const values = {
    element: elementName(element),
    parent: `<${model.name}>`,
    why,
    allowed: listed(allowed),
  };
  return { element, values };
}

/** Tells the namespace, if the name alone would fit. */
function placeName({ particles }: Model, { localName }: XmlElement): string {
  const meant = particles
    .flatMap(alternatives)
    .flatMap(({ names }) => names)
    .find((name) => name.endsWith(`:${localName}`));
  return meant === undefined ? "" : `: <${meant}> is meant`;
}

function listed(particles: readonly Particle[]): string {
  const names = particles
    .flatMap(alternatives)
    .flatMap(({ names, any }): readonly (ElementName | string)[] =>
      any === undefined ? names : ["elements of other namespaces"],
    );
  return names.length === 0 ? "nothing more" : names.join(", ");
}

/** `<md:KeyDescriptor>`, or the local name and the namespace where the schemas have no such element. */
export function elementName({ localName, namespace }: XmlElement): string {
  const known = elementOf(namespace, localName);
  if (known !== undefined) return `<${known.name}>`;
  const name = `<${cut(localName)}>`;
  return namespace === "" ? `${name} without a namespace` : `${name} of ${quoted(namespace)}`;
}
