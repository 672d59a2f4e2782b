import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import { writeDocument } from "./write-element.ts";

/** How built metadata looks. */
export interface BuildOptions {
  /** Indented by two spaces (the default), or on one line. */
  readonly format?: "indented" | "compact" | undefined;
}

/**
 * Writes a model as a document: the opposite of `parseMetadata`. Order, required parts and types come
 * from the schema table; foreign parts are written where the schemas have room for them.
 *
 * Throws a `MetadataError` for a model that no valid metadata can be written from.
 *
 * @example
 * ```ts
 * import { buildMetadata } from "samlcert/metadata";
 *
 * const xml: string = buildMetadata({
 *   type: "EntityDescriptor",
 *   entityId: "https://aa.example.com/saml",
 *   roles: [
 *     {
 *       type: "AttributeAuthorityDescriptor",
 *       protocolSupportEnumeration: ["urn:oasis:names:tc:SAML:2.0:protocol"],
 *       attributeServices: [
 *         {
 *           binding: "urn:oasis:names:tc:SAML:2.0:bindings:SOAP",
 *           location: "https://aa.example.com/query",
 *         },
 *       ],
 *     },
 *   ],
 * });
 * console.log(xml);
 * ```
 */
export function buildMetadata(
  metadata: EntityDescriptor | EntitiesDescriptor,
  options: BuildOptions = {},
): string {
  return writeDocument(metadata, options?.format ?? "indented");
}
