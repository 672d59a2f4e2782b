import { urlFault } from "../elements/uri.ts";
import { attribute, children, is, quoted, type Rule, repeated } from "./rule.ts";

const SECURITY = "http://refeds.org/metadata/contactType/security";
const REFEDS = "REFEDS Security Contact Metadata Extension Schema";
const INCOMMON = "http://id.incommon.org/metadata";

/** Elements that may come once a language: names of their parents. */
const LOCALIZED = {
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
} as const;

/** Attributes without which an element names nothing. */
const NAMED = {
  "md:RequestedAttribute": "Name",
  "saml:Attribute": "Name",
  "mdrpi:RegistrationInfo": "registrationAuthority",
  "mdrpi:PublicationInfo": "publisher",
} as const;

/** Organizations, contacts and languages. */
export const peopleRules: readonly Rule[] = [
  {
    code: "metadata.language.empty",
    severity: "error",
    ofDocument: true,
    summary: "A language is empty.",
    hint: "Set xml:lang to the language of the text, such as en.",
    source: "SAML V2.0 Metadata, 2.2.4; RFC 5646",
    on: ["*"],
    check: ({ element }) =>
      attribute(element, "xml:lang")?.trim() === ""
        ? `xml:lang of ${element.localName} is empty.`
        : undefined,
  },
  {
    code: "metadata.language.repeated",
    severity: "error",
    summary: "A text is there twice in the same language.",
    hint: "Keep one text a language.",
    source:
      "SAML V2.0 Metadata, 2.3.2.1; Metadata Extensions for Login and Discovery, 2.1; Registration, 2.1.1",
    on: Object.keys(LOCALIZED) as (keyof typeof LOCALIZED)[],
    check: ({ element }) => {
      const parent = (Object.keys(LOCALIZED) as (keyof typeof LOCALIZED)[]).find((name) =>
        is(element, name),
      );
      return (parent === undefined ? [] : LOCALIZED[parent]).flatMap((name) =>
        repeated(
          children(element, name).map((one) => attribute(one, "xml:lang")?.toLowerCase()),
        ).map((lang) => `${name} is there more than once for ${quoted(lang)}.`),
      );
    },
  },
  {
    code: "metadata.text.empty",
    severity: "error",
    ofDocument: true,
    summary: "An element that has to say something is empty.",
    hint: "Fill it in, or remove it.",
    source: "SAML V2.0 Core, 1.3.1 and 1.3.2; OpenSAML refuses the whole document",
    on: [
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
    ],
    check: ({ element }) =>
      element.text.trim() === "" && element.children.length === 0
        ? `${element.localName} is empty.`
        : undefined,
  },
  {
    code: "metadata.text.carriage_return",
    severity: "warning",
    summary: "A text or an attribute has a carriage return.",
    hint: "Write lines that end with a line feed, and no &#13;: some readers lose it, and the signature with it.",
    source: "Shibboleth SSPCPP-684; UK federation check_cr",
    severityIn: { ukf: "error" },
    on: ["*"],
    check: ({ element: { localName, text, attributes } }) =>
      text.includes("\r") || attributes.some(({ value }) => value.includes("\r"))
        ? `${localName} has a carriage return.`
        : undefined,
  },
  {
    code: "metadata.text.unnamed",
    severity: "error",
    ofDocument: true,
    summary: "An attribute, or who registered or published something, has an empty name.",
    hint: "Fill it in, or remove the element.",
    source: "SAML V2.0 Core, 1.3.1 and 2.7.3.1; OpenSAML refuses the whole document",
    on: Object.keys(NAMED) as (keyof typeof NAMED)[],
    check: ({ element }) => {
      const name = Object.entries(NAMED).find(([one]) => is(element, one as keyof typeof NAMED));
      return name !== undefined && attribute(element, name[1])?.trim() === ""
        ? `${name[1]} of ${element.localName} is empty.`
        : undefined;
    },
  },
  {
    code: "metadata.organization.line_break",
    severity: "warning",
    summary: "The name of an organization goes over several lines.",
    hint: "Write it on one line: it is shown in lists.",
    source: "UK federation check_misc",
    severityIn: { ukf: "error" },
    on: ["md:OrganizationDisplayName"],
    check: ({ element }) =>
      element.text.includes("\n") ? "OrganizationDisplayName has a line break." : undefined,
  },
  {
    code: "metadata.organization.url",
    severity: "error",
    summary: "The URL of an organization is not an absolute http(s) URL.",
    hint: "Give the address of its web site.",
    source: "SAML V2.0 Metadata, 2.3.2.1; UK federation check_shibboleth, check_saml2meta",
    on: ["md:OrganizationURL"],
    check: ({ element }) => {
      const url = element.text.trim();
      const fault = url === "" ? undefined : urlFault(url);
      return fault === undefined
        ? undefined
        : `OrganizationURL cannot be used, as ${fault}: ${quoted(url)}.`;
    },
  },
  {
    code: "metadata.organization.missing",
    severity: "warning",
    summary: "There is no organization.",
    hint: "Add an Organization: federations require one.",
    source: "saml2int SDP-MD10; eduGAIN metadata validator; UK federation check_ukreg",
    only: ["edugain", "saml2int", "ukf"],
    severityIn: { edugain: "error", ukf: "error" },
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      children(element, "md:Organization").length === 0 ? "There is no Organization." : undefined,
  },
  {
    code: "metadata.contact.email",
    severity: "warning",
    summary: "An e-mail address is not a mailto: URI.",
    hint: "Write mailto:sso@example.com.",
    source: "SAML V2.0 Metadata, 2.3.2.2; eduGAIN metadata validator E7",
    severityIn: { edugain: "error" },
    on: ["md:EmailAddress"],
    check: ({ element }) => {
      const address = element.text.trim();
      return address === "" || /^mailto:[^\s@:]+@[^\s@:]+$/i.test(address)
        ? undefined
        : `EmailAddress is ${quoted(address)}.`;
    },
  },
  {
    code: "metadata.contact.email_form",
    severity: "error",
    summary: "An e-mail address is malformed.",
    hint: "Write one address, such as mailto:sso@example.com.",
    source: "UK federation check_ukreg",
    only: ["ukf"],
    on: ["md:EmailAddress"],
    check: ({ element }) =>
      /^(?:mailto:)?[^\s@:<>,;]+@[^\s@:<>,;]+\.[^\s@:<>,;.]+$/i.test(element.text.trim())
        ? undefined
        : `EmailAddress is ${quoted(element.text.trim())}.`,
  },
  {
    code: "metadata.contact.no_technical",
    severity: "warning",
    summary: "There is no technical or support contact.",
    hint: 'Add a ContactPerson with contactType="technical" and a mailto: address, for when sign-on fails.',
    source: "saml2int SDP-MD11; eduGAIN SAML profile",
    on: ["md:EntityDescriptor"],
    check: ({ element }) =>
      children(element, "md:ContactPerson").some((contact) =>
        ["technical", "support"].includes(attribute(contact, "contactType") ?? ""),
      )
        ? undefined
        : "There is no technical or support ContactPerson.",
  },
  {
    code: "metadata.contact.security",
    severity: "warning",
    summary: "A REFEDS contact type and the standard's contact type do not agree.",
    hint: 'Use contactType="other" with remd:contactType="http://refeds.org/metadata/contactType/security".',
    source: REFEDS,
    severityIn: { edugain: "error" },
    on: ["md:ContactPerson"],
    check: ({ element }) => {
      const refeds = attribute(element, "remd:contactType");
      if (refeds === undefined) return undefined;
      if (refeds !== SECURITY) return `remd:contactType is ${quoted(refeds)}.`;
      return attribute(element, "contactType") === "other"
        ? undefined
        : 'contactType is not "other".';
    },
  },
  {
    code: "metadata.contact.incommon",
    severity: "warning",
    summary: "An InCommon contact type is used wrongly.",
    hint: 'Put incmd:contactType="http://id.incommon.org/metadata/contactType/security" on a ContactPerson of contactType="other".',
    source: "InCommon metadata extensions; UK federation check_incmd",
    severityIn: { ukf: "error" },
    on: ["*"],
    check: ({ element }) => {
      if (element.namespace === INCOMMON) return `There is no element incmd:${element.localName}.`;
      return element.attributes
        .filter(({ namespace }) => namespace === INCOMMON)
        .flatMap(({ localName, value }) => {
          if (localName !== "contactType") return [`There is no attribute incmd:${localName}.`];
          if (!is(element, "md:ContactPerson"))
            return ["incmd:contactType stands outside a ContactPerson."];
          if (value !== `${INCOMMON}/contactType/security`)
            return [`incmd:contactType is ${quoted(value)}.`];
          return attribute(element, "contactType") === "other"
            ? []
            : ['contactType is not "other".'];
        });
    },
  },
];
