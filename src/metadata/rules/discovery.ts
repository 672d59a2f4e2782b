import { numberText } from "./endpoints.ts";
import { attribute, children, is, quoted, type Rule, repeated } from "./rule.ts";

const IDPDISC = "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol";
const INIT = "urn:oasis:names:tc:SAML:profiles:SSO:request-init";

/** Where discovery and logins begin. */
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
    code: "metadata.discovery.misplaced",
    severity: "warning",
    summary: "A discovery response endpoint is not in the extensions of a service provider's role.",
    hint: "Move it to the Extensions of the SPSSODescriptor, where discovery services look for it.",
    source: "Identity Provider Discovery Service Protocol, 2.5",
    severityIn: { ukf: "error" },
    on: ["idpdisc:DiscoveryResponse"],
    check: ({ ancestors }) =>
      is(ancestors.at(-1), "md:Extensions") && is(ancestors.at(-2), "md:SPSSODescriptor")
        ? undefined
        : "DiscoveryResponse stands in the wrong place.",
  },
];
