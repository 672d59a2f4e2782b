import { parseCertificate } from "../../certificates/index.ts";
import type { Certificate } from "../../certificates/types.ts";
import type { Values } from "../../core/codes/code.ts";
import { metadataWriteCodes } from "../../core/codes/metadata/write.ts";
import { MetadataError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import { isoTime, unixSeconds } from "../../core/time.ts";
import {
  attributeNameFormats,
  encryptionAlgorithms,
  entityAttributes,
  SECURITY_CONTACT,
} from "../../core/uris.ts";
import { forms } from "../elements/forms.ts";
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
  ExtensionsInput,
  IndexedEndpointInput,
  LocalizedInput,
  OrganizationInput,
  TimeInput,
  UiInput,
} from "./options.ts";
import { wrongValue } from "./output.ts";

/** The model of each shorthand of the build options. */

export function timeOf(name: string, input: TimeInput | undefined): MetadataTime | undefined {
  if (input === undefined || isMetadataTime(input)) return input;
  try {
    const seconds = unixSeconds(input);
    return { unixSeconds: seconds, iso: isoTime(seconds) };
  } catch {
    const form = `a valid Date, whole unix seconds, or ${forms.dateTime}`;
    throw wrongValue({ path: [name] }, name, input, form);
  }
}

function isMetadataTime(input: TimeInput): input is MetadataTime {
  return typeof input === "object" && input !== null && "unixSeconds" in input;
}

/** The times of `parseMetadata` for those of the caller. */
function extensionsOf(input: ExtensionsInput | undefined): Extensions | undefined {
  if (input === undefined) return undefined;
  const { registrationInfo, publicationInfo, publicationPath, ...rest } = input;
  const published = <T extends { readonly creationInstant?: TimeInput | undefined }>(one: T) => ({
    ...one,
    creationInstant: timeOf("creationInstant", one.creationInstant),
  });
  return {
    ...rest,
    ...(registrationInfo && {
      registrationInfo: {
        ...registrationInfo,
        registrationInstant: timeOf("registrationInstant", registrationInfo.registrationInstant),
      },
    }),
    ...(publicationInfo && { publicationInfo: published(publicationInfo) }),
    ...(publicationPath && {
      publicationPath: {
        ...publicationPath,
        publications: publicationPath.publications?.map(published),
      },
    }),
  };
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

/** Numbers a list. Refuses an index that occurs twice, and a second default (metadata 2.2.3). */
export function indexedEndpoints(
  list: readonly IndexedEndpointInput[],
  binding: string,
): readonly IndexedEndpoint[] {
  const endpoints = list.map((input, place) => indexedEndpointOf(input, place, binding));
  const taken = endpoints.map(({ index }) => index);
  const twice = taken.find((index, place) => taken.indexOf(index) !== place);
  const defaults = endpoints.filter(({ isDefault }) => isDefault === true);
  if (defaults.length > 1) throw buildError("metadata.build.default", {});
  if (twice !== undefined) throw buildError("metadata.build.index", { index: twice });
  return endpoints;
}

function buildError(code: keyof typeof metadataWriteCodes, values: Values): MetadataError {
  return errorOf(MetadataError, metadataWriteCodes, { code, values });
}

function certificateOf(input: CertificateInput): Certificate {
  if (typeof input === "string") return parseCertificate(input);
  if (typeof input === "object" && input !== null) return input;
  const reason = "it is neither text nor a certificate";
  throw buildError("metadata.build.certificate", { name: "A certificate", reason });
}

const { aes128Gcm, aes256Gcm, rsaOaepMgf1p } = encryptionAlgorithms;

/** No AES-CBC: in XML, it is open to decryption by an oracle (XML Encryption 1.1, 6.1.1). */
const DEFAULT_METHODS: readonly string[] = [aes128Gcm, aes256Gcm, rsaOaepMgf1p];

function encryptionMethods(
  list: EntityOptions["encryptionMethods"] = DEFAULT_METHODS,
): readonly EncryptionMethod[] {
  return list.map((method) => (typeof method === "string" ? { algorithm: method } : method));
}

/** One descriptor per key and use, which every reader understands. */
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

/** Undefined for an object without values: the element must not be empty. */
function holding<T extends object>(parts: T | undefined): T | undefined {
  const isThere = (value: unknown): boolean =>
    value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.values(parts ?? {}).some(isThere) ? parts : undefined;
}

export function roleExtensions({ ui, ...options }: EntityOptions): Extensions | undefined {
  const roleExtensions = extensionsOf(options.roleExtensions);
  const uiInfo = roleExtensions?.uiInfo ?? (ui && holding(uiInfoOf(ui)));
  return holding(uiInfo === undefined ? roleExtensions : { ...roleExtensions, uiInfo });
}

export function entityExtensions(options: EntityOptions): Extensions | undefined {
  const { entityCategories = [] } = options;
  const extensions = extensionsOf(options.extensions);
  if (entityCategories.length === 0) return holding(extensions);
  const category = {
    name: entityAttributes.category,
    nameFormat: attributeNameFormats.uri,
    values: entityCategories,
  };
  const { attributes = [], ...rest } = extensions?.entityAttributes ?? {};
  return { ...extensions, entityAttributes: { ...rest, attributes: [category, ...attributes] } };
}

/** Undefined for an empty list, as `parseMetadata` gives it. */
export function nonEmpty<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
