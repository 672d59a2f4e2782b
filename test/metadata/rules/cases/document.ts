import type { Change, RuleCase } from "./case.ts";

const SP_ROLE = "<md:SPSSODescriptor ";
const CATEGORY_VALUE = "<saml:AttributeValue>https://example.org/category</saml:AttributeValue>";
const typed = (type: string): string =>
  CATEGORY_VALUE.replace(">", ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${type}>`);
const value = (uri: string): string => `<saml:AttributeValue>${uri}</saml:AttributeValue>`;
const UNTIL = ' validUntil="2031-01-01T00:00:00Z"';
const KEY_INFO = "<ds:KeyInfo>";
const SIGNATURE = (uri: string, transform: string, method: string): string =>
  `<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="${method}"/><ds:Reference URI="${uri}"><ds:Transforms><ds:Transform Algorithm="${transform}"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>`;
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/** Where the signature of the root stands. */
const FIRST = "<md:Extensions>";
const signed = (uri = "#_e", transform = ENVELOPED, method = RSA256): Change => [
  FIRST,
  SIGNATURE(uri, transform, method) + FIRST,
];

const withKey = (keyInfo: string): string =>
  SIGNATURE("#_e", ENVELOPED, RSA256).replace("</ds:Signature>", `${keyInfo}</ds:Signature>`);

/** Documents, entities, signatures and what they say of themselves. */
export const documentCases: readonly RuleCase[] = [
  {
    code: "metadata.schema.content",
    of: "sp",
    bad: [
      "</md:Organization>",
      '<md:OrganizationName xml:lang="fr">x</md:OrganizationName></md:Organization>',
    ],
    good: ["</md:Organization>", "<!-- --></md:Organization>"],
  },
  {
    code: "metadata.schema.content",
    of: "sp",
    // The right name in the wrong namespace.
    bad: ["<saml:Attribute ", "<mdattr:Attribute "],
    good: ["<saml:Attribute ", '<saml:Attribute FriendlyName="category" '],
  },
  {
    code: "metadata.schema.missing",
    of: "sp",
    bad: [/<md:OrganizationURL[\s\S]*?<\/md:OrganizationURL>/, ""],
    good: ["<md:OrganizationURL ", "<!-- --><md:OrganizationURL "],
  },
  {
    code: "metadata.schema.empty",
    of: "sp",
    bad: [
      "</md:Organization>",
      '</md:Organization><md:ContactPerson contactType="other"><md:Extensions/></md:ContactPerson>',
    ],
    good: ["</md:Organization>", '</md:Organization><md:ContactPerson contactType="other"/>'],
  },
  {
    code: "metadata.schema.missing_attribute",
    of: "sp",
    bad: [/(<md:AssertionConsumerService [^>]*?) index="0"/, (_, tag) => tag ?? ""],
    good: [/(<md:AssertionConsumerService [^>]*?) isDefault="true"/, (_, tag) => tag ?? ""],
    goodAlso: ["metadata.endpoint.no_default"],
  },
  ...[
    'xsi:type="xs:string"',
    'xsi:type="string"',
    'xsi:type=""',
    'xsi:type=":string"',
    'xsi:type="xs:String" xmlns:xs="http://www.w3.org/2001/XMLSchema"',
    'xsi:type="xs:string" xmlns:xs="http://www.w3.org/1999/XMLSchema"',
  ].map(
    (type): RuleCase => ({
      code: "metadata.schema.type",
      of: "sp",
      bad: [CATEGORY_VALUE, typed(type)],
      good: [
        CATEGORY_VALUE,
        typed('xsi:type=" xs:anyURI " xmlns:xs="http://www.w3.org/2001/XMLSchema"'),
      ],
    }),
  ),
  {
    code: "metadata.schema.attribute",
    of: "sp",
    bad: [SP_ROLE, `${SP_ROLE}WantAssertionSigned="true" `],
    good: [SP_ROLE, `${SP_ROLE}x:any="true" xmlns:x="urn:x" `],
  },
  {
    code: "metadata.schema.value",
    of: "sp",
    bad: ['isRequired="true"', 'isRequired="yes"'],
    good: ['isRequired="true"', 'isRequired="1"'],
  },
  {
    code: "metadata.schema.text",
    of: "sp",
    bad: ["<md:Organization>", "<md:Organization>text"],
    good: ["<md:Organization>", "<md:Organization>\n\t"],
  },
  {
    code: "metadata.document.expired",
    of: "sp",
    bad: [UNTIL, ' validUntil="2030-03-17T17:40:00Z"'],
    good: [UNTIL, ' validUntil="2030-03-17T17:44:00Z"'],
  },
  {
    code: "metadata.document.no_validity",
    of: "sp",
    bad: [UNTIL, ""],
    good: [UNTIL, ' cacheDuration="PT6H"'],
  },
  ...["PT1412080378S", "P44Y", "P31D"].map(
    (duration): RuleCase => ({
      code: "metadata.document.cache_too_long",
      of: "sp",
      bad: [UNTIL, ` cacheDuration="${duration}"`],
      good: [UNTIL, ' cacheDuration="P30D"'],
      // A cacheDuration that nobody meant does not say how long the document is valid.
      also: ["metadata.document.no_validity"],
    }),
  ),
  ...["PT0S", "-PT6H"].map(
    (duration): RuleCase => ({
      code: "metadata.document.cache_not_positive",
      of: "sp",
      bad: [UNTIL, `${UNTIL} cacheDuration="${duration}"`],
      good: [UNTIL, `${UNTIL} cacheDuration="PT1S"`],
    }),
  ),
  {
    code: "metadata.document.no_valid_until",
    of: "sp",
    bad: [UNTIL, ' cacheDuration="PT6H"'],
    profile: "saml2int",
    good: [UNTIL, `${UNTIL} cacheDuration="PT6H"`],
  },
  {
    code: "metadata.document.valid_too_long",
    of: "sp",
    bad: [UNTIL, ' validUntil="2031-03-18T17:46:40Z"'],
    good: [UNTIL, ' validUntil="2031-03-17T17:46:40Z"'],
  },
  {
    code: "metadata.document.time_not_utc",
    of: "sp",
    bad: [UNTIL, ' validUntil="2031-01-01T00:00:00+00:00"'],
    good: [UNTIL, ' validUntil="2031-01-01T00:00:00.5Z"'],
  },
  {
    code: "metadata.document.cache_duration",
    of: "group",
    bad: [UNTIL, `${UNTIL} cacheDuration="PT59M"`],
    good: [UNTIL, `${UNTIL} cacheDuration="PT60M"`],
    profile: "edugain",
  },
  {
    code: "metadata.document.duplicate_id",
    of: "sp",
    bad: [SP_ROLE, `${SP_ROLE}ID="_e" `],
    good: [SP_ROLE, `${SP_ROLE}ID="_E" `],
  },
  {
    code: "metadata.document.duplicate_entity",
    of: "group",
    bad: ['entityID="https://idp.example.com/"', 'entityID="https://sp.example.com/"'],
    good: ['entityID="https://idp.example.com/"', 'entityID="https://sp.example.com"'],
  },
  {
    code: "metadata.entity.id_missing",
    of: "sp",
    bad: ['entityID="https://sp.example.com/"', 'entityID=" "'],
    good: ['entityID="https://sp.example.com/"', 'entityID="0"'],
    goodAlso: ["metadata.entity.id_not_absolute"],
  },
  {
    code: "metadata.entity.id_too_long",
    of: "sp",
    bad: [
      'entityID="https://sp.example.com/',
      `entityID="https://sp.example.com/${"x".repeat(1002)}`,
    ],
    good: [
      'entityID="https://sp.example.com/',
      `entityID="https://sp.example.com/${"x".repeat(1001)}`,
    ],
    also: ["metadata.schema.value"],
    goodAlso: ["metadata.entity.id_long"],
  },
  {
    code: "metadata.entity.id_long",
    of: "sp",
    bad: [
      'entityID="https://sp.example.com/',
      `entityID="https://sp.example.com/${"x".repeat(234)}`,
    ],
    good: [
      'entityID="https://sp.example.com/',
      `entityID="https://sp.example.com/${"x".repeat(233)}`,
    ],
  },
  {
    code: "metadata.entity.id_space",
    of: "sp",
    bad: ['entityID="https://sp.example.com/', 'entityID="https://sp.example.com/ '],
    good: ['entityID="https://sp.example.com/', 'entityID="https://sp.example.com/%20'],
  },
  {
    code: "metadata.entity.id_not_absolute",
    of: "sp",
    bad: ['entityID="https://sp.example.com/', 'entityID="//sp.example.com/'],
    good: ['entityID="https://sp.example.com/', 'entityID="urn:x:'],
  },
  {
    code: "metadata.entity.id_scheme",
    of: "sp",
    bad: ['entityID="https://', 'entityID="spn://'],
    good: ['entityID="https://', 'entityID="HTTPS://'],
  },
  {
    code: "metadata.entity.no_role",
    of: "sp",
    bad: [SP_ROLE, "<md:SpSSODescriptor "],
    good: [SP_ROLE, `\n${SP_ROLE}`],
    also: [
      "metadata.discovery.misplaced",
      "metadata.schema.content",
      "metadata.schema.missing",
      "metadata.ui.misplaced",
    ],
  },
  {
    code: "metadata.entity.urn_unregistered",
    of: "sp",
    bad: ['entityID="https://sp.example.com/"', 'entityID="urn:example:sp"'],
    good: ['entityID="https://sp.example.com/"', 'entityID="urn:mace:ac.uk:sdss:sp"'],
    profile: "ukf",
  },
  { code: "metadata.entity.not_service_provider", of: "idp", bad: ["", ""], profile: "sp" },
  { code: "metadata.entity.not_identity_provider", of: "sp", bad: ["", ""], profile: "idp" },
  {
    code: "metadata.signature.misplaced",
    of: "sp",
    bad: [KEY_INFO, `${SIGNATURE("#_e", ENVELOPED, RSA256)}${KEY_INFO}`],
    good: signed(),
    also: ["metadata.schema.content", "metadata.signature.reference"],
  },
  { code: "metadata.signature.reference", of: "sp", bad: signed("#_f"), good: signed("") },
  {
    code: "metadata.signature.transforms",
    of: "sp",
    bad: signed("#_e", "http://www.w3.org/TR/1999/REC-xpath-19991116"),
    good: signed("#_e", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"),
  },
  {
    code: "metadata.signature.broken_algorithm",
    of: "sp",
    bad: signed("#_e", ENVELOPED, "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
    good: signed("#_e", ENVELOPED, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"),
  },
  {
    code: "metadata.signature.sha1",
    of: "sp",
    bad: signed("#_e", ENVELOPED, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    good: signed(),
  },
  {
    code: "metadata.signature.own_key",
    of: "sp",
    bad: [
      /(<md:Extensions>[\s\S]*?)(<ds:KeyInfo>[\s\S]*?<\/ds:KeyInfo>)/,
      (_, rest, key) => withKey(key) + rest + key,
    ],
    good: [FIRST, withKey("<ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo>") + FIRST],
    profile: "saml2int",
  },
  {
    code: "metadata.extension.unknown_namespace",
    of: "sp",
    bad: ["<mdui:UIInfo>", '<x:x xmlns:x="urn:oasis:names:tc:SAML:metadata:UI"/><mdui:UIInfo>'],
    good: [
      "<mdui:UIInfo>",
      '<x:SourceID xmlns:x="urn:oasis:names:tc:SAML:metadata:algsupport"/><mdui:UIInfo>',
    ],
  },
  {
    code: "metadata.attribute.requested_format",
    of: "sp",
    bad: [
      'Name="urn:oid:0.9.2342.19200300.100.1.3" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"',
      'Name="urn:oid:0.9.2342.19200300.100.1.3" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"',
    ],
  },
  {
    code: "metadata.attribute.requested_name",
    of: "sp",
    bad: ['Name="urn:oid:0.9.2342.19200300.100.1.3"', 'Name="mail"'],
    good: ['Name="urn:oid:0.9.2342.19200300.100.1.3"', 'Name="urn:oid:2.5.4.4"'],
  },
  {
    code: "metadata.entity_attributes.white_space",
    of: "sp",
    bad: [CATEGORY_VALUE, value("https://example.org/category\n")],
    good: [CATEGORY_VALUE, value("https://example.org/a category")],
  },
  {
    code: "metadata.category.research_and_scholarship",
    of: "idp",
    bad: [CATEGORY_VALUE, value("http://refeds.org/category/research-and-scholarship")],
    good: [CATEGORY_VALUE, value("http://refeds.org/category/research-and-scholarships")],
  },
  {
    code: "metadata.category.code_of_conduct_2",
    of: "idp",
    bad: [CATEGORY_VALUE, value("https://refeds.org/category/code-of-conduct/v2")],
    good: [CATEGORY_VALUE, value("https://refeds.org/category/code-of-conduct/v3")],
  },
  {
    code: "metadata.registration.not_utc",
    of: "sp",
    bad: [
      'registrationInstant="2020-01-01T00:00:00Z"',
      'registrationInstant="2020-01-01T00:00:00"',
    ],
  },
  {
    code: "metadata.registration.missing",
    of: "sp",
    bad: ["<mdrpi:RegistrationInfo ", '<x:RegistrationInfo xmlns:x="urn:x" '],
    profile: "edugain",
    also: ["metadata.extension.unknown_namespace"],
  },
  {
    code: "metadata.registration.unknown",
    of: "sp",
    bad: ["<mdrpi:RegistrationInfo ", "<mdrpi:Registrationinfo "],
  },
];
