import type { Certificate } from "../../certificates/types.ts";
import type { Finding } from "../../core/finding.ts";
import type { Instant } from "../../core/time.ts";
import type { Extensions, LocalizedText } from "../model/extension-types.ts";
import type { ContactPerson, EncryptionMethod, Endpoint, Organization } from "../model/types.ts";

/** A certificate that was read, or the text of one as `parseCertificate` takes it. */
export type CertificateInput = Certificate | string;

/** An endpoint; a text is its URL, at the binding that is usual for it. */
export type EndpointInput = string | (Partial<Endpoint> & Pick<Endpoint, "location">);

/** An endpoint with a number; without one it is numbered by its place, from 0. */
export type IndexedEndpointInput =
  | string
  | (Partial<Endpoint> &
      Pick<Endpoint, "location"> & {
        readonly index?: number | undefined;
        readonly isDefault?: boolean | undefined;
      });

/** Text in a language, or a text in English, or both in several. */
export type LocalizedInput = string | LocalizedText | readonly LocalizedText[];

/** An organization; plain texts are in English. */
export interface OrganizationInput {
  readonly name: LocalizedInput;
  /** The name, where it is absent. */
  readonly displayName?: LocalizedInput | undefined;
  readonly url: LocalizedInput;
}

/** A person or team to turn to. */
export interface ContactInput extends Omit<ContactPerson, "contactType" | "refedsContactType"> {
  /** `security` becomes the REFEDS security contact, of the standard's type `other`. */
  readonly contactType: NonNullable<ContactPerson["contactType"]> | "security";
}

/** What people are shown: shorthands for `<mdui:UIInfo>`. */
export interface UiInput {
  readonly displayName?: LocalizedInput | undefined;
  readonly description?: LocalizedInput | undefined;
  readonly informationUrl?: LocalizedInput | undefined;
  readonly privacyStatementUrl?: LocalizedInput | undefined;
  readonly logos?: NonNullable<Extensions["uiInfo"]>["logos"];
  readonly keywords?: NonNullable<Extensions["uiInfo"]>["keywords"];
}

/** What service and identity provider metadata have in common. */
export interface EntityOptions {
  /** At most 1024 characters; a URI. */
  readonly entityId: string;
  /** The XML `ID`, needed only to sign with another tool. */
  readonly id?: string | undefined;
  /** After this the metadata must not be used. A `Date`, or unix seconds. */
  readonly validUntil?: Instant | undefined;
  /** How long it may be cached: an ISO 8601 duration, or seconds. */
  readonly cacheDuration?: string | number | undefined;
  readonly protocols?: readonly string[] | undefined;
  readonly errorUrl?: string | undefined;
  /** Every key that messages may be signed with now or next. */
  readonly signingCertificates?: readonly CertificateInput[] | undefined;
  /** Every key that messages may be encrypted to. */
  readonly encryptionCertificates?: readonly CertificateInput[] | undefined;
  /** AES-GCM with RSA-OAEP by default; an empty list leaves them out. */
  readonly encryptionMethods?: readonly (string | EncryptionMethod)[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
  readonly singleLogoutServices?: readonly EndpointInput[] | undefined;
  readonly artifactResolutionServices?: readonly IndexedEndpointInput[] | undefined;
  readonly manageNameIdServices?: readonly EndpointInput[] | undefined;
  readonly organization?: OrganizationInput | Organization | undefined;
  readonly contacts?: readonly ContactInput[] | undefined;
  /** Shown to people; goes into the role's extensions. */
  readonly ui?: UiInput | undefined;
  /** Entity category URIs: the entity attribute `http://macedir.org/entity-category`. */
  readonly entityCategories?: readonly string[] | undefined;
  /** Extensions of the entity: entity attributes, registration. */
  readonly extensions?: Extensions | undefined;
  /** Extensions of the role: algorithms, discovery, scopes. */
  readonly roleExtensions?: Extensions | undefined;
  /** What was noticed where the options come from; one of severity `error` is thrown. */
  readonly findings?: readonly Finding[] | undefined;
  /** Indented by two spaces (the default), or on one line. */
  readonly format?: "indented" | "compact" | undefined;
}
