import type { XmlElement } from "../../xml/element.ts";
import { attribute, children, type Rule, type Verdict, type Visit } from "./rule.ts";

const CATEGORY = "http://macedir.org/entity-category";
const SUPPORT = "http://macedir.org/entity-category-support";
const ASSURANCE = "urn:oasis:names:tc:SAML:attribute:assurance-certification";
const SUBJECT_ID = "urn:oasis:names:tc:SAML:profiles:subject-id:req";
const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const SECURITY = "http://refeds.org/metadata/contactType/security";

const RESEARCH = "http://refeds.org/category/research-and-scholarship";
const COCO1 = "http://www.geant.net/uri/dataprotection-code-of-conduct/v1";
const COCO2 = "https://refeds.org/category/code-of-conduct/v2";
const ACCESS = ["anonymous", "pseudonymous", "personalized"].map(
  (name) => `https://refeds.org/category/${name}`,
);

/** The texts of an entity attribute. */
function values(entity: XmlElement, name: string): readonly string[] {
  return children(entity, "md:Extensions")
    .flatMap((one) => children(one, "mdattr:EntityAttributes"))
    .flatMap((one) => children(one, "saml:Attribute"))
    .filter((one) => attribute(one, "Name") === name)
    .flatMap((one) => children(one, "saml:AttributeValue"))
    .map(({ text }) => text.trim());
}

const services = (entity: XmlElement): readonly XmlElement[] =>
  children(entity, "md:SPSSODescriptor");

/** What a service shows of a kind, in a language if one is given. */
function shown(entity: XmlElement, name: `mdui:${string}`, lang?: string): boolean {
  return services(entity)
    .flatMap((role) => children(role, "md:Extensions"))
    .flatMap((one) => children(one, "mdui:UIInfo"))
    .flatMap((one) => children(one, name))
    .some((one) => lang === undefined || attribute(one, "xml:lang") === lang);
}

/** Runs for the entities that are in a category, or support it. */
const when =
  (name: string, uri: string, check: (entity: XmlElement) => Verdict) =>
  ({ element }: Visit): Verdict =>
    values(element, name).includes(uri) ? check(element) : undefined;

type Need = readonly [met: (entity: XmlElement) => boolean, what: string];

const needs =
  (...list: readonly Need[]) =>
  (entity: XmlElement): Verdict =>
    list.filter(([met]) => !met(entity)).map(([, what]) => `The entity has no ${what}.`);

const isService: Need = [
  (entity) => services(entity).length > 0,
  "SPSSODescriptor, and the category is for services",
];
const showing = (name: `mdui:${string}`, lang?: string): Need => [
  (entity) => shown(entity, name, lang),
  lang === undefined ? name : `${name} in English`,
];
/** Recommended, and then in English too. */
const english = (name: `mdui:${string}`): Need => [
  (entity) => !shown(entity, name) || shown(entity, name, "en"),
  `${name} in English`,
];
const consumesAttributes: Need = [
  (entity) =>
    services(entity).some((role) => children(role, "md:AttributeConsumingService").length > 0),
  "requested attributes",
];

/** Sign-on works without; who registers the entity refuses the claim. */
const claim = {
  severity: "warning",
  severityIn: { edugain: "error", ukf: "error" },
  on: ["md:EntityDescriptor"],
} as const;

