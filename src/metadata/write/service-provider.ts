import { MetadataError } from "../../core/errors.ts";
import { bindings, SAML2_PROTOCOL } from "../../core/uris.ts";
import type {
  AttributeConsumingService,
  EntityDescriptor,
  ServiceProviderRole,
} from "../model/types.ts";
import { checkOptions, entityOf, ssoRole } from "./entity.ts";
import { buildMetadata } from "./metadata.ts";
import type { EntityOptions, IndexedEndpointInput } from "./options.ts";
import { indexedEndpoints, nonEmpty } from "./shorthands.ts";

/** What service provider metadata is built from. */
export interface ServiceProviderOptions extends EntityOptions {
  /** Where responses go to: by default at the HTTP-POST binding. The first is the default one. */
  readonly assertionConsumerServices: readonly IndexedEndpointInput[];
  readonly attributeConsumingServices?: readonly AttributeConsumingService[] | undefined;
  /** It signs its requests; needs a signing certificate. */
  readonly authnRequestsSigned?: boolean | undefined;
  readonly wantAssertionsSigned?: boolean | undefined;
}

/** The entity that the options stand for. */
function serviceProviderEntity(options: ServiceProviderOptions): EntityDescriptor {
  const { authnRequestsSigned, wantAssertionsSigned } = options;
  const consumers = indexedEndpoints(options.assertionConsumerServices ?? [], bindings.post);
  const role: ServiceProviderRole = {
    type: "SPSSODescriptor",
    authnRequestsSigned,
    wantAssertionsSigned,
    ...ssoRole(options, SAML2_PROTOCOL),
    assertionConsumerServices: nonEmpty(markDefault(consumers)),
    attributeConsumingServices: nonEmpty(options.attributeConsumingServices),
  };
  if (authnRequestsSigned === true && (options.signingCertificates ?? []).length === 0) {
    throw new MetadataError(
      "metadata.build.signing_key",
      "authnRequestsSigned is true, but there is no signing certificate.",
      { hint: "Give signingCertificates, or leave authnRequestsSigned out." },
    );
  }
  return entityOf(options, role);
}

type Consumers = NonNullable<ServiceProviderRole["assertionConsumerServices"]>;

/** Metadata 2.2.3: without a default the first is it; saying so spares readers that guess. */
function markDefault(list: Consumers): Consumers {
  const [first, ...rest] = list;
  if (first === undefined || list.some(({ isDefault }) => isDefault !== undefined)) return list;
  const { binding, location, index, responseLocation, otherAttributes, other } = first;
  // Named one by one: spreading costs a tenth of the whole build.
  const marked = {
    binding,
    location,
    index,
    isDefault: true,
    responseLocation,
    otherAttributes,
    other,
  };
  return [marked, ...rest];
}

/**
 * Builds SAML 2.0 metadata of a service provider. The order of elements and what is required come
 * from the schema, so the result is valid against it; the same options give the same text.
 *
 * Throws a `MetadataError` for a value that is missing, is not of its type, or is a URL that nobody
 * should be sent to, and a `CertificateError` for text that is not one certificate.
 *
 * Source: SAML V2.0 Metadata, 2.4.4.
 *
 * @example
 * ```ts
 * import { buildServiceProviderMetadata } from "samlcert/metadata";
 *
 * const xml: string = buildServiceProviderMetadata({
 *   entityId: "https://sp.example.com/saml",
 *   assertionConsumerServices: ["https://sp.example.com/saml/acs"],
 *   organization: { name: "Example", url: "https://www.example.com/" },
 *   contacts: [{ contactType: "technical", emailAddresses: ["sso@example.com"] }],
 * });
 * console.log(xml);
 * ```
 */
export function buildServiceProviderMetadata(options: ServiceProviderOptions): string {
  checkOptions(options);
  return buildMetadata(serviceProviderEntity(options), { format: options.format });
}
