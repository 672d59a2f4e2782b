import { quoted } from "../../core/quote.ts";
import { bindings, entityAttributes, entityCategories, SECURITY_CONTACT } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";
import { along, attribute, children } from "./find.ts";
import type { MetadataRule, MetadataRules, Spot } from "./rule.ts";

const { category, categorySupport, assurance, subjectIdRequirement } = entityAttributes;
const { researchAndScholarship, codeOfConduct1, codeOfConduct2 } = entityCategories;
const ACCESS: readonly string[] = [
  entityCategories.anonymous,
  entityCategories.pseudonymous,
  entityCategories.personalized,
];

/** Values of `subject-id:req` (SAML V2.0 Subject Identifier Attributes Profile, 4.1). */
export const SUBJECT_IDS: readonly string[] = ["subject-id", "pairwise-id", "none", "any"];

/** The values of an entity attribute. */
function values(entity: XmlElement, name: string): readonly string[] {
  return along(entity, "md:Extensions", "mdattr:EntityAttributes", "saml:Attribute")
    .filter((one) => attribute(one, "Name") === name)
    .flatMap((one) => children(one, "saml:AttributeValue"))
    .map(({ text }) => text.trim());
}

const isAnyOf =
  (...uris: readonly string[]) =>
  (entity: XmlElement): boolean =>
    values(entity, category).some((value) => uris.includes(value));

/** True if a service shows people something of a kind, in a language if one is given. */
function shows(entity: XmlElement, name: ElementName, lang?: string): boolean {
  return along(entity, "md:SPSSODescriptor", "md:Extensions", "mdui:UIInfo", name).some(
    (one) => lang === undefined || attribute(one, "xml:lang") === lang,
  );
}

/** One requirement of a category, and its name for the message. */
interface Need {
  readonly isMet: (entity: XmlElement) => boolean;
  readonly name: string;
}

const has = (name: string, ...path: readonly ElementName[]): Need => ({
  isMet: (entity) => along(entity, ...path).length > 0,
  name,
});
const isService = has("SPSSODescriptor, which the category requires", "md:SPSSODescriptor");
const requestsAttributes = has(
  "AttributeConsumingService",
  "md:SPSSODescriptor",
  "md:AttributeConsumingService",
);
const showing = (name: ElementName, lang?: string): Need => ({
  isMet: (entity) => shows(entity, name, lang),
  name: lang === undefined ? name : `${name} in English`,
});
/** Optional; if it is there, it must be there in English too. */
const english = (name: ElementName): Need => ({
  isMet: (entity) => !shows(entity, name) || shows(entity, name, "en"),
  name: `${name} in English`,
});

/** A rule for entities that claim something: reports each need that they do not meet. */
function claim(isClaimed: (entity: XmlElement) => boolean, needs: readonly Need[]): MetadataRule {
  return {
    on: ["md:EntityDescriptor"],
    check: ({ element }) => {
      if (!isClaimed(element)) return false;
      const unmet = needs.filter(({ isMet }) => !isMet(element));
      // Of an entity that is no service provider, nothing else matters.
      return (unmet.includes(isService) ? [isService] : unmet).map(
        ({ name }): Spot => ({ values: { missing: name } }),
      );
    },
  };
}

/** Entity categories and assurance: what an entity that claims one must have. */
export const categoryRules: MetadataRules<
  | "metadata.category.research_and_scholarship"
  | "metadata.category.support_by_service"
  | "metadata.category.code_of_conduct_1"
  | "metadata.category.code_of_conduct_2"
  | "metadata.category.access"
  | "metadata.category.sirtfi"
  | "metadata.category.subject_id"
> = {
  "metadata.category.research_and_scholarship": claim(isAnyOf(researchAndScholarship), [
    isService,
    {
      isMet: (entity) =>
        along(entity, "md:SPSSODescriptor", "md:AssertionConsumerService").some(
          (one) => attribute(one, "Binding") === bindings.post,
        ),
      name: "AssertionConsumerService at HTTP-POST",
    },
    showing("mdui:DisplayName"),
    showing("mdui:InformationURL"),
    {
      isMet: (entity) =>
        children(entity, "md:ContactPerson").some(
          (one) => attribute(one, "contactType") === "technical",
        ),
      name: "technical ContactPerson",
    },
  ]),
  "metadata.category.support_by_service": {
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      values(element, categorySupport).length > 0 &&
      children(element, "md:IDPSSODescriptor").length === 0,
  },
  "metadata.category.code_of_conduct_1": claim(isAnyOf(codeOfConduct1), [
    isService,
    showing("mdui:PrivacyStatementURL", "en"),
    english("mdui:DisplayName"),
    english("mdui:Description"),
    requestsAttributes,
  ]),
  "metadata.category.code_of_conduct_2": claim(isAnyOf(codeOfConduct2), [
    isService,
    showing("mdui:DisplayName", "en"),
    showing("mdui:PrivacyStatementURL", "en"),
    showing("mdui:Description", "en"),
    {
      isMet: (entity) =>
        values(entity, subjectIdRequirement).length > 0 || requestsAttributes.isMet(entity),
      name: "AttributeConsumingService and no required subject identifier",
    },
  ]),
  "metadata.category.access": claim(isAnyOf(...ACCESS), [
    isService,
    has("ContactPerson", "md:ContactPerson"),
    showing("mdui:DisplayName"),
    showing("mdui:InformationURL"),
    showing("mdui:PrivacyStatementURL"),
  ]),
  "metadata.category.sirtfi": {
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      values(element, assurance).some((uri) => /^https:\/\/refeds\.org\/sirtfi2?$/.test(uri)) &&
      sirtfiFaults(element).map((missing): Spot => ({ values: { missing } })),
  },
  "metadata.category.subject_id": {
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      values(element, subjectIdRequirement)
        .filter((value) => !SUBJECT_IDS.includes(value))
        .map((value): Spot => ({ values: { value: quoted(value) } })),
  },
};

function sirtfiFaults(entity: XmlElement): readonly string[] {
  const contacts = children(entity, "md:ContactPerson").filter(
    (one) =>
      attribute(one, "contactType") === "other" &&
      attribute(one, "remd:contactType") === SECURITY_CONTACT,
  );
  if (contacts.length === 0) return ["The entity has no REFEDS security contact"];
  return contacts.flatMap((contact) =>
    (["md:GivenName", "md:EmailAddress"] as const)
      .filter((name) => children(contact, name).length === 0)
      .map((name) => `The security contact has no ${name}`),
  );
}