/** Entity categories and assurance: what an entity that claims one must have. */
export const categoryRules: readonly Rule[] = [
  {
    ...claim,
    code: "metadata.category.research_and_scholarship",
    summary: "The entity is in the Research and Scholarship category, and does not meet it.",
    hint: "Add what is missing, or remove the category.",
    source: "REFEDS Research and Scholarship 1.3, 4.3",
    check: when(
      CATEGORY,
      RESEARCH,
      needs(
        isService,
        [
          (entity) =>
            services(entity).some((role) =>
              children(role, "md:AssertionConsumerService").some(
                (one) => attribute(one, "Binding") === POST,
              ),
            ),
          "AssertionConsumerService at HTTP-POST",
        ],
        showing("mdui:DisplayName"),
        showing("mdui:InformationURL"),
        [
          (entity) =>
            children(entity, "md:ContactPerson").some(
              (one) => attribute(one, "contactType") === "technical",
            ),
          "technical contact",
        ],
      ),
    ),
  },
  {
    ...claim,
    code: "metadata.category.support_by_service",
    summary: "The entity says that it supports a category, and is not an identity provider.",
    hint: "Only identity providers support a category; a service is in one.",
    source: "RFC 8409, 4; REFEDS entity categories",
    check: ({ element }) =>
      values(element, SUPPORT).length > 0 && children(element, "md:IDPSSODescriptor").length === 0
        ? "The entity has no IDPSSODescriptor."
        : undefined,
  },
  {
    ...claim,
    code: "metadata.category.code_of_conduct_1",
    summary: "The entity is in the Code of Conduct category, and does not meet it.",
    hint: "Add what is missing, or remove the category.",
    source: "GEANT Data Protection Code of Conduct 1.1, SAML profile, 1 and 2",
    check: when(
      CATEGORY,
      COCO1,
      needs(
        isService,
        showing("mdui:PrivacyStatementURL", "en"),
        english("mdui:DisplayName"),
        english("mdui:Description"),
        consumesAttributes,
      ),
    ),
  },
  {
    ...claim,
    code: "metadata.category.code_of_conduct_2",
    summary: "The entity is in the REFEDS Code of Conduct category, and does not meet it.",
    hint: "Add what is missing, or remove the category.",
    source: "REFEDS Data Protection Code of Conduct 2.0, 5.1 and 5.2",
    check: when(
      CATEGORY,
      COCO2,
      needs(
        isService,
        showing("mdui:DisplayName", "en"),
        showing("mdui:PrivacyStatementURL", "en"),
        showing("mdui:Description", "en"),
        [
          (entity) => values(entity, SUBJECT_ID).length > 0 || consumesAttributes[0](entity),
          "requested attributes or subject identifier",
        ],
      ),
    ),
  },
  {
    ...claim,
    code: "metadata.category.access",
    summary:
      "The entity is in an anonymous, pseudonymous or personalized access category, and does not meet it.",
    hint: "Add what is missing, or remove the category.",
    source: "REFEDS Anonymous, Pseudonymous and Personalized Access, RC3",
    check: ({ element }) =>
      ACCESS.some((uri) => values(element, CATEGORY).includes(uri))
        ? needs(
            isService,
            [(entity) => children(entity, "md:ContactPerson").length > 0, "ContactPerson"],
            showing("mdui:DisplayName"),
            showing("mdui:InformationURL"),
            showing("mdui:PrivacyStatementURL"),
          )(element)
        : undefined,
  },
  {
    ...claim,
    code: "metadata.category.sirtfi",
    summary: "The entity says that it meets Sirtfi, and has no complete security contact.",
    hint: "Add a ContactPerson with remd:contactType for security, a GivenName and an EmailAddress.",
    source: "Sirtfi 1.0 and 2.0; REFEDS Security Contact Metadata Extension Schema",
    check: ({ element }) => {
      const claims = values(element, ASSURANCE).some((uri) =>
        /^https:\/\/refeds\.org\/sirtfi2?$/.test(uri),
      );
      if (!claims) return undefined;
      const contacts = children(element, "md:ContactPerson").filter(
        (one) =>
          attribute(one, "contactType") === "other" &&
          attribute(one, "remd:contactType") === SECURITY,
      );
      if (contacts.length === 0) return "The entity has no REFEDS security contact.";
      return contacts.flatMap((contact) =>
        (["md:GivenName", "md:EmailAddress"] as const)
          .filter((name) => children(contact, name).length === 0)
          .map((name) => `A security contact has no ${name}.`),
      );
    },
  },
  {
    ...claim,
    code: "metadata.category.subject_id",
    summary: "The entity asks for a subject identifier that does not exist.",
    hint: "Use one of subject-id, pairwise-id, none, any.",
    source: "SAML V2.0 Subject Identifier Attributes Profile, 4.1",
    check: ({ element }) =>
      values(element, SUBJECT_ID)
        .filter((value) => !["subject-id", "pairwise-id", "none", "any"].includes(value))
        .map((value) => `The subject identifier ${JSON.stringify(value)} is not known.`),
  },
];
