import { isSamlCertError } from "../core/errors.ts";
import { bySeverity, type Check, type Finding, hasErrors } from "../core/finding.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { namespaces } from "../core/uris.ts";
import type { XmlDocument, XmlElement } from "../xml/element.ts";
import type { XmlLimits } from "../xml/limits.ts";
import { readXmlTree } from "../xml/tree.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "./model/types.ts";
import { newCertificateCache } from "./read/context.ts";
import { rootName } from "./read/parse.ts";
import { certificateFindings } from "./rules/certificates.ts";
import { metadataRules } from "./rules/index.ts";
import { maxValidityDays, severityOf } from "./rules/profiles.ts";
import { is, type Profile, type Rule, type Visit } from "./rules/rule.ts";
import { buildMetadata } from "./write/metadata.ts";

/** How metadata is judged. */
export interface ValidateMetadataOptions {
  /** The time to judge by. Default: the clock. */
  readonly now?: Instant | undefined;
  /** What it is held to beyond the standard; several hold together. */
  readonly profile?: Profile | readonly Profile[] | undefined;
  /** The longest that `validUntil` may lie ahead, in days. Default: 365, and 28 for eduGAIN. */
  readonly maxValidityDays?: number | undefined;
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** The answer of `validateMetadata`. */
export interface MetadataReport {
  /** No finding has severity `error`. */
  readonly ok: boolean;
  /** The worst first. At most 1,000. */
  readonly findings: readonly Finding[];
  /** What became of each rule. */
  readonly checks: readonly Check[];
}

/** More would help nobody, and each costs a look through the document for its line. */
const MAX_FINDINGS = 1000;
const MAX_LOCATED = 250;

const DAY = 86_400;

/**
 * Says what is wrong with metadata: against the schemas, against the standard, and against the
 * profiles that are asked for. Takes the text of a document, or a model, which is judged as the
 * document that is built from it. Never throws because of the input. Whether a signature is right is
 * not judged here.
 *
 * @example
 * ```ts
 * import { validateMetadata } from "samlcert/metadata";
 *
 * const report = validateMetadata("<EntityDescriptor/>", { now: new Date(), profile: "sp" });
 * for (const { code, message, at } of report.findings) console.log(at?.line, code, message);
 * ```
 */
export function validateMetadata(
  metadata: string | Uint8Array | EntityDescriptor | EntitiesDescriptor,
  options: ValidateMetadataOptions = {},
): MetadataReport {
  const profiles = new Set([options?.profile ?? []].flat());
  try {
    const isDocument = typeof metadata === "string" || metadata instanceof Uint8Array;
    const text = isDocument ? metadata : buildMetadata(metadata);
    const document = readXmlTree(text, options?.limits);
    return judge(document, options, profiles);
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    const { code, message, hint, at } = error;
    const reason = "The document could not be read.";
    const checks = metadataRules.map(({ code: id }): Check => ({ id, status: "skipped", reason }));
    return { ok: false, findings: [{ code, severity: "error", message, hint, at }], checks };
  }
}

/** Where rules look: at elements by namespace and local name. */
interface Plan {
  readonly byName: ReadonlyMap<string, readonly Rule[]>;
  /** The rules of each name that was met. */
  readonly met: Map<string, readonly Rule[]>;
}

interface Found {
  readonly finding: Omit<Finding, "at">;
  readonly at: number;
  readonly path: string;
}

function judge(
  document: XmlDocument,
  options: ValidateMetadataOptions,
  profiles: ReadonlySet<Profile>,
): MetadataReport {
  const { root } = document;
  if (!is(root, "md:EntityDescriptor", "md:EntitiesDescriptor")) return notMetadata(document);
  const applies = ({ only }: Rule): boolean => only?.some((name) => profiles.has(name)) ?? true;
  const plan = planOf(metadataRules.filter(applies));
  const days = options?.maxValidityDays ?? maxValidityDays(profiles);
  const now = unixSeconds(options?.now ?? new Date());
  const maxValidity = days * DAY;
  const certificates = newCertificateCache();
  const found: Found[] = [];
  const failed = new Set<string>();
  const report = (finding: Found["finding"], { element, ancestors }: Visit): void => {
    if (found.length < MAX_FINDINGS) {
      found.push({ finding, at: element.at, path: pathOf(element, ancestors) });
    }
  };
  walk(root, [], (element, ancestors) => {
    const here: Visit = { element, ancestors, root, now, maxValidity, certificates };
    for (const rule of rulesFor(plan, element)) {
      const verdict = rule.check(here);
      if (verdict === undefined || verdict.length === 0) continue;
      failed.add(rule.code);
      const { code, hint } = rule;
      const severity = severityOf(rule, here, profiles);
      for (const message of [verdict].flat()) report({ code, severity, message, hint }, here);
    }
    if (!isKeyCertificate(element, ancestors)) return;
    for (const { at: _, ...finding } of certificateFindings(here)) {
      report({ ...finding, severity: severityOf(finding, here, profiles) }, here);
    }
  });
  const findings = locate(document, found);
  return { ok: !hasErrors(findings), findings, checks: checksOf(applies, failed) };
}

function isKeyCertificate(element: XmlElement, ancestors: readonly XmlElement[]): boolean {
  return is(element, "ds:X509Certificate") && ancestors.some((one) => is(one, "md:KeyDescriptor"));
}

function notMetadata({ root, locate: place }: XmlDocument): MetadataReport {
  const message = `The document is not SAML metadata: its root is ${rootName(root)}.`;
  const hint = `Pass an EntityDescriptor or EntitiesDescriptor of ${namespaces.md}.`;
  const finding: Finding = {
    code: "metadata.root",
    severity: "error",
    message,
    hint,
    at: place(root.at),
  };
  const reason = "The document is not SAML metadata.";
  const checks = metadataRules.map(({ code }): Check => ({ id: code, status: "skipped", reason }));
  return { ok: false, findings: [finding], checks };
}

function planOf(rules: readonly Rule[]): Plan {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const name of rule.on) {
      const [prefix = "", localName = ""] = name.split(":");
      const key =
        name === "*" ? "*" : `${namespaces[prefix as keyof typeof namespaces]} ${localName}`;
      byName.set(key, [...(byName.get(key) ?? []), rule]);
    }
  }
  return { byName, met: new Map() };
}

