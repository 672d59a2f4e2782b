import { type MetadataRuleCode, metadataRuleCodes } from "../../core/codes/metadata/rules.ts";
import type { Finding, Severity } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import { cut } from "../../core/quote.ts";
import { namespaces, type Prefix } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import { metadataRules } from "./all.ts";
import { certificateFindings } from "./certificates.ts";
import { isInOtherRole, type MetadataProfile } from "./profiles.ts";
import type { MetadataRule, Spot, Visit } from "./rule.ts";

/** A finding, and the element that it points at. */
export interface Found {
  readonly finding: Finding;
  /** Offset of the element, for `XmlDocument.locate`. */
  readonly at: number;
  /** `EntityDescriptor(https://idp.example.com)/IDPSSODescriptor/KeyDescriptor` */
  readonly path: string;
}

/** How a document is judged. */
export interface Judgement extends Omit<Visit, "element" | "ancestors"> {
  readonly profiles: readonly MetadataProfile[];
  /** The rules that run, with their severity. */
  readonly severities: ReadonlyMap<MetadataRuleCode, Severity>;
}

/** Runs the rules over a document. */
export function judge(judgement: Judgement, report: (found: Found) => void): void {
  const { root, profiles, severities } = judgement;
  const rulesFor = rulesByElement([...severities.keys()]);
  const spare = (severity: Severity, visit: Visit): Severity =>
    severity === "error" && isInOtherRole(visit, profiles) ? "warning" : severity;
  walk(root, [], (element, ancestors) => {
    const visit: Visit = { ...judgement, element, ancestors };
    for (const code of rulesFor(element)) {
      const { check, ofDocument }: MetadataRule = metadataRules[code];
      for (const { values, element: spot = element } of spotsOf(check(visit))) {
        const severity = severities.get(code) as Severity;
        const weighed = ofDocument === true ? severity : spare(severity, visit);
        const finding = findingOf(metadataRuleCodes, { code, values }, weighed);
        report({ finding, at: spot.at, path: pathOf(pathTo(visit, spot)) });
      }
    }
    for (const { at: _, ...finding } of certificateFindings(visit)) {
      const severity = spare(finding.severity, visit);
      const path = pathOf([...ancestors, element]);
      report({ finding: { ...finding, severity }, at: element.at, path });
    }
  });
}

function spotsOf(verdict: ReturnType<MetadataRule["check"]>): readonly Spot[] {
  if (verdict === false) return [];
  return verdict === true ? [{}] : [verdict].flat();
}

/** The codes of the rules that visit an element; memoised by its name. */
function rulesByElement(
  codes: readonly MetadataRuleCode[],
): (element: XmlElement) => readonly MetadataRuleCode[] {
  const byName = new Map<string, MetadataRuleCode[]>();
  for (const code of codes) {
    for (const name of metadataRules[code].on) {
      const key = expandedName(name);
      byName.set(key, [...(byName.get(key) ?? []), code]);
    }
  }
  const met = new Map<string, readonly MetadataRuleCode[]>();
  return ({ namespace, localName }) => {
    const name = `${namespace} ${localName}`;
    const known = met.get(name);
    if (known !== undefined) return known;
    const found = [name, `${namespace} *`, "*"].flatMap((key) => byName.get(key) ?? []);
    met.set(name, found);
    return found;
  };
}

function expandedName(name: string): string {
  if (name === "*") return name;
  const [prefix, localName] = name.split(":") as [Prefix, string];
  return `${namespaces[prefix]} ${localName}`;
}

function walk(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  visit: (element: XmlElement, ancestors: readonly XmlElement[]) => void,
): void {
  visit(element, ancestors);
  if (element.children.length === 0) return;
  const path = [...ancestors, element];
  for (const child of element.children) walk(child, path, visit);
}

/** The elements from the root to one that is at or below the visited element, or elsewhere. */
function pathTo({ root, ancestors, element }: Visit, spot: XmlElement): readonly XmlElement[] {
  const below = chainTo(element, spot);
  return below.length > 0 ? [...ancestors, ...below] : chainTo(root, spot);
}

/** The elements from one down to a descendant, both included. */
function chainTo(element: XmlElement, descendant: XmlElement): readonly XmlElement[] {
  if (element === descendant) return [element];
  for (const child of element.children) {
    const below = chainTo(child, descendant);
    if (below.length > 0) return [element, ...below];
  }
  return [];
}

function pathOf(elements: readonly XmlElement[]): string {
  return elements
    .map((one) => {
      const id = one.attributes.find(({ localName }) => localName === "entityID")?.value;
      return id === undefined ? one.localName : `${one.localName}(${cut(id)})`;
    })
    .join("/");
}
