import type { Certificate } from "../../certificates/types.ts";
import type { Finding } from "../../core/finding.ts";
import { ANY, type OptionKinds } from "../../core/options.ts";
import type { Instant } from "../../core/time.ts";
import type {
  Extensions,
  LocalizedText,
  Publication,
  PublicationInfo,
  PublicationPath,
  RegistrationInfo,
} from "../model/extension-types.ts";
import type {
  ContactPerson,
  EncryptionMethod,
  Endpoint,
  MetadataTime,
  Organization,
} from "../model/types.ts";

/** A certificate from `parseCertificate`, or the text of one. */
export type CertificateInput = Certificate | string;

/** An endpoint. A string is its URL, at the usual binding. */
export type EndpointInput = string | (Partial<Endpoint> & Pick<Endpoint, "location">);

/** An endpoint with an index. Default index: its position in the list, from 0. */
export type IndexedEndpointInput =
  | string
  | (Partial<Endpoint> &
      Pick<Endpoint, "location"> & {
        readonly index?: number | undefined;
        readonly isDefault?: boolean | undefined;
      });

/** Text in a language, a string in English, or a list of texts in several languages. */
export type LocalizedInput = string | LocalizedText | readonly LocalizedText[];

/** An organization. Plain strings are in English. */
export interface OrganizationInput {
  readonly name: LocalizedInput;
  /** Default: the name. */
  readonly displayName?: LocalizedInput | undefined;
  readonly url: LocalizedInput;
}

/** A person or a team. */
export interface ContactInput extends Omit<ContactPerson, "contactType" | "refedsContactType"> {
  /** `security` becomes the REFEDS security contact, of the standard's type `other`. */
  readonly contactType: NonNullable<ContactPerson["contactType"]> | "security";
}

/** The texts that people are shown: shorthands for `<mdui:UIInfo>`. */
export interface UiInput {
  readonly displayName?: LocalizedInput | undefined;
  readonly description?: LocalizedInput | undefined;
  readonly informationUrl?: LocalizedInput | undefined;
  readonly privacyStatementUrl?: LocalizedInput | undefined;
  readonly logos?: NonNullable<Extensions["uiInfo"]>["logos"];
  readonly keywords?: NonNullable<Extensions["uiInfo"]>["keywords"];
}

/** A point in time: a `Date`, ISO 8601 text, unix seconds, or a time that `parseMetadata` gave. */
export type TimeInput = Instant | MetadataTime;

/** `Extensions`, with any kind of time in them. */
export interface ExtensionsInput
  extends Omit<Extensions, "registrationInfo" | "publicationInfo" | "publicationPath"> {
  readonly registrationInfo?:
    | (Omit<RegistrationInfo, "registrationInstant"> & {
        readonly registrationInstant?: TimeInput | undefined;
      })
    | undefined;
  readonly publicationInfo?: PublicationInput<PublicationInfo> | undefined;
  readonly publicationPath?:
    | (Omit<PublicationPath, "publications"> & {
        readonly publications?: readonly PublicationInput<Publication>[] | undefined;
      })
    | undefined;
}

type PublicationInput<T extends Publication> = Omit<T, "creationInstant"> & {
  readonly creationInstant?: TimeInput | undefined;
};

/** The contents that service and identity provider metadata have in common. */
export interface EntityOptions {
  /** At most 1024 characters; a URI. */
  readonly entityId: string;
  /** The XML `ID`. Needed only to sign with another tool. */
  readonly id?: string | undefined;
  /** The metadata must not be used after this time. */
  readonly validUntil?: TimeInput | undefined;
  /** How long a copy may be used: an ISO 8601 duration, or seconds. */
  readonly cacheDuration?: string | number | undefined;
  readonly protocols?: readonly string[] | undefined;
  readonly errorUrl?: string | undefined;
  /** The keys that messages are signed with, now and next. */
  readonly signingCertificates?: readonly CertificateInput[] | undefined;
  /** The keys that messages may be encrypted to. */
  readonly encryptionCertificates?: readonly CertificateInput[] | undefined;
  /** Default: AES-GCM with RSA-OAEP. An empty list leaves them out. */
  readonly encryptionMethods?: readonly (string | EncryptionMethod)[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
  readonly singleLogoutServices?: readonly EndpointInput[] | undefined;
  readonly artifactResolutionServices?: readonly IndexedEndpointInput[] | undefined;
  readonly manageNameIdServices?: readonly EndpointInput[] | undefined;
  readonly organization?: OrganizationInput | Organization | undefined;
  readonly contacts?: readonly ContactInput[] | undefined;
  /** The texts that people are shown; written into the extensions of the role. */
  readonly ui?: UiInput | undefined;
  /** URIs of entity categories: the entity attribute `http://macedir.org/entity-category`. */
  readonly entityCategories?: readonly string[] | undefined;
  /** Extensions of the entity: entity attributes, registration. */
  readonly extensions?: ExtensionsInput | undefined;
  /** Extensions of the role: algorithms, discovery, scopes. */
  readonly roleExtensions?: ExtensionsInput | undefined;
  /** Findings about the origin of the options. One of severity `error` is thrown. */
  readonly findings?: readonly Finding[] | undefined;
  /** Indented by two spaces (the default), or on one line. */
  readonly format?: "indented" | "compact" | undefined;
}

/** The names of the options; the builders check their values and throw a `MetadataError`. */
export const ENTITY_OPTIONS: OptionKinds<EntityOptions> = {
  entityId: ANY,
  id: ANY,
  validUntil: ANY,
  cacheDuration: ANY,
  protocols: ANY,
  errorUrl: ANY,
  signingCertificates: ANY,
  encryptionCertificates: ANY,
  encryptionMethods: ANY,
  nameIdFormats: ANY,
  singleLogoutServices: ANY,
  artifactResolutionServices: ANY,
  manageNameIdServices: ANY,
  organization: ANY,
  contacts: ANY,
  ui: ANY,
  entityCategories: ANY,
  extensions: ANY,
  roleExtensions: ANY,
  findings: ANY,
  format: ANY,
};
