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

/** The parts of an element for which the model has no property. */
export interface Kept {
  readonly otherAttributes?: readonly OtherAttribute[] | undefined;
  readonly other?: readonly OtherElement[] | undefined;
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
export interface LocalizedText extends Kept {
  /** `xml:lang`, such as `en`. */
  readonly lang: string;
  readonly value: string;
}

/** `<saml:Attribute>` (core 2.7.3.1). */
export interface Attribute extends Kept {
  readonly name: string;
  readonly nameFormat?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly values?: readonly AttributeValue[] | undefined;
}

/** The text of an `<saml:AttributeValue>`, or the whole element where it is more than text. */
export type AttributeValue = string | OtherElement;

/** The content of `<md:Extensions>`: the extensions that the model knows, and the rest. */
export interface Extensions extends Kept {
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
}

export interface EntityAttributes extends Kept {
  readonly attributes?: readonly Attribute[] | undefined;
}

export interface RegistrationInfo extends Kept {
  readonly registrationAuthority: string;
  readonly registrationInstant?: MetadataTime | undefined;
  readonly registrationPolicies?: readonly LocalizedText[] | undefined;
}

/** One publication of a document. */
export interface Publication extends Kept {
  readonly publisher: string;
  readonly creationInstant?: MetadataTime | undefined;
  readonly publicationId?: string | undefined;
}

export interface PublicationInfo extends Publication {
  readonly usagePolicies?: readonly LocalizedText[] | undefined;
}

export interface PublicationPath extends Kept {
  readonly publications?: readonly Publication[] | undefined;
}

export interface DigestMethod extends Kept {
  readonly algorithm: string;
}

export interface SigningMethod extends Kept {
  readonly algorithm: string;
  readonly minKeySize?: number | undefined;
  readonly maxKeySize?: number | undefined;
}

export interface UiInfo extends Kept {
  readonly displayNames?: readonly LocalizedText[] | undefined;
  readonly descriptions?: readonly LocalizedText[] | undefined;
  readonly keywords?: readonly Keywords[] | undefined;
  readonly logos?: readonly Logo[] | undefined;
  readonly informationUrls?: readonly LocalizedText[] | undefined;
  readonly privacyStatementUrls?: readonly LocalizedText[] | undefined;
}

export interface Keywords extends Kept {
  readonly lang: string;
  /** Words; a `+` stands for a space within one (ui 2.1.4). */
  readonly value: readonly string[];
}

export interface Logo extends Kept {
  readonly value: string;
  readonly height?: number | undefined;
  readonly width?: number | undefined;
  readonly lang?: string | undefined;
}

export interface DiscoHints extends Kept {
  readonly ipHints?: readonly string[] | undefined;
  readonly domainHints?: readonly string[] | undefined;
  /** `geo:` URIs. */
  readonly geolocationHints?: readonly string[] | undefined;
}

export interface Scope extends Kept {
  readonly value: string;
  readonly regexp?: boolean | undefined;
}

export interface KeyAuthority extends Kept {
  readonly verifyDepth?: number | undefined;
  readonly keyInfos?: readonly KeyInfo[] | undefined;
}