function rulesFor({ byName, met }: Plan, { namespace, localName }: XmlElement): readonly Rule[] {
  const name = `${namespace} ${localName}`;
  let rules = met.get(name);
  if (rules === undefined) {
    rules = [name, `${namespace} *`, "*"].flatMap((key) => byName.get(key) ?? []);
    met.set(name, rules);
  }
  return rules;
}

function walk(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  look: (element: XmlElement, ancestors: readonly XmlElement[]) => void,
): void {
  look(element, ancestors);
  if (element.children.length === 0) return;
  const path = [...ancestors, element];
  for (const child of element.children) walk(child, path, look);
}

/** `EntityDescriptor(https://idp.example.com)/IDPSSODescriptor/KeyDescriptor` */
function pathOf(element: XmlElement, ancestors: readonly XmlElement[]): string {
  return [...ancestors, element]
    .map((one) => {
      const id = one.attributes.find(({ localName }) => localName === "entityID")?.value;
      return id === undefined ? one.localName : `${one.localName}(${id.slice(0, 100)})`;
    })
    .join("/");
}

function locate(document: XmlDocument, found: readonly Found[]): readonly Finding[] {
  const worst = [...found].sort((a, b) => bySeverity(a.finding as Finding, b.finding as Finding));
  return worst.map(({ finding, at, path }, i) => ({
    ...finding,
    at: i < MAX_LOCATED ? { ...document.locate(at), path } : { path },
  }));
}

function checksOf(applies: (rule: Rule) => boolean, failed: ReadonlySet<string>): readonly Check[] {
  return metadataRules.map((rule): Check => {
    const id = rule.code;
    if (!applies(rule)) return { id, status: "skipped", reason: "Only for another profile." };
    return { id, status: failed.has(id) ? "failed" : "passed" };
  });
}
