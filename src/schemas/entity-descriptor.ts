import * as z from "zod";
import type { NamespaceBinding, OtherElement } from "../metadata/model/extension-types.ts";
import type { ReadEntity, Trust } from "../metadata/model/trust.ts";
import type { EntityDescriptor, KeyInfo, MetadataTime } from "../metadata/model/types.ts";
import { certificateSchema } from "./certificates.ts";
import { exactly } from "./exact.ts";

/** Schemas of the model of metadata; the compiler holds them equal to its types. */

/** The names of the parts of an entity in a JSON Schema. */
export const modelNames: z.core.$ZodRegistry<{ id: string }> = z.registry<{ id: string }>();

function named<Schema extends z.core.$ZodType>(id: string, schema: Schema): Schema {
  modelNames.add(schema, { id });
  return schema;
}

const text = z.string();
const texts = z.array(text);
const texted = texts.optional();
const flag = z.boolean().optional();
const shortNumber = z.int().min(0).max(65_535).optional();
const size = z.int().min(1).optional();

named("Certificate", certificateSchema);

const time = named(
  "Time",
  exactly<MetadataTime>()(
    z.strictObject({ unixSeconds: z.int(), iso: text, unreadable: text.optional() }),
  ),
);

const bindings = z.array(
  exactly<NamespaceBinding>()(z.strictObject({ prefix: text, namespace: text })),
);

const otherAttributes = z.array(
  z.strictObject({
    namespace: text.optional(),
    prefix: text.optional(),
    name: text,
    value: text,
  }),
);

const otherElement: z.ZodType<OtherElement> = named(
  "OtherElement",
  z.strictObject({
    namespace: text,
    prefix: text.optional(),
    name: text,
    attributes: otherAttributes.optional(),
    text: text.optional(),
    get children() {
      return z.array(otherElement).optional();
    },
    texts: texted,
    namespaces: bindings.optional(),
  }),
);

/** Every object of the model can have these. */
const kept = {
  otherAttributes: otherAttributes.optional(),
  other: z.array(otherElement).optional(),
};

/** An object of the model, strictly: any further field is refused. */
function model<Shape extends z.core.$ZodShape>(id: string, shape: Shape) {
  return named(id, z.strictObject({ ...kept, ...shape }));
}

/** A list of such objects. */
function list<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.array(schema).optional();
}

const localized = list(model("LocalizedText", { lang: text, value: text }));

const keyInfo = named(
  "KeyInfo",
  exactly<KeyInfo>()(
    z.strictObject({
      id: text.optional(),
      keyNames: texted,
      certificates: list(certificateSchema),
      issuers: list(certificateSchema),
      unreadableCertificates: texted,
      other: kept.other,
    }),
  ),
);

const endpointFields = {
  binding: text,
  location: text,
  responseLocation: text.optional(),
};
const endpoint = model("Endpoint", endpointFields);
const endpoints = list(endpoint);
const indexed = { index: shortNumber, isDefault: flag };
const indexedEndpoints = list(model("IndexedEndpoint", { ...endpointFields, ...indexed }));

const attributeFields = {
  name: text,
  nameFormat: text.optional(),
  friendlyName: text.optional(),
  values: list(z.union([text, otherElement])),
};
const attributes = list(model("Attribute", attributeFields));

const publication = {
  publisher: text,
  creationInstant: time.optional(),
  publicationId: text.optional(),
};
const registrationInfo = model("RegistrationInfo", {
  registrationAuthority: text,
  registrationInstant: time.optional(),
  registrationPolicies: localized,
});

const uiInfo = model("UiInfo", {
  displayNames: localized,
  descriptions: localized,
  keywords: list(model("Keywords", { lang: text, value: texts })),
  logos: list(model("Logo", { value: text, height: size, width: size, lang: text.optional() })),
  informationUrls: localized,
  privacyStatementUrls: localized,
});

const extensions = model("Extensions", {
  entityAttributes: model("EntityAttributes", { attributes }).optional(),
  registrationInfo: registrationInfo.optional(),
  publicationInfo: model("PublicationInfo", {
    ...publication,
    usagePolicies: localized,
  }).optional(),
  publicationPath: model("PublicationPath", {
    publications: list(model("Publication", publication)),
  }).optional(),
  digestMethods: list(model("DigestMethod", { algorithm: text })),
  signingMethods: list(
    model("SigningMethod", { algorithm: text, minKeySize: size, maxKeySize: size }),
  ),
  uiInfo: uiInfo.optional(),
  discoHints: model("DiscoHints", {
    ipHints: texted,
    domainHints: texted,
    geolocationHints: texted,
  }).optional(),
  requestInitiators: endpoints,
  discoveryResponses: indexedEndpoints,
  scopes: list(model("Scope", { value: text, regexp: flag })),
  keyAuthorities: list(
    model("KeyAuthority", {
      verifyDepth: z.int().min(0).max(255).optional(),
      keyInfos: list(keyInfo),
    }),
  ),
}).optional();

