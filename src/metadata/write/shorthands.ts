import { parseCertificate } from "../../certificates/index.ts";
import type { Certificate } from "../../certificates/types.ts";
import { MetadataError } from "../../core/errors.ts";
import { isoTime, unixSeconds } from "../../core/time.ts";
import { encryptionAlgorithms } from "../../core/uris.ts";
import type { Extensions, LocalizedText, UiInfo } from "../model/extension-types.ts";
import type {
  ContactPerson,
  EncryptionMethod,
  Endpoint,
  IndexedEndpoint,
  KeyDescriptor,
  KeyUse,
  MetadataTime,
  Organization,
} from "../model/types.ts";
import type {
  CertificateInput,
  ContactInput,
  EndpointInput,
  EntityOptions,
  IndexedEndpointInput,
  LocalizedInput,
  OrganizationInput,
  UiInput,
} from "./options.ts";

/** What the shorthands of the build options stand for in the model. */

export function timeOf(instant: EntityOptions["validUntil"]): MetadataTime | undefined {
  if (instant === undefined) return undefined;
  try {
    const seconds = unixSeconds(instant);
    return { unixSeconds: seconds, iso: isoTime(seconds) };
  } catch {
    throw new MetadataError("metadata.build.value", "validUntil is not a point in time.", {
      hint: "Give a valid Date, or whole unix seconds.",
      at: { path: "validUntil" },
    });
  }
}

export function durationOf(duration: EntityOptions["cacheDuration"]): string | undefined {
  return typeof duration === "number" ? `PT${duration}S` : duration;
}

function localized(input: LocalizedInput): readonly LocalizedText[] {
  if (typeof input === "string") return [{ lang: "en", value: input }];
  return "lang" in input ? [input] : input;
}

function maybeLocalized(input: LocalizedInput | undefined): readonly LocalizedText[] | undefined {
  return input === undefined ? undefined : localized(input);
}

export function organizationOf(
  input: OrganizationInput | Organization | undefined,
): Organization | undefined {
  if (input === undefined || !("name" in input)) return input;
  return {
    names: localized(input.name),
    displayNames: localized(input.displayName ?? input.name),
    urls: localized(input.url),
  };
}

/** REFEDS Security Contact Metadata Extension Schema. */
const SECURITY_CONTACT = "http://refeds.org/metadata/contactType/security";

export function contactOf(input: ContactInput): ContactPerson {
  const { contactType, emailAddresses, ...rest } = input;
  const isSecurity = contactType === "security";
  return {
    contactType: isSecurity ? "other" : contactType,
    ...(isSecurity ? { refedsContactType: SECURITY_CONTACT } : {}),
    ...rest,
    // Metadata 2.3.2.2: the value is a mailto: URI.
    emailAddresses: emailAddresses?.map((address) =>
      /^mailto:/i.test(address) ? address : `mailto:${address}`,
    ),
  };
}

export function endpointOf(input: EndpointInput, binding: string): Endpoint {
  return typeof input === "string"
    ? { binding, location: input }
    : { ...input, binding: input?.binding ?? binding };
}

function indexedEndpointOf(
  input: IndexedEndpointInput,
  index: number,
  binding: string,
): IndexedEndpoint {
  return typeof input === "string"
    ? { binding, location: input, index, isDefault: undefined }
    : { ...input, binding: input?.binding ?? binding, index: input?.index ?? index };
}

/** Numbers a list, and refuses a number or a default that occurs twice (metadata 2.2.3). */
export function indexedEndpoints(
  list: readonly IndexedEndpointInput[],
  binding: string,
): readonly IndexedEndpoint[] {
  const endpoints = list.map((input, place) => indexedEndpointOf(input, place, binding));
  const taken = new Set(endpoints.map(({ index }) => index));
  const defaults = endpoints.filter(({ isDefault }) => isDefault === true);
  if (taken.size === endpoints.length && defaults.length < 2) return endpoints;
  throw new MetadataError(
    "metadata.build.index",
    defaults.length > 1
      ? "More than one endpoint of a list is the default."
      : "Two endpoints of a list have the same index.",
    { hint: "Give each its own index, or none at all, and mark at most one as the default." },
  );
}

function certificateOf(input: CertificateInput): Certificate {
  if (typeof input === "string") return parseCertificate(input);
  if (typeof input === "object" && input !== null) return input;
  throw new MetadataError("metadata.build.value", "A certificate is neither read nor text.", {
    hint: "Give PEM, or what parseCertificate returns.",
  });
}

const { aes128Gcm, aes256Gcm, rsaOaepMgf1p } = encryptionAlgorithms;

/** AES-CBC in XML can be decrypted by an oracle (XML Encryption 1.1, 6.1.1). */
const DEFAULT_METHODS: readonly string[] = [aes128Gcm, aes256Gcm, rsaOaepMgf1p];

function encryptionMethods(
  list: EntityOptions["encryptionMethods"] = DEFAULT_METHODS,
): readonly EncryptionMethod[] {
  return list.map((method) => (typeof method === "string" ? { algorithm: method } : method));
}

/** One descriptor a key and use: what every reader understands. */
export function keyDescriptors(options: EntityOptions): readonly KeyDescriptor[] {
  const descriptor =
    (use: KeyUse) =>
    (input: CertificateInput): KeyDescriptor => ({
      use,
      keyInfo: { certificates: [certificateOf(input)] },
      ...(use === "encryption"
        ? { encryptionMethods: encryptionMethods(options.encryptionMethods) }
        : {}),
    });
  return [
    ...(options.signingCertificates ?? []).map(descriptor("signing")),
    ...(options.encryptionCertificates ?? []).map(descriptor("encryption")),
  ];
}

function uiInfoOf(ui: UiInput): UiInfo {
  return {
    displayNames: maybeLocalized(ui.displayName),
    descriptions: maybeLocalized(ui.description),
    keywords: ui.keywords,
    logos: ui.logos,
    informationUrls: maybeLocalized(ui.informationUrl),
    privacyStatementUrls: maybeLocalized(ui.privacyStatementUrl),
  };
}

/** Nothing for what holds nothing, as an element must not be empty. */
function holding<T extends object>(parts: T | undefined): T | undefined {
  const isThere = (value: unknown): boolean =>
    value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.values(parts ?? {}).some(isThere) ? parts : undefined;
}

export function roleExtensions({ ui, roleExtensions }: EntityOptions): Extensions | undefined {
  const uiInfo = roleExtensions?.uiInfo ?? (ui && holding(uiInfoOf(ui)));
  return holding(uiInfo === undefined ? roleExtensions : { ...roleExtensions, uiInfo });
}

/** The attribute of REFEDS entity categories (RFC 8409, section 3). */
const ENTITY_CATEGORY = "http://macedir.org/entity-category";
const URI_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";

export function entityExtensions(options: EntityOptions): Extensions | undefined {
  const { entityCategories = [], extensions } = options;
  if (entityCategories.length === 0) return holding(extensions);
  const category = { name: ENTITY_CATEGORY, nameFormat: URI_FORMAT, values: entityCategories };
  const { attributes = [], ...rest } = extensions?.entityAttributes ?? {};
  return { ...extensions, entityAttributes: { ...rest, attributes: [category, ...attributes] } };
}

/** An absent list for an empty one, as reading gives it. */
export function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
