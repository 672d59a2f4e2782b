import type { Certificate } from "../../certificates/types.ts";
import type {
  Attribute,
  Extensions,
  Kept,
  LocalizedText,
  NamespaceBinding,
  OtherElement,
} from "./extension-types.ts";

/**
 * The model of SAML metadata 2.0: what a document says, as plain data, the same for reading and for
 * building. A property that is absent was absent in the document. Names are those of the standard;
 * lists are plural. What the model has no property for is kept in `other` and `otherAttributes`.
 */

/** A point in time in metadata. */
export interface MetadataTime {
  /** Integer unix seconds; fractions are cut off. */
  readonly unixSeconds: number;
  /** ISO 8601 in UTC, such as `2031-07-09T12:00:00Z`. */
  readonly iso: string;
  /**
   * The text of a `validUntil` that is not a time. It must not count as "no expiry", so
   * `unixSeconds` is the year 1, which is past in every comparison.
   */
  readonly unreadable?: string | undefined;
}

/** The properties of elements with a validity (metadata 2.2, 2.3). */
export interface Validity extends Kept {
  readonly id?: string | undefined;
  readonly validUntil?: MetadataTime | undefined;
  /** ISO 8601 duration, such as `PT6H`. */
  readonly cacheDuration?: string | undefined;
}

/** `<EntityDescriptor>` (metadata 2.3.2). */
export interface EntityDescriptor extends Validity {
  readonly type: "EntityDescriptor";
  /** Empty where the document, wrongly, has none. */
  readonly entityId: string;
  readonly extensions?: Extensions | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly affiliation?: AffiliationDescriptor | undefined;
  readonly organization?: Organization | undefined;
  readonly contacts?: readonly ContactPerson[] | undefined;
  readonly additionalMetadataLocations?: readonly AdditionalMetadataLocation[] | undefined;
}

/** `<EntitiesDescriptor>`: a group of entities and groups (metadata 2.3.1). */
export interface EntitiesDescriptor extends Validity {
  readonly type: "EntitiesDescriptor";
  readonly name?: string | undefined;
  readonly extensions?: Extensions | undefined;
  readonly members?: readonly (EntityDescriptor | EntitiesDescriptor)[] | undefined;
}

/** The properties of every role (metadata 2.4.1). */
export interface RoleBase extends Validity {
  /** URIs; `urn:oasis:names:tc:SAML:2.0:protocol` for SAML 2.0. */
  readonly protocolSupportEnumeration?: readonly string[] | undefined;
  readonly errorUrl?: string | undefined;
  readonly extensions?: Extensions | undefined;
  readonly keyDescriptors?: readonly KeyDescriptor[] | undefined;
  readonly organization?: Organization | undefined;
  readonly contacts?: readonly ContactPerson[] | undefined;
}

