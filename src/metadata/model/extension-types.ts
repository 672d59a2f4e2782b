import type { Endpoint, IndexedEndpoint, KeyInfo, MetadataTime } from "./types.ts";

/** An attribute that the model has no property for. */
export interface OtherAttribute {
  /** Absent for an attribute without a prefix. */
  readonly namespace?: string | undefined;
  /** The prefix in the document; a builder may use another. */
  readonly prefix?: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** An element that the model has no property for, kept whole. */
export interface OtherElement {
  /** Empty for an element in no namespace. */
  readonly namespace: string;
  readonly prefix?: string | undefined;
  readonly name: string;
  readonly attributes?: readonly OtherAttribute[] | undefined;
  /** All of its character data, joined. */
  readonly text?: string | undefined;
  readonly children?: readonly OtherElement[] | undefined;
  /**
   * The pieces of `text` where child elements stand between: one before each child, and one after the
   * last. Absent where there is only text or only children; a builder takes them instead of `text`.
   */
  readonly texts?: readonly string[] | undefined;
  /** Prefixes that values in it rely on, such as that of an `xsi:type`. */
  readonly namespaces?: readonly NamespaceBinding[] | undefined;
}

/** A prefix that a value relies on. */
export interface NamespaceBinding {
  readonly prefix: string;
  readonly namespace: string;
}

/** Text in a language (metadata 2.2.4). */
export interface LocalizedText {
  /** `xml:lang`, such as `en`. */
  readonly lang: string;
  readonly value: string;
}

/** `<saml:Attribute>` (core 2.7.3.1). */
export interface Attribute {
  readonly name: string;
  readonly nameFormat?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly values?: readonly AttributeValue[] | undefined;
  readonly otherAttributes?: readonly OtherAttribute[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

/** The text of an `<saml:AttributeValue>`, or the whole element where it is more than text. */
export type AttributeValue = string | OtherElement;

/** The content of `<md:Extensions>`: the extensions that the model knows, and the rest. */
export interface Extensions {
  /** mdattr: entity categories and other entity attributes. */
  readonly entityAttributes?: EntityAttributes | undefined;
  /** mdrpi: who registered the entity. */
  readonly registrationInfo?: RegistrationInfo | undefined;
  /** mdrpi: who published the document. */
  readonly publicationInfo?: PublicationInfo | undefined;
  readonly publicationPath?: PublicationPath | undefined;
  /** alg: digest algorithms that are supported. */
  readonly digestMethods?: readonly DigestMethod[] | undefined;
  /** alg: signature algorithms that are supported. */
  readonly signingMethods?: readonly SigningMethod[] | undefined;
  /** mdui: what people are shown. */
  readonly uiInfo?: UiInfo | undefined;
  readonly discoHints?: DiscoHints | undefined;
  /** init: where a login can be started. */
  readonly requestInitiators?: readonly Endpoint[] | undefined;
  /** idpdisc: where a discovery service may answer to. */
  readonly discoveryResponses?: readonly IndexedEndpoint[] | undefined;
  /** shibmd: the scopes that the identity provider may assert. */
  readonly scopes?: readonly Scope[] | undefined;
  /** shibmd: the authorities of PKIX trust. */
  readonly keyAuthorities?: readonly KeyAuthority[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface EntityAttributes {
  readonly attributes?: readonly Attribute[] | undefined;
  /** `<saml:Assertion>`s. */
  readonly other?: readonly OtherElement[] | undefined;
}

export interface RegistrationInfo {
  readonly registrationAuthority: string;
  readonly registrationInstant?: MetadataTime | undefined;
  readonly registrationPolicies?: readonly LocalizedText[] | undefined;
  readonly otherAttributes?: readonly OtherAttribute[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

/** One publication of a document. */
export interface Publication {
  readonly publisher: string;
  readonly creationInstant?: MetadataTime | undefined;
  readonly publicationId?: string | undefined;
}

export interface PublicationInfo extends Publication {
  readonly usagePolicies?: readonly LocalizedText[] | undefined;
  readonly otherAttributes?: readonly OtherAttribute[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface PublicationPath {
  readonly publications?: readonly Publication[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface DigestMethod {
  readonly algorithm: string;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface SigningMethod {
  readonly algorithm: string;
  readonly minKeySize?: number | undefined;
  readonly maxKeySize?: number | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface UiInfo {
  readonly displayNames?: readonly LocalizedText[] | undefined;
  readonly descriptions?: readonly LocalizedText[] | undefined;
  readonly keywords?: readonly Keywords[] | undefined;
  readonly logos?: readonly Logo[] | undefined;
  readonly informationUrls?: readonly LocalizedText[] | undefined;
  readonly privacyStatementUrls?: readonly LocalizedText[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface Keywords {
  readonly lang: string;
  /** Words; a `+` stands for a space within one (ui 2.1.4). */
  readonly value: readonly string[];
}

export interface Logo {
  readonly value: string;
  readonly height?: number | undefined;
  readonly width?: number | undefined;
  readonly lang?: string | undefined;
}

export interface DiscoHints {
  readonly ipHints?: readonly string[] | undefined;
  readonly domainHints?: readonly string[] | undefined;
  /** `geo:` URIs. */
  readonly geolocationHints?: readonly string[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}

export interface Scope {
  readonly value: string;
  readonly regexp?: boolean | undefined;
}

export interface KeyAuthority {
  readonly verifyDepth?: number | undefined;
  readonly keyInfos?: readonly KeyInfo[] | undefined;
  readonly otherAttributes?: readonly OtherAttribute[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
}
