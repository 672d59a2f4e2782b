import { metadataCodes } from "../../core/codes/metadata/document.ts";
import { MetadataError } from "../../core/errors.ts";
import type { Location } from "../../core/finding.ts";
import { errorOf } from "../../core/issue.ts";
import { checkOptions, OBJECT } from "../../core/options.ts";
import { cut, quoted } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import { isNamed, type XmlElement } from "../../xml/element.ts";
import type { XmlLimits } from "../../xml/limits.ts";
import { readXmlTree } from "../../xml/tree.ts";
import type { ReadEntity, Trust } from "../model/trust.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import { newCertificateCache } from "./context.ts";
import { entitiesOf, entityFromElement, groupFromElement } from "./entity.ts";

/** How metadata is read. */
export interface ParseOptions {
  /** Limits of the reader; each has a default. */
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** A document that was read. Its trust is part of the type. */
export interface ReadMetadata<T extends Trust> {
  /** The model of the document, nested as the document is. */
  readonly root: EntityDescriptor | EntitiesDescriptor;
  /** Every entity of all groups, in the order of the document. */
  readonly entities: readonly ReadEntity<T>[];
  /** The root has a `<ds:Signature>`. It was not verified. */
  readonly signed: boolean;
}

/** The namespaces whose elements contain text or elements, but not both. */
export const UNMIXED: ReadonlySet<string> = /* @__PURE__ */ new Set([namespaces.md, namespaces.ds]);

/** A document that was not verified. */
export type UntrustedMetadata = ReadMetadata<"untrusted">;

/**
 * Reads SAML metadata: an `<EntityDescriptor>`, or a (nested) `<EntitiesDescriptor>`. The XML must be
 * strictly well-formed. Content that the schema does not expect is kept, and `validateMetadata` reports
 * it. Signatures are not verified: see `verifyMetadata`.
 *
 * Throws a `MetadataError` with line and column.
 *
 * @example
 * ```ts
 * import { parseMetadata } from "samlcert/metadata";
 *
 * const { entities } = parseMetadata(
 *   `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">
 *     <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
 *       <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
 *         Location="https://idp.example.com/sso"/>
 *     </IDPSSODescriptor>
 *   </EntityDescriptor>`,
 * );
 * console.log(entities.map(({ entityId }) => entityId));
 * ```
 */
export function parseMetadata(
  xml: string | Uint8Array,
  options: ParseOptions = {},
): UntrustedMetadata {
  checkOptions<ParseOptions>(options, { limits: OBJECT }, "parseMetadata");
  const { root, locate } = readXmlTree(xml, options?.limits, UNMIXED);
  return metadataFromElement(root, "untrusted", locate);
}

/** The model of a document's root element. */
export function metadataFromElement<T extends Trust>(
  root: XmlElement,
  trust: T,
  locate = (offset: number): Location => ({ offset }),
): ReadMetadata<T> {
  const name = root.namespace === namespaces.md ? root.localName : "";
  const context = { trust, certificates: newCertificateCache() };
  const signed = root.children.some((child) => isNamed(child, namespaces.ds, "Signature"));
  if (name === "EntityDescriptor") {
    const entity = entityFromElement(root, context);
    return { root: entity, entities: [entity], signed };
  }
  if (name === "EntitiesDescriptor") {
    const group = groupFromElement(root, context);
    return { root: group, entities: entitiesOf(group, trust), signed };
  }
  throw errorOf(MetadataError, metadataCodes, {
    code: "metadata.root",
    values: { found: rootName(root) },
    at: { ...locate(root.at), path: cut(root.localName) },
  });
}

/** The description of a root that is not metadata, with its namespace if only that is wrong. */
export function rootName({ localName, namespace }: XmlElement): string {
  const name = `<${cut(localName)}>`;
  if (/^html$/i.test(localName)) return `this is a web page (${name})`;
  if (!/^Entit(?:y|ies)Descriptor$/.test(localName)) return `its root is ${name}`;
  const place = namespace === "" ? "no namespace" : quoted(namespace);
  return `its root ${name} is in ${place}`;
}
