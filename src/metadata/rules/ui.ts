import { urlFault } from "../elements/uri.ts";
import { isAddressBlock } from "./address-block.ts";
import { children, is, quoted, ROLES, type Rule, type Visit } from "./rule.ts";

const MDUI = "SAML V2.0 Metadata Extensions for Login and Discovery User Interface, 2";

/** RFC 5870, section 3.3: coordinates, and parameters that begin with crs and u where they are there. */
const GEO =
  /^geo:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)?(?:;crs=[\w-]+)?(?:;u=\d+(?:\.\d+)?)?(?:;(?!(?:crs|u)[=;]|(?:crs|u)$)[A-Za-z0-9-]+(?:=(?:[\w.!~*'()[\]:&+$-]|%[0-9A-Fa-f]{2})+)?)*$/i;

const inExtensionsOf = ({ ancestors }: Visit, ...parents: Parameters<typeof is>[1][]): boolean =>
  is(ancestors.at(-1), "md:Extensions") && is(ancestors.at(-2), ...parents);

/** What people are shown when they sign in. */
export const uiRules: readonly Rule[] = [
  {
    code: "metadata.ui.misplaced",
    severity: "error",
    summary: "UIInfo or DiscoHints are not in the extensions of the role that they are for.",
    hint: "Move UIInfo to the Extensions of the SSO role, and DiscoHints to those of the identity provider.",
    source: `${MDUI}.1.1 and ${MDUI}.2`,
    on: ["mdui:UIInfo", "mdui:DiscoHints"],
    check: (visit) => {
      const isRight = is(visit.element, "mdui:UIInfo")
        ? inExtensionsOf(visit, "md:IDPSSODescriptor", "md:SPSSODescriptor")
        : inExtensionsOf(visit, "md:IDPSSODescriptor");
      return isRight ? undefined : `${visit.element.localName} stands in the wrong place.`;
    },
  },
  {
    code: "metadata.ui.repeated",
    severity: "error",
    summary: "UIInfo or DiscoHints are there more than once in the same extensions.",
    hint: "Join them.",
    source: `${MDUI}.1 and ${MDUI}.2`,
    on: ["md:Extensions"],
    check: ({ element }) =>
      (["mdui:UIInfo", "mdui:DiscoHints"] as const)
        .filter((name) => children(element, name).length > 1)
        .map((name) => `${name} is there more than once.`),
  },
  {
    code: "metadata.ui.unknown",
    severity: "error",
    summary: "The user interface extension has no such element, or not in this place.",
    hint: "Check the name: UIInfo and DiscoHints are the only ones directly in Extensions.",
    source: `${MDUI}.1 and ${MDUI}.2`,
    on: ["mdui:*"],
    check: ({ element, ancestors }) => {
      const parent = ancestors.at(-1);
      if (is(element, "mdui:UIInfo", "mdui:DiscoHints")) return undefined;
      const isKnown = is(parent, "mdui:UIInfo")
        ? is(
            element,
            "mdui:DisplayName",
            "mdui:Description",
            "mdui:Keywords",
            "mdui:Logo",
            "mdui:InformationURL",
            "mdui:PrivacyStatementURL",
          )
        : is(parent, "mdui:DiscoHints") &&
          is(element, "mdui:IPHint", "mdui:DomainHint", "mdui:GeolocationHint");
      return isKnown
        ? undefined
        : `mdui:${element.localName} is misspelled, or in the wrong place.`;
    },
  },
  {
    code: "metadata.ui.url",
    severity: "error",
    summary: "A URL that is shown to people is not an absolute http(s) URL.",
    hint: "Give an https URL.",
    source: `${MDUI}.1.6 and ${MDUI}.1.7`,
    on: ["mdui:InformationURL", "mdui:PrivacyStatementURL"],
    check: ({ element }) => {
      const url = element.text.trim();
      const fault = url === "" ? undefined : urlFault(url);
      return fault === undefined
        ? undefined
        : `${element.localName} cannot be used, as ${fault}: ${quoted(url)}.`;
    },
  },
  {
    code: "metadata.ui.logo",
    severity: "error",
    summary: "A logo is neither at an https URL nor a data: URI.",
    hint: "Serve the logo over https, and write its URL on one line.",
    source: `${MDUI}.1.5; saml2int SDP-MD10`,
    on: ["mdui:Logo"],
    check: ({ element }) => {
      const { text } = element;
      if (text.includes("\n")) return "Logo has a line break.";
      if (/^data:/i.test(text)) return undefined;
      const fault = /^https:/i.test(text) ? urlFault(text) : "it is not https";
      return fault === undefined ? undefined : `Logo cannot be used, as ${fault}: ${quoted(text)}.`;
    },
  },
  {
    code: "metadata.ui.logo_ascii",
    severity: "warning",
    summary: "The URL of a logo has characters that are not ASCII.",
    hint: "Escape them with %.",
    source: `RFC 3986, 2; ${MDUI}.1.5`,
    severityIn: { ukf: "error" },
    on: ["mdui:Logo"],
    check: ({ element }) =>
      /[\u0080-\uffff]/.test(element.text) ? `Logo is ${quoted(element.text)}.` : undefined,
  },
  {
    code: "metadata.ui.logo_long",
    severity: "warning",
    summary: "A logo is longer than 40,000 characters.",
    hint: "Make the image smaller, or serve it over https: everybody loads the metadata, few the logo.",
    source: "UK federation check_mdui_logo_length",
    severityIn: { ukf: "error" },
    on: ["mdui:Logo"],
    check: ({ element }) =>
      element.text.length > 40_000 ? `Logo has ${element.text.length} characters.` : undefined,
  },
  {
    code: "metadata.ui.geolocation",
    severity: "error",
    summary: "A place is not a geo: URI.",
    hint: "Write latitude and longitude as geo:51.5,-0.1, without spaces.",
    source: `RFC 5870, 3.3; ${MDUI}.2.4`,
    on: ["mdui:GeolocationHint"],
    check: hintOtherThan((text) => GEO.test(text)),
  },
  {
    code: "metadata.ui.ip_hint",
    severity: "warning",
    summary: "An IP hint is not an address block.",
    hint: "Write it as 192.0.2.0/24 or 2001:db8::/32, with zeros after the network's bits.",
    source: `RFC 4632; RFC 4291, 2.3; ${MDUI}.2.2; UK federation check_mdui_iphint`,
    severityIn: { ukf: "error" },
    on: ["mdui:IPHint"],
    check: hintOtherThan(isAddressBlock),
  },
  {
    code: "metadata.ui.no_display_name",
    severity: "warning",
    summary: "UIInfo has no name that people would know.",
    hint: "Add a DisplayName.",
    source: "saml2int SDP-MD09; UK federation check_uk_mdui",
    severityIn: { ukf: "error" },
    on: ["mdui:UIInfo"],
    check: ({ element }) =>
      children(element, "mdui:DisplayName").length === 0 ? "UIInfo has no DisplayName." : undefined,
  },
  {
    code: "metadata.ui.incomplete",
    severity: "warning",
    summary: "A role lacks what people should be shown.",
    hint: "Add UIInfo with a DisplayName and a Logo, and a PrivacyStatementURL for a service.",
    source: "saml2int SDP-MD09",
    only: ["saml2int", "edugain"],
    on: ROLES,
    check: ({ element }) => {
      if (!is(element, "md:IDPSSODescriptor", "md:SPSSODescriptor")) return undefined;
      const ui = children(element, "md:Extensions").flatMap((one) => children(one, "mdui:UIInfo"));
      const wanted = ["mdui:DisplayName", "mdui:Logo"] as const;
      const more = is(element, "md:SPSSODescriptor") ? (["mdui:PrivacyStatementURL"] as const) : [];
      return [...wanted, ...more]
        .filter((name) => !ui.some((one) => children(one, name).length > 0))
        .map((name) => `${element.localName} has no ${name}.`);
    },
  },
];

/** A hint that is there, and is not what it has to be; an empty one is told by another rule. */
function hintOtherThan(isRight: (text: string) => boolean): Rule["check"] {
  return ({ element }) => {
    const text = element.text.trim();
    return text === "" || isRight(text) ? undefined : `${element.localName} is ${quoted(text)}.`;
  };
}
