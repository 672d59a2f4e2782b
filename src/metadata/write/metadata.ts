import { checkOptions, oneOf } from "../../core/options.ts";
import type { EntitiesDescriptor, EntityDescriptor } from "../model/types.ts";
import { writeDocument } from "./write-element.ts";

/** The form of the text. */
export interface BuildOptions {
  /** Indented by two spaces (the default), or on one line. */
  readonly format?: "indented" | "compact" | undefined;
}

/**
 * Writes a model as a document: the inverse of `parseMetadata`. The result follows the schemas; content
 * of other schemas is written where they allow it.
 *
 * Throws a `MetadataError` for a model that cannot be written as valid metadata.
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
  const kinds = { format: oneOf("indented", "compact") };
  checkOptions<BuildOptions>(options, kinds, "buildMetadata");
  return writeDocument(metadata, options?.format ?? "indented");
}
