import type { Change, RuleCase } from "./case.ts";

const URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const REQUESTED = `Name="urn:oid:0.9.2342.19200300.100.1.3" NameFormat="${URI}"`;
const CATEGORY = "http://macedir.org/entity-category";
const ENTITY_ATTRIBUTES = "<mdattr:EntityAttributes>";
const ASSERTION =
  '<saml:Assertion ID="_a" Version="2.0" IssueInstant="2030-01-01T00:00:00Z"><saml:Issuer>https://example.org</saml:Issuer><saml:Subject/></saml:Assertion>';
const POLICY =
  '<mdrpi:RegistrationPolicy xml:lang="en">https://example.org/policy</mdrpi:RegistrationPolicy>';
const REGISTRATION =
  '<mdrpi:RegistrationInfo registrationAuthority="https://example.org" registrationInstant="2020-01-01T00:00:00Z"/>';
const PUBLICATION =
  '<mdrpi:PublicationInfo publisher="https://example.org" creationInstant="2030-01-01T00:00:00Z"/>';
const LABEL = 'xmlns:u="http://ukfederation.org.uk/2006/11/label"';
const SECURITY =
  'contactType="other" remd:contactType="http://refeds.org/metadata/contactType/security"';
const RESEARCH = "http://refeds.org/category/research-and-scholarship";
const HTML_NAME = '<mdui:DisplayName xml:lang="en">Example</mdui:DisplayName>';
const INFORMATION =
  '<mdui:InformationURL xml:lang="en">https://example.com/about</mdui:InformationURL>';
const DESCRIPTION = '<mdui:Description xml:lang="en">An example</mdui:Description>';
const REMD = 'xmlns:i="http://id.incommon.org/metadata" i:contactType=';
const INCOMMON = "http://id.incommon.org/metadata/contactType/security";

const inEntity = (text: string): Change => ["<md:Extensions>", `<md:Extensions>${text}`];
const inRole = (text: string): Change => ["<mdui:UIInfo>", `${text}<mdui:UIInfo>`];
const inGroup = (text: string): Change => [
  / (validUntil="[^"]*")>/,
  (_, until) => ` ${until}><md:Extensions>${text}</md:Extensions>`,
];

/** An entity attribute, its value, and names that the user interface has. */
const claims = (name: string, value: string, shown = HTML_NAME): Change => [
  new RegExp(
    `${CATEGORY}("[\\s\\S]*?AttributeValue>)[^<]*([\\s\\S]*?)<mdui:DisplayName[\\s\\S]*?</mdui:DisplayName>`,
  ),
  (_, rest, more) => `${name}${rest}${value}${more}${shown}`,
];

const attribute = (name: string, format = ` NameFormat="${URI}"`): Change => [
  `Name="${CATEGORY}" NameFormat="${URI}"`,
  `Name="${name}"${format}`,
];

const INSTANT = 'registrationInstant="2020-01-01T00:00:00Z"';
const MDRPS =
  '<mdrpi:RegistrationPolicy xml:lang="en">http://ukfederation.org.uk/doc/mdrps-20130902</mdrpi:RegistrationPolicy>';

/** Registered by the UK federation, and to be exported to others. */
const registeredInUk = (
  instant: string,
  policy: string,
  label = `<u:ExportOptIn ${LABEL}/>`,
): Change => [
  /<mdrpi:RegistrationInfo[\s\S]*<\/mdrpi:RegistrationInfo>/,
  `<mdrpi:RegistrationInfo registrationAuthority="http://ukfederation.org.uk" ${instant}>${policy}</mdrpi:RegistrationInfo>${label}`,
];

