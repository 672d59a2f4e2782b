import type { CodeEntry, Severity } from "../../core/finding.ts";
import { namespaces, type Prefix } from "../../core/uris.ts";
import { attributeOf, childrenOf, type XmlElement } from "../../xml/element.ts";
import type { CertificateCache } from "../read/context.ts";

/**
 * What metadata is held to beyond the standard: as a service or identity provider's own, for the
 * saml2int deployment profile, for eduGAIN, or as the UK federation's registrar checks it.
 *
 * With `sp` or `idp` alone, what is wrong only in another role is a warning at most: the role that was
 * asked about works. A fault that keeps readers from the whole document stays an error.
 */
export type Profile = "sp" | "idp" | "saml2int" | "edugain" | "ukf";

/** An element, and what is around it. */
export interface Visit {
  readonly element: XmlElement;
  /** From the root to the parent. */
  readonly ancestors: readonly XmlElement[];
  readonly root: XmlElement;
  readonly now: number;
  /** The longest that `validUntil` may lie ahead, in seconds. */
  readonly maxValidity: number;
  readonly certificates: CertificateCache;
}

/** What a rule has to say: nothing, one message, or several. */
export type Verdict = string | readonly string[] | undefined;

/** One rule: its entry in the reference, where it looks, and how it judges. */
export interface Rule extends CodeEntry {
  readonly severity: Severity;
  /** Elements that it looks at, as `prefix:name` or `prefix:*`; `*` for every element. */
  readonly on: readonly (`${Prefix}:${string}` | "*")[];
  readonly check: (visit: Visit) => Verdict;
  /** Runs only in these profiles. */
  readonly only?: readonly Profile[];
  /** Its severity where a profile is stricter, or more lenient. */
  readonly severityIn?: Readonly<Partial<Record<Profile, Severity>>>;
  /** It spoils the whole document, whichever role it is in. */
  readonly ofDocument?: true;
}

const COLON = 0x3a;
const names: Readonly<Record<string, string>> = namespaces;

/** Whether something has a name of the table, such as `md:KeyDescriptor`. */
function isNamed(
  { localName, namespace }: Pick<XmlElement, "localName" | "namespace">,
  name: string,
): boolean {
  // Most differ in the local name: nothing is cut apart before that.
  const colon = name.length - localName.length - 1;
  return (
    name.charCodeAt(colon) === COLON &&
    name.endsWith(localName) &&
    names[name.slice(0, colon)] === namespace
  );
}

/** The child elements of a name of the table, such as `md:KeyDescriptor`. */
export function children(element: XmlElement, name: `${Prefix}:${string}`): readonly XmlElement[] {
  const colon = name.indexOf(":");
  return childrenOf(element, names[name.slice(0, colon)] as string, name.slice(colon + 1));
}

/** Whether an element has the name; a name of several may be given. */
export function is(
  element: XmlElement | undefined,
  ...candidates: readonly `${Prefix}:${string}`[]
): boolean {
  return element !== undefined && candidates.some((name) => isNamed(element, name));
}

/** Every element below that has the name. */
export function descendants(
  element: XmlElement,
  name: `${Prefix}:${string}`,
): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const look = (parent: XmlElement): void => {
    for (const child of parent.children) {
      if (is(child, name)) found.push(child);
      look(child);
    }
  };
  look(element);
  return found;
}

/** The value of an attribute, without a namespace or as `prefix:name`. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return name.includes(":")
    ? element.attributes.find((one) => isNamed(one, name))?.value
    : attributeOf(element, name);
}

/** The values that occur more than once. */
export function repeated(values: readonly (string | undefined)[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    if (value === undefined) continue;
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return [...twice];
}

/** A value of the document in a message: short, and without what a terminal would act on. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 97)}...` : value);
}

export const ROLES = [
  "md:IDPSSODescriptor",
  "md:SPSSODescriptor",
  "md:AttributeAuthorityDescriptor",
  "md:AuthnAuthorityDescriptor",
  "md:PDPDescriptor",
] as const;

/** Whether a role says that it speaks a protocol. */
export function speaks(role: XmlElement | undefined, protocol: string): boolean {
  const list = role === undefined ? undefined : attribute(role, "protocolSupportEnumeration");
  return (list ?? "").split(/\s+/).includes(protocol);
}

export const SAML2 = "urn:oasis:names:tc:SAML:2.0:protocol";
export const SAML11 = "urn:oasis:names:tc:SAML:1.1:protocol";
