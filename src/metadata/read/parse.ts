import { MetadataError } from "../../core/errors.ts";
import type { Location } from "../../core/finding.ts";
import { namespaces } from "../../core/uris.ts";
import { isDsig, type XmlElement } from "../../xml/element.ts";
import type { XmlLimits } from "../../xml/limits.ts";
import { readXmlTree } from "../../xml/tree.ts";
import type { ReadEntity, Trust } from "../model/trust.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import { newCertificateCache } from "./context.ts";
import { entitiesOf, entityFromElement, groupFromElement } from "./entity.ts";

/** How metadata is read. */
export interface ParseOptions {
  /** What the reader refuses to go beyond; each has its default. */
  readonly limits?: Partial<XmlLimits> | undefined;
}

/** A document that was read, how far it may be believed being part of the type. */
export interface ReadMetadata<T extends Trust> {
  /** What the document is, as it is nested. */
  readonly root: EntityDescriptor | EntitiesDescriptor;
  /** Every entity, out of all groups, in the order of the document. */
  readonly entities: readonly ReadEntity<T>[];
  /** The root has a `<ds:Signature>`; nobody has looked at it for this. */
  readonly signed: boolean;
}

/** A document that nobody has verified. */
export type UntrustedMetadata = ReadMetadata<"untrusted">;

/**
 * Reads SAML metadata: an `<EntityDescriptor>`, or a (nested) `<EntitiesDescriptor>`. The XML has to
 * be strictly well-formed; what the schema does not expect is kept, and is for `validateMetadata` to
 * tell. Signatures are not looked at: see `verifyMetadata`.
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
  const { root, locate } = readXmlTree(xml, options?.limits);
  return metadataFromElement(root, "untrusted", locate);
}

/** The model of a document's root element. A root that is no metadata is located, if need be. */
export function metadataFromElement<T extends Trust>(
  root: XmlElement,
  trust: T,
  locate = (offset: number): Location => ({ offset }),
): ReadMetadata<T> {
  const name = root.namespace === namespaces.md ? root.localName : "";
  const context = { trust, certificates: newCertificateCache() };
  const signed = root.children.some((child) => isDsig(child, "Signature"));
  if (name === "EntityDescriptor") {
    const entity = entityFromElement(root, context);
    return { root: entity, entities: [entity], signed };
  }
  if (name === "EntitiesDescriptor") {
    const group = groupFromElement(root, context);
    return { root: group, entities: entitiesOf(group, trust), signed };
  }
  throw new MetadataError(
    "metadata.root",
    `The document is not SAML metadata: its root is ${rootName(root)}.`,
    {
      hint: "Pass an EntityDescriptor or EntitiesDescriptor of urn:oasis:names:tc:SAML:2.0:metadata.",
      at: { ...locate(root.at), path: root.localName.slice(0, 80) },
    },
  );
}

/** Of a root that is named as one of metadata, what is wrong is its namespace. */
export function rootName({ localName, namespace }: XmlElement): string {
  const name = `<${localName.slice(0, 80)}>`;
  if (/^html$/i.test(localName)) return `${name}, of a web page`;
  if (!/^Entit(?:y|ies)Descriptor$/.test(localName)) return name;
  return `${name} in ${namespace === "" ? "no namespace" : JSON.stringify(namespace.slice(0, 80))}`;
}
