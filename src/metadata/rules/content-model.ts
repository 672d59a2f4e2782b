import type { XmlElement } from "../../xml/element.ts";
import { isWild, type Particle } from "../elements/rule.ts";
import { alternatives, type Element } from "../elements/table.ts";
import { is } from "./rule.ts";

/** Why the child elements of an element are not what its content model says; as XML Schema does. */
export function contentFaults(
  element: Element,
  children: readonly XmlElement[],
): readonly string[] {
  const { rule } = element;
  if (rule.anyType === true) return [];
  const particles = rule.content ?? [];
  return rule.anyOrder === undefined
    ? sequenceFaults(element, particles, children)
    : choiceFaults(element, particles, children, rule.anyOrder);
}

function choiceFaults(
  element: Element,
  particles: readonly Particle[],
  children: readonly XmlElement[],
  min: number,
): readonly string[] {
  const faults = children
    .filter((child) => !particles.some((particle) => accepts(element, particle, child)))
    .map((child) => unexpected(element, child));
  return children.length < min ? [`${element.name} is empty, and must not be.`] : faults;
}

/** Goes along the sequence; where a child fits nothing that is left, it says so and goes on. */
function sequenceFaults(
  element: Element,
  particles: readonly Particle[],
  children: readonly XmlElement[],
): readonly string[] {
  const faults: string[] = [];
  let place = 0;
  let taken = 0;
  for (const child of children) {
    const next = placeOf(element, particles, child, place, taken);
    if (next < 0) {
      faults.push(unexpected(element, child));
      continue;
    }
    if (next !== place) {
      faults.push(...missing(element, particles, place, taken, next));
      place = next;
      taken = 0;
    }
    taken++;
  }
  return [...faults, ...missing(element, particles, place, taken, particles.length)];
}

function placeOf(
  element: Element,
  particles: readonly Particle[],
  child: XmlElement,
  from: number,
  taken: number,
): number {
  for (let i = from; i < particles.length; i++) {
    const particle = alternatives(particles[i] as Particle).find((one) =>
      accepts(element, one, child),
    );
    if (particle !== undefined && !(i === from && taken >= particle.max)) return i;
  }
  return -1;
}

function missing(
  element: Element,
  particles: readonly Particle[],
  from: number,
  taken: number,
  to: number,
): readonly string[] {
  return particles
    .slice(from, to)
    .filter((particle, i) => particle.min > 0 && (i > 0 || taken === 0))
    .map(({ names }) => `${element.name} has no ${names.slice(0, 3).join(" or ")}.`);
}

function accepts(element: Element, particle: Particle, child: XmlElement): boolean {
  if (particle.any !== undefined) return isWild(particle.any, element.namespace, child.namespace);
  return is(child, ...particle.names);
}

function unexpected(element: Element, child: XmlElement): string {
  return `<${child.localName}> cannot stand in ${element.name}, or not in this place.`;
}
