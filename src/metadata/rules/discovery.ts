import { isTrue, numberText } from "./endpoints.ts";
import { attribute, children, quoted, type Rule, repeated } from "./rule.ts";

const IDPDISC = "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol";
const INIT = "urn:oasis:names:tc:SAML:profiles:SSO:request-init";
const SHIBMD = "Shibboleth metadata extensions 1.0";

/** Where discovery and logins begin, and the scopes that an identity provider has. */
export const discoveryRules: readonly Rule[] = [
  {
    code: "metadata.discovery.response_binding",
    severity: "error",
    summary: "A discovery response endpoint does not have the binding of its protocol.",
    hint: `Set Binding to ${IDPDISC}.`,
    source: "Identity Provider Discovery Service Protocol, 2.5",
    on: ["idpdisc:DiscoveryResponse"],
    check: ({ element }) =>
      attribute(element, "Binding") === IDPDISC
        ? undefined
        : `Binding is ${quoted(attribute(element, "Binding") ?? "")}.`,
  },
  {
    code: "metadata.discovery.response_index",
    severity: "error",
    summary: "Two discovery response endpoints have the same index.",
    hint: "Number them differently.",
    source: "Identity Provider Discovery Service Protocol, 2.5; SAML V2.0 Metadata, 2.2.3",
    on: ["md:Extensions"],
    check: ({ element }) =>
      repeated(
        children(element, "idpdisc:DiscoveryResponse").map((one) =>
          numberText(attribute(one, "index")),
        ),
      ).map((index) => `The index ${quoted(index)} occurs more than once on DiscoveryResponse.`),
  },
  {
    code: "metadata.discovery.initiator_binding",
    severity: "error",
    summary: "A request initiator does not have the binding of its protocol.",
    hint: `Set Binding to ${INIT}.`,
    source: "Service Provider Request Initiation Protocol, 2.4",
    on: ["init:RequestInitiator"],
    check: ({ element }) =>
      attribute(element, "Binding") === INIT
        ? undefined
        : `Binding is ${quoted(attribute(element, "Binding") ?? "")}.`,
  },
  {
    code: "metadata.scope.white_space",
    severity: "error",
    summary: "A scope has white space in it.",
    hint: "Write the domain alone, on one line: it is compared as it stands.",
    source: `${SHIBMD}; UK federation check_shibboleth`,
    on: ["shibmd:Scope"],
    check: ({ element }) =>
      element.text !== "" && /\s/.test(element.text)
        ? `Scope is ${quoted(element.text)}.`
        : undefined,
  },
  {
    code: "metadata.scope.no_regexp",
    severity: "warning",
    summary: "A scope does not say whether it is a regular expression.",
    hint: 'Set regexp="false", or "true".',
    source: `${SHIBMD}; UK federation check_shib_noregscope`,
    severityIn: { ukf: "error" },
    on: ["shibmd:Scope"],
    check: ({ element }) =>
      attribute(element, "regexp") === undefined
        ? `Scope ${quoted(element.text)} has no regexp.`
        : undefined,
  },
  {
    code: "metadata.scope.wide",
    severity: "warning",
    summary: "A scope is so wide that everybody would be in it.",
    hint: "Name the organization's own domain, and anchor a regular expression at both ends.",
    source: `${SHIBMD}; UK federation check_misc, checkScopes`,
    severityIn: { ukf: "error", edugain: "error" },
    on: ["shibmd:Scope"],
    check: ({ element }) => {
      const scope = element.text.trim();
      if (isTrue(attribute(element, "regexp"))) {
        return /^\^.*\$$/.test(scope) && !/^\^?\.[*+]\$?$/.test(scope)
          ? undefined
          : `The expression ${quoted(scope)} is not anchored, or matches everything.`;
      }
      return scope !== "" && (!scope.includes(".") || PUBLIC.test(scope))
        ? `The scope is ${quoted(scope)}.`
        : undefined;
    },
  },
];

/** Domains of countries under which others register theirs, such as ac.uk and edu.au. */
const PUBLIC = /^(?:ac|co|com|edu|gob|gouv|gov|mil|net|nhs|org|police|sch)\.[a-z]{2}$/i;