/** Cases of rules for federations and their registrars. */
export const federationCases: readonly RuleCase[] = [
  {
    code: "metadata.attribute.requested_format",
    of: "sp",
    bad: [REQUESTED, 'Name="urn:oid:0.9.2342.19200300.100.1.3"'],
    good: [REQUESTED, REQUESTED.replace(URI, "urn:mace:shibboleth:1.0:attributeNamespace:uri")],
    goodAlso: ["metadata.attribute.requested_name"],
  },
  {
    code: "metadata.attribute.requested_name",
    of: "sp",
    bad: [
      REQUESTED,
      REQUESTED.replace("urn:oid:0.9.2342.19200300.100.1.3", "urn:mace:dir:attribute-def:mail"),
    ],
    good: [
      REQUESTED,
      REQUESTED.replace("urn:oid:0.9.2342.19200300.100.1.3", "https://example.com/claims/mail"),
    ],
  },
  {
    code: "metadata.attribute.requested_unregistered",
    of: "sp",
    bad: [
      REQUESTED,
      REQUESTED.replace("urn:oid:0.9.2342.19200300.100.1.3", "https://example.com/mail"),
    ],
    good: [REQUESTED, REQUESTED.replace("urn:oid:", "urn:oasis:names:tc:SAML:attribute:")],
    profile: "ukf",
  },
  {
    code: "metadata.attribute.format",
    of: "sp",
    bad: attribute(CATEGORY, ""),
    good: attribute("https://example.org/another"),
  },
  {
    code: "metadata.attribute.format",
    of: "sp",
    bad: attribute(CATEGORY, ` NameFormat="${URI.replace("uri", "basic")}"`),
  },
  {
    code: "metadata.entity_attributes.misplaced",
    of: "sp",
    bad: inRole(
      `${ENTITY_ATTRIBUTES}<saml:Attribute Name="urn:x:y" NameFormat="${URI}"/></mdattr:EntityAttributes>`,
    ),
    good: inEntity("\n"),
  },
  {
    code: "metadata.entity_attributes.repeated",
    of: "sp",
    bad: inEntity(
      `${ENTITY_ATTRIBUTES}<saml:Attribute Name="urn:x:y" NameFormat="${URI}"/></mdattr:EntityAttributes>`,
    ),
    good: [
      ENTITY_ATTRIBUTES,
      `${ENTITY_ATTRIBUTES}<saml:Attribute Name="urn:x:y" NameFormat="${URI}"/>`,
    ],
  },
  {
    code: "metadata.entity_attributes.assertion",
    of: "group",
    bad: inGroup(`${ENTITY_ATTRIBUTES}${ASSERTION}</mdattr:EntityAttributes>`),
    good: [ENTITY_ATTRIBUTES, ENTITY_ATTRIBUTES + ASSERTION],
  },
  {
    code: "metadata.category.support_by_service",
    of: "sp",
    bad: attribute("http://macedir.org/entity-category-support"),
    good: attribute("http://macedir.org/entity-category-supported"),
  },
  {
    code: "metadata.category.code_of_conduct_1",
    of: "sp",
    bad: claims(
      CATEGORY,
      "http://www.geant.net/uri/dataprotection-code-of-conduct/v1",
      HTML_NAME.replace('"en"', '"de"'),
    ),
    good: claims(CATEGORY, "http://www.geant.net/uri/dataprotection-code-of-conduct/v1"),
  },
  {
    code: "metadata.category.code_of_conduct_2",
    of: "sp",
    bad: claims(CATEGORY, "https://refeds.org/category/code-of-conduct/v2"),
    good: claims(
      CATEGORY,
      "https://refeds.org/category/code-of-conduct/v2",
      HTML_NAME + DESCRIPTION,
    ),
  },
  {
    code: "metadata.category.research_and_scholarship",
    of: "sp",
    bad: claims(CATEGORY, RESEARCH),
    good: claims(CATEGORY, RESEARCH, HTML_NAME + INFORMATION),
  },
  ...["anonymous", "pseudonymous", "personalized"].map(
    (access): RuleCase => ({
      code: "metadata.category.access",
      of: "sp",
      bad: claims(CATEGORY, `https://refeds.org/category/${access}`),
      good: claims(CATEGORY, `https://refeds.org/category/${access}`, HTML_NAME + INFORMATION),
    }),
  ),
  {
    code: "metadata.category.sirtfi",
    of: "sp",
    bad: [
      new RegExp(
        `${CATEGORY}("[\\s\\S]*?AttributeValue>)[^<]*([\\s\\S]*)<md:GivenName>Security</md:GivenName>`,
      ),
      (_, rest, more) =>
        `urn:oasis:names:tc:SAML:attribute:assurance-certification${rest}https://refeds.org/sirtfi2${more}`,
    ],
    good: claims(
      "urn:oasis:names:tc:SAML:attribute:assurance-certification",
      "https://refeds.org/sirtfi",
    ),
  },
  {
    code: "metadata.category.subject_id",
    of: "sp",
    bad: claims("urn:oasis:names:tc:SAML:profiles:subject-id:req", "pairwise"),
    good: claims("urn:oasis:names:tc:SAML:profiles:subject-id:req", "pairwise-id"),
  },
  {
    code: "metadata.registration.misplaced",
    of: "sp",
    bad: inRole(REGISTRATION),
    good: inEntity(PUBLICATION),
  },
  {
    code: "metadata.registration.repeated",
    of: "sp",
    bad: inEntity(REGISTRATION),
    good: [POLICY, POLICY + POLICY.replace('"en"', '"de"')],
  },
  {
    code: "metadata.registration.repeated",
    of: "group",
    bad: inGroup(REGISTRATION),
    good: inGroup(PUBLICATION),
  },
  {
    code: "metadata.registration.unknown",
    of: "sp",
    bad: inEntity(
      '<mdrpi:RegistrationPolicy xml:lang="en">https://example.org/</mdrpi:RegistrationPolicy>',
    ),
    good: inEntity(PUBLICATION),
  },
  {
    code: "metadata.registration.publication_below_root",
    of: "group",
    bad: inEntity(PUBLICATION),
    good: inGroup(PUBLICATION),
  },
  {
    code: "metadata.registration.not_utc",
    of: "sp",
    bad: inEntity(PUBLICATION.replace("00Z", "00+00:00")),
    good: inEntity(PUBLICATION.replace("00Z", "00.123Z")),
  },
  {
    code: "metadata.registration.missing",
    of: "sp",
    bad: [/<mdrpi:RegistrationInfo [\s\S]*<\/mdrpi:RegistrationInfo>/, ""],
    good: inEntity("\n"),
    profile: "ukf",
  },
  {
    code: "metadata.organization.missing",
    of: "sp",
    bad: [/<md:Organization>[\s\S]*<\/md:Organization>/, ""],
    good: ["<md:Organization>", "<!-- --><md:Organization>"],
    profile: "edugain",
  },
  {
    code: "metadata.contact.email_form",
    of: "sp",
    bad: ["mailto:sso@example.com", "mailto:sso@localhost"],
    good: ["mailto:sso@example.com", "sso+saml@sub.example.co.uk"],
    profile: "ukf",
    goodAlso: ["metadata.contact.email"],
  },
  {
    code: "metadata.contact.security",
    of: "sp",
    bad: [SECURITY, SECURITY.replace("contactType/security", "contacttype/security")],
    good: [SECURITY, 'contactType="other"'],
  },
  {
    code: "metadata.contact.incommon",
    of: "sp",
    bad: [SECURITY, `contactType="technical" ${REMD}"${INCOMMON}"`],
    good: [SECURITY, `contactType="other" ${REMD}"${INCOMMON}"`],
  },
  {
    code: "metadata.contact.incommon",
    of: "sp",
    bad: ["<md:Organization>", `<md:Organization ${REMD}"${INCOMMON}">`],
  },
  {
    code: "metadata.ukf.label_repeated",
    of: "sp",
    bad: inEntity(`<u:UKFederationMember ${LABEL}/><u:UKFederationMember ${LABEL}/>`),
    good: inEntity(`<u:UKFederationMember ${LABEL}/><u:AccountableUsers ${LABEL}/>`),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.label_conflict",
    of: "sp",
    bad: inEntity(`<u:ExportOptIn ${LABEL}/><u:ExportOptOut ${LABEL}/>`),
    good: inEntity(`<u:ExportOptIn ${LABEL}/>`),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.entity_attribute",
    of: "sp",
    bad: [ENTITY_ATTRIBUTES, ENTITY_ATTRIBUTES + ASSERTION],
    good: claims(CATEGORY, "http://refeds.org/category/hide-from-discovery"),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.registration_policy",
    of: "sp",
    bad: [
      new RegExp(`${POLICY}([\\s\\S]*)https://example.org/category([\\s\\S]*)${HTML_NAME}`),
      (_, rest, more) => `${rest}${RESEARCH}${more}${HTML_NAME}${INFORMATION}`,
    ],
    good: claims(CATEGORY, RESEARCH, HTML_NAME + INFORMATION),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.export_incomplete",
    of: "sp",
    bad: registeredInUk("", MDRPS),
    good: registeredInUk(INSTANT, MDRPS),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.export_incomplete",
    of: "sp",
    bad: registeredInUk(INSTANT, ""),
    good: registeredInUk("", "", ""),
    profile: "ukf",
  },
  {
    code: "metadata.ukf.policy_unknown",
    of: "sp",
    bad: registeredInUk(INSTANT, MDRPS.replace("20130902", "20130901")),
    good: registeredInUk(INSTANT, MDRPS.replace("mdrps-20130902<", "mdrps-20130902 <")),
    profile: "ukf",
  },
];
