import { cut, quoted } from "../../core/quote.ts";
import { SECURITY_CONTACT } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";
import { urlFault } from "../elements/uri.ts";
import { attribute, children, is, repeated } from "./find.ts";
import type { MetadataRules } from "./rule.ts";

const INCOMMON = "http://id.incommon.org/metadata";

/** Elements that may occur once a language, by their parents. */
const LOCALIZED: Readonly<Record<ElementName, readonly ElementName[]>> = {
  "md:Organization": ["md:OrganizationName", "md:OrganizationDisplayName", "md:OrganizationURL"],
  "md:AttributeConsumingService": ["md:ServiceName", "md:ServiceDescription"],
  "mdui:UIInfo": [
    "mdui:DisplayName",
    "mdui:Description",
    "mdui:Keywords",
    "mdui:InformationURL",
    "mdui:PrivacyStatementURL",
  ],
  "mdrpi:RegistrationInfo": ["mdrpi:RegistrationPolicy"],
  "mdrpi:PublicationInfo": ["mdrpi:UsagePolicy"],
};

/** The attribute that must not be empty, by element. */
const NAMED: Readonly<Record<ElementName, string>> = {
  "md:RequestedAttribute": "Name",
  "saml:Attribute": "Name",
  "mdrpi:RegistrationInfo": "registrationAuthority",
  "mdrpi:PublicationInfo": "publisher",
};

/** Elements whose text must not be empty: OpenSAML refuses the whole document otherwise. */
const TEXTS: readonly ElementName[] = [
  "md:OrganizationName",
  "md:OrganizationDisplayName",
  "md:OrganizationURL",
  "md:Company",
  "md:GivenName",
  "md:SurName",
  "md:EmailAddress",
  "md:TelephoneNumber",
  "md:NameIDFormat",
  "md:AttributeProfile",
  "md:ServiceName",
  "md:ServiceDescription",
  "md:AffiliateMember",
  "md:AdditionalMetadataLocation",
  "mdui:DisplayName",
  "mdui:Description",
  "mdui:InformationURL",
  "mdui:PrivacyStatementURL",
  "mdui:Keywords",
  "mdui:Logo",
  "mdui:IPHint",
  "mdui:DomainHint",
  "mdui:GeolocationHint",
  "mdrpi:RegistrationPolicy",
  "mdrpi:UsagePolicy",
  "shibmd:Scope",
  "ds:KeyName",
];

/** The entry of a table that an element has. */
function entryOf<V>(table: Readonly<Record<ElementName, V>>, element: XmlElement): V | undefined {
  const found = Object.entries(table).find(([name]) => is(element, name as ElementName));
  return found?.[1];
}

/** Texts, languages, organizations and contacts. */
export const peopleRules: MetadataRules<
  | "metadata.language.empty"
  | "metadata.language.repeated"
  | "metadata.text.empty"
  | "metadata.text.carriage_return"
  | "metadata.text.unnamed"
  | "metadata.organization.line_break"
  | "metadata.organization.url"
  | "metadata.organization.missing"
  | "metadata.contact.email"
  | "metadata.contact.email_form"
  | "metadata.contact.no_technical"
  | "metadata.contact.security"
  | "metadata.contact.incommon"
> = {
  "metadata.language.empty": {
    on: ["*"],
    ofDocument: true,
    check: ({ element }) =>
      attribute(element, "xml:lang")?.trim() === "" && {
        values: { element: cut(element.localName) },
      },
  },
  "metadata.language.repeated": {
    on: Object.keys(LOCALIZED) as ElementName[],
    check: ({ element }) =>
      (entryOf(LOCALIZED, element) ?? []).flatMap((name) =>
        repeated(children(element, name), (one) => attribute(one, "xml:lang")?.toLowerCase()).map(
          (one) => ({
            element: one,
            values: { element: one.localName, lang: quoted(attribute(one, "xml:lang") ?? "") },
          }),
        ),
      ),
  },
  "metadata.text.empty": {
    on: TEXTS,
    ofDocument: true,
    check: ({ element }) =>
      element.text.trim() === "" &&
      element.children.length === 0 && { values: { element: element.localName } },
  },
  "metadata.text.carriage_return": {
    on: ["*"],
    check: ({ element: { localName, text, attributes } }) =>
      (text.includes("\r") || attributes.some(({ value }) => value.includes("\r"))) && {
        values: { element: cut(localName) },
      },
  },
  "metadata.text.unnamed": {
    on: Object.keys(NAMED) as ElementName[],
    ofDocument: true,
    check: ({ element }) => {
      const name = entryOf(NAMED, element) ?? "";
      return (
        attribute(element, name)?.trim() === "" && {
          values: { name, element: element.localName },
        }
      );
    },
  },
  "metadata.organization.line_break": {
    on: ["md:OrganizationDisplayName"],
    check: ({ element }) => element.text.includes("\n"),
  },
  "metadata.organization.url": {
    on: ["md:OrganizationURL"],
    check: ({ element }) => {
      const url = element.text.trim();
      const reason = url === "" ? undefined : urlFault(url);
      return reason !== undefined && { values: { reason, url: quoted(url) } };
    },
  },
  "metadata.organization.missing": {
    optIn: true,
    on: ["md:EntityDescriptor"],
    check: ({ element }) => children(element, "md:Organization").length === 0,
  },
  "metadata.contact.email": {
    on: ["md:EmailAddress"],
    check: ({ element }) => {
      const address = element.text.trim();
      return (
        address !== "" &&
        !/^mailto:[^\s@:]+@[^\s@:]+$/i.test(address) && { values: { address: quoted(address) } }
      );
    },
  },
  "metadata.contact.email_form": {
    optIn: true,
    on: ["md:EmailAddress"],
    check: ({ element }) => {
      const address = element.text.trim();
      return (
        !/^(?:mailto:)?[^\s@:<>,;]+@[^\s@:<>,;]+\.[^\s@:<>,;.]+$/i.test(address) && {
          values: { address: quoted(address) },
        }
      );
    },
  },
  "metadata.contact.no_technical": {
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      !children(element, "md:ContactPerson").some((contact) =>
        ["technical", "support"].includes(attribute(contact, "contactType") ?? ""),
      ),
  },
  "metadata.contact.security": {
    on: ["md:ContactPerson"],
    check: ({ element }) => {
      const refeds = attribute(element, "remd:contactType");
      const type = attribute(element, "contactType") ?? "";
      return (
        refeds !== undefined &&
        !(refeds === SECURITY_CONTACT && type === "other") && {
          values: { refeds: quoted(refeds), type: quoted(type) },
        }
      );
    },
  },
  "metadata.contact.incommon": {
    on: ["*"],
    check: ({ element }) => incommonFaults(element).map((reason) => ({ values: { reason } })),
  },
};

function incommonFaults(element: XmlElement): readonly string[] {
  const { localName, namespace, attributes } = element;
  if (namespace === INCOMMON) return [`there is no element incmd:${cut(localName)}`];
  return attributes
    .filter((one) => one.namespace === INCOMMON)
    .flatMap(({ localName: name, value }) => {
      if (name !== "contactType") return [`there is no attribute incmd:${cut(name)}`];
      if (!is(element, "md:ContactPerson")) return ["it is only for a ContactPerson"];
      if (value !== `${INCOMMON}/contactType/security`) return [`its value is ${quoted(value)}`];
      return attribute(element, "contactType") === "other" ? [] : ['contactType is not "other"'];
    });
}