const keyDescriptors = list(
  model("KeyDescriptor", {
    use: z.enum(["signing", "encryption"]).optional(),
    keyInfo: keyInfo.optional(),
    encryptionMethods: list(
      model("EncryptionMethod", {
        algorithm: text,
        keySize: z.int().optional(),
        oaepParams: text.optional(),
      }),
    ),
  }),
);

const organization = model("Organization", {
  extensions,
  names: localized,
  displayNames: localized,
  urls: localized,
}).optional();

const contacts = list(
  model("ContactPerson", {
    contactType: z.enum(["technical", "support", "administrative", "billing", "other"]).optional(),
    refedsContactType: text.optional(),
    extensions,
    company: text.optional(),
    givenName: text.optional(),
    surName: text.optional(),
    emailAddresses: texted,
    telephoneNumbers: texted,
  }),
);

const validity = {
  id: text.optional(),
  validUntil: time.optional(),
  cacheDuration: text.optional(),
};
const role = {
  ...validity,
  protocolSupportEnumeration: texted,
  errorUrl: text.optional(),
  extensions,
  keyDescriptors,
  organization,
  contacts,
};
const ssoRole = {
  ...role,
  artifactResolutionServices: indexedEndpoints,
  singleLogoutServices: endpoints,
  manageNameIdServices: endpoints,
  nameIdFormats: texted,
};
const authority = { ...role, assertionIdRequestServices: endpoints, nameIdFormats: texted };

const roles = list(
  z.union([
    model("IDPSSODescriptor", {
      ...ssoRole,
      type: z.literal("IDPSSODescriptor"),
      wantAuthnRequestsSigned: flag,
      singleSignOnServices: endpoints,
      nameIdMappingServices: endpoints,
      assertionIdRequestServices: endpoints,
      attributeProfiles: texted,
      attributes,
    }),
    model("SPSSODescriptor", {
      ...ssoRole,
      type: z.literal("SPSSODescriptor"),
      authnRequestsSigned: flag,
      wantAssertionsSigned: flag,
      assertionConsumerServices: indexedEndpoints,
      attributeConsumingServices: list(
        model("AttributeConsumingService", {
          ...indexed,
          serviceNames: localized,
          serviceDescriptions: localized,
          requestedAttributes: list(
            model("RequestedAttribute", { ...attributeFields, isRequired: flag }),
          ),
        }),
      ),
    }),
    model("AuthnAuthorityDescriptor", {
      ...authority,
      type: z.literal("AuthnAuthorityDescriptor"),
      authnQueryServices: endpoints,
    }),
    model("PDPDescriptor", {
      ...authority,
      type: z.literal("PDPDescriptor"),
      authzServices: endpoints,
    }),
    model("AttributeAuthorityDescriptor", {
      ...authority,
      type: z.literal("AttributeAuthorityDescriptor"),
      attributeServices: endpoints,
      attributeProfiles: texted,
      attributes,
    }),
    model("RoleDescriptor", {
      ...role,
      type: z.literal("RoleDescriptor"),
      xsiType: text.optional(),
      namespaces: bindings.optional(),
    }),
  ]),
);

const entityFields = {
  ...kept,
  ...validity,
  type: z.literal("EntityDescriptor"),
  entityId: text,
  extensions,
  roles,
  affiliation: model("AffiliationDescriptor", {
    ...validity,
    affiliationOwnerId: text.optional(),
    extensions,
    affiliateMembers: texted,
    keyDescriptors,
  }).optional(),
  organization,
  contacts,
  additionalMetadataLocations: list(
    model("AdditionalMetadataLocation", { namespace: text, value: text }),
  ),
  inherited: z
    .strictObject({
      validUntil: time.optional(),
      cacheDuration: text.optional(),
      groups: texted,
      registrationInfo: registrationInfo.optional(),
    })
    .optional(),
};

/** The fields of an entity, for the document of the command line. */
export const entityDescriptorFields: z.core.$ZodShape = entityFields;

/** An entity as JSON: without the mark of its trust. */
type EntityJson = EntityDescriptor & Pick<ReadEntity<Trust>, "inherited">;

/** An entity of `parseMetadata` or `readEntities`, with all of its fields. */
export const entityDescriptorSchema: z.ZodType<EntityDescriptor> = exactly<{
  [Name in keyof EntityJson]: EntityJson[Name];
}>()(z.strictObject(entityFields));