/** The properties of both single sign-on roles (metadata 2.4.2). */
export interface SsoRoleBase extends RoleBase {
  readonly artifactResolutionServices?: readonly IndexedEndpoint[] | undefined;
  readonly singleLogoutServices?: readonly Endpoint[] | undefined;
  readonly manageNameIdServices?: readonly Endpoint[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
}

/** `<IDPSSODescriptor>` (metadata 2.4.3). */
export interface IdentityProviderRole extends SsoRoleBase {
  readonly type: "IDPSSODescriptor";
  readonly wantAuthnRequestsSigned?: boolean | undefined;
  readonly singleSignOnServices?: readonly Endpoint[] | undefined;
  readonly nameIdMappingServices?: readonly Endpoint[] | undefined;
  readonly assertionIdRequestServices?: readonly Endpoint[] | undefined;
  readonly attributeProfiles?: readonly string[] | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
}

/** `<SPSSODescriptor>` (metadata 2.4.4). */
export interface ServiceProviderRole extends SsoRoleBase {
  readonly type: "SPSSODescriptor";
  readonly authnRequestsSigned?: boolean | undefined;
  readonly wantAssertionsSigned?: boolean | undefined;
  readonly assertionConsumerServices?: readonly IndexedEndpoint[] | undefined;
  readonly attributeConsumingServices?: readonly AttributeConsumingService[] | undefined;
}

/** `<AuthnAuthorityDescriptor>` (metadata 2.4.5). */
export interface AuthnAuthorityRole extends RoleBase {
  readonly type: "AuthnAuthorityDescriptor";
  readonly authnQueryServices?: readonly Endpoint[] | undefined;
  readonly assertionIdRequestServices?: readonly Endpoint[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
}

/** `<PDPDescriptor>` (metadata 2.4.6). */
export interface PolicyDecisionPointRole extends RoleBase {
  readonly type: "PDPDescriptor";
  readonly authzServices?: readonly Endpoint[] | undefined;
  readonly assertionIdRequestServices?: readonly Endpoint[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
}

/** `<AttributeAuthorityDescriptor>` (metadata 2.4.7). */
export interface AttributeAuthorityRole extends RoleBase {
  readonly type: "AttributeAuthorityDescriptor";
  readonly attributeServices?: readonly Endpoint[] | undefined;
  readonly assertionIdRequestServices?: readonly Endpoint[] | undefined;
  readonly nameIdFormats?: readonly string[] | undefined;
  readonly attributeProfiles?: readonly string[] | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
}

/** `<RoleDescriptor>` of a foreign type, such as AD FS's security token service (metadata 2.4.1). */
export interface OtherRole extends RoleBase {
  readonly type: "RoleDescriptor";
  /** `xsi:type`, as written; its prefix is bound in `namespaces`. */
  readonly xsiType?: string | undefined;
  readonly namespaces?: readonly NamespaceBinding[] | undefined;
}

export type Role =
  | IdentityProviderRole
  | ServiceProviderRole
  | AuthnAuthorityRole
  | PolicyDecisionPointRole
  | AttributeAuthorityRole
  | OtherRole;

export type RoleType = Role["type"];

/** `<AffiliationDescriptor>` (metadata 2.5). */
export interface AffiliationDescriptor extends Validity {
  readonly affiliationOwnerId?: string | undefined;
  readonly extensions?: Extensions | undefined;
  readonly affiliateMembers?: readonly string[] | undefined;
  readonly keyDescriptors?: readonly KeyDescriptor[] | undefined;
}

/** `<KeyDescriptor>` (metadata 2.4.1.1). Without `use` the key serves both (erratum E62). */
export interface KeyDescriptor extends Kept {
  readonly use?: KeyUse | undefined;
  readonly keyInfo?: KeyInfo | undefined;
  readonly encryptionMethods?: readonly EncryptionMethod[] | undefined;
}

export type KeyUse = "signing" | "encryption";

/** `<ds:KeyInfo>`. */
export interface KeyInfo {
  readonly id?: string | undefined;
  readonly keyNames?: readonly string[] | undefined;
  /**
   * The certificates of the keys: of each `<ds:X509Data>` the end entity, or all if they are not one
   * chain (XML Signature 4.4.4).
   */
  readonly certificates?: readonly Certificate[] | undefined;
  /** The issuers next to them in `<ds:X509Data>`. Their keys are not keys of the role. */
  readonly issuers?: readonly Certificate[] | undefined;
  /**
   * The text of each `<ds:X509Certificate>` that is not exactly one certificate; "(a private key)" instead
   * of a text that contains one.
   */
  readonly unreadableCertificates?: readonly string[] | undefined;
  /** `<ds:KeyValue>` and whatever else is in there. */
  readonly other?: readonly OtherElement[] | undefined;
}

/** `<md:EncryptionMethod>`. */
export interface EncryptionMethod extends Kept {
  readonly algorithm: string;
  readonly keySize?: number | undefined;
  /** Base64. */
  readonly oaepParams?: string | undefined;
}

/** An endpoint (metadata 2.2.2). */
export interface Endpoint extends Kept {
  readonly binding: string;
  readonly location: string;
  readonly responseLocation?: string | undefined;
}

/** An endpoint that messages can name by number (metadata 2.2.3). */
export interface IndexedEndpoint extends Endpoint {
  readonly index?: number | undefined;
  readonly isDefault?: boolean | undefined;
}

/** `<AttributeConsumingService>` (metadata 2.4.4.1). */
export interface AttributeConsumingService extends Kept {
  readonly index?: number | undefined;
  readonly isDefault?: boolean | undefined;
  readonly serviceNames?: readonly LocalizedText[] | undefined;
  readonly serviceDescriptions?: readonly LocalizedText[] | undefined;
  readonly requestedAttributes?: readonly RequestedAttribute[] | undefined;
}

/** `<RequestedAttribute>` (metadata 2.4.4.2). */
export interface RequestedAttribute extends Attribute {
  readonly isRequired?: boolean | undefined;
}

/** `<Organization>` (metadata 2.3.2.1). */
export interface Organization extends Kept {
  readonly extensions?: Extensions | undefined;
  readonly names?: readonly LocalizedText[] | undefined;
  readonly displayNames?: readonly LocalizedText[] | undefined;
  readonly urls?: readonly LocalizedText[] | undefined;
}

export type ContactType = "technical" | "support" | "administrative" | "billing" | "other";

/** `<ContactPerson>` (metadata 2.3.2.2). */
export interface ContactPerson extends Kept {
  readonly contactType?: ContactType | undefined;
  /** REFEDS `remd:contactType`: a URI such as `http://refeds.org/metadata/contactType/security`. */
  readonly refedsContactType?: string | undefined;
  readonly extensions?: Extensions | undefined;
  readonly company?: string | undefined;
  readonly givenName?: string | undefined;
  readonly surName?: string | undefined;
  /** `mailto:` URIs. */
  readonly emailAddresses?: readonly string[] | undefined;
  readonly telephoneNumbers?: readonly string[] | undefined;
}

/** `<AdditionalMetadataLocation>` (metadata 2.3.2.3). */
export interface AdditionalMetadataLocation extends Kept {
  readonly namespace: string;
  readonly value: string;
}
