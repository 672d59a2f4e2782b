import {
  attribute,
  children,
  is,
  quoted,
  ROLES,
  type Rule,
  SAML2,
  SAML11,
  speaks,
  type Verdict,
  type Visit,
} from "./rule.ts";

const SAML2_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";
const SAML1 = "urn:oasis:names:tc:SAML:1.0:";
const SOAP1 = `${SAML1}bindings:SOAP-binding`;
const HOK = "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser";
const ADFS = "http://schemas.xmlsoap.org/ws/2003/07/secext";
const SHIBBOLETH = "urn:mace:shibboleth:1.0";
const SHIBBOLETH_REQUEST = `${SHIBBOLETH}:profiles:AuthnRequest`;
/** Sign-on that begins at the identity provider; Shibboleth's own metadata has it. */
const UNSOLICITED = "urn:mace:shibboleth:2.0:profiles:AuthnRequest";

const front = ["HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Redirect", "HTTP-Artifact"];
const of = (...names: readonly string[]): readonly string[] =>
  names.map((name) => SAML2_BINDING + name);

/** The bindings that an element can have, by the profiles that use it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ArtifactResolutionService: [SOAP1, ...of("SOAP")],
  AssertionConsumerService: [
    ...of("HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Artifact", "PAOS"),
    `${SAML1}profiles:browser-post`,
    `${SAML1}profiles:artifact-01`,
    HOK,
    ADFS,
  ],
  AssertionIDRequestService: of("SOAP", "URI"),
  AttributeService: [SOAP1, ...of("SOAP")],
  AuthnQueryService: [SOAP1, ...of("SOAP")],
  AuthzService: [SOAP1, ...of("SOAP")],
  ManageNameIDService: of("SOAP", ...front),
  NameIDMappingService: of("SOAP"),
  SingleLogoutService: [...of("SOAP", ...front), ADFS],
  SingleSignOnService: [...of("SOAP", ...front), SHIBBOLETH_REQUEST, UNSOLICITED, HOK, ADFS],
};
const KNOWN: ReadonlySet<string> = new Set(Object.values(ALLOWED).flat());

const ENDPOINTS = (Object.keys(ALLOWED) as string[]).map((name) => `md:${name}` as const);
const PROFILES = "SAML V2.0 Profiles, 4; UK federation check_bindings";

/** Of another protocol than SAML, such as WS-Federation in AD FS and CAS in Shibboleth. */
const isForeign = (binding: string): boolean =>
  /^(?!urn:oasis:)[a-z][a-z0-9+.-]*:\S+$/i.test(binding) && !KNOWN.has(binding);

/** Says which binding an endpoint has, if it is one of those, and is not one that its kind can have. */
const unfit =
  (isMeant: (binding: string) => boolean, fault: string) =>
  ({ element }: Visit): Verdict => {
    const binding = attribute(element, "Binding");
    if (binding === undefined || ALLOWED[element.localName]?.includes(binding)) return undefined;
    return isMeant(binding) ? `${element.localName} ${fault} ${quoted(binding)}.` : undefined;
  };

/** A binding of a protocol on a role that does not say that it speaks it. */
const needsProtocol =
  (prefix: string, protocol: string) =>
  ({ element }: Visit): Verdict => {
    const used = element.children.some((child) =>
      (attribute(child, "Binding") ?? "").startsWith(prefix),
    );
    return used && !speaks(element, protocol)
      ? `protocolSupportEnumeration does not have ${protocol}.`
      : undefined;
  };

/** A role that says that it speaks a protocol without an endpoint for it. */
const needsEndpoint =
  (protocol: string, endpoint: `md:${string}`, binding: string) =>
  ({ element }: Visit): Verdict =>
    speaks(element, protocol) &&
    !children(element, endpoint).some((one) => attribute(one, "Binding") === binding)
      ? `There is no ${endpoint.slice(3)} at ${binding}.`
      : undefined;

/** Of protocols that nobody is left alone with: SAML 2.0 works without them. */
const OLD = { severity: "warning", severityIn: { ukf: "error" } } as const;

const claim = {
  severity: "error",
  hint: "Add the endpoint, or remove the protocol from protocolSupportEnumeration.",
} as const;

export const bindingRules: readonly Rule[] = [
  {
    code: "metadata.binding.not_allowed",
    severity: "error",
    summary: "An endpoint has a binding that its kind cannot have.",
    hint: "Use one that the profile allows there: HTTP-POST where responses arrive; HTTP-Redirect or HTTP-POST for requests and logout.",
    source: PROFILES,
    on: ENDPOINTS,
    check: unfit((binding) => !isForeign(binding), "cannot have the binding"),
  },
  {
    code: "metadata.binding.unknown",
    severity: "notice",
    summary: "An endpoint has a binding that is not of SAML; it was not checked.",
    hint: "Nothing to do if it is meant for another protocol; check it for a typing mistake otherwise.",
    source: "SAML V2.0 Metadata, 2.2.2; UK federation check_bindings",
    severityIn: { ukf: "error" },
    on: ENDPOINTS,
    check: unfit(isForeign, "has the binding"),
  },
  {
    code: "metadata.binding.saml2_protocol",
    severity: "error",
    summary: "A role has SAML 2.0 endpoints, but does not say that it speaks SAML 2.0.",
    hint: "Add urn:oasis:names:tc:SAML:2.0:protocol to protocolSupportEnumeration.",
    source: "SAML V2.0 Metadata, 2.4.1; UK federation check_saml2",
    on: ROLES,
    check: needsProtocol(SAML2_BINDING, SAML2),
  },
  {
    code: "metadata.binding.holder_of_key_protocol",
    severity: "error",
    summary: "A role has holder-of-key endpoints, but does not say that it speaks SAML 2.0.",
    hint: "Add urn:oasis:names:tc:SAML:2.0:protocol to protocolSupportEnumeration.",
    source: "SAML V2.0 Holder-of-Key Web Browser SSO Profile; UK federation check_hoksso",
    on: ROLES,
    check: needsProtocol(HOK, SAML2),
  },
  {
    code: "metadata.binding.saml1_protocol",
    ...OLD,
    summary: "A role has SAML 1 endpoints, but does not say that it speaks SAML 1.1.",
    hint: "Add urn:oasis:names:tc:SAML:1.1:protocol to protocolSupportEnumeration.",
    source: "SAML V1.x Metadata, 2; UK federation check_saml1",
    on: ROLES,
    check: needsProtocol(SAML1, SAML11),
  },
  {
    code: "metadata.binding.saml1_consumer",
    ...claim,
    ...OLD,
    summary:
      "A service provider says that it speaks SAML 1.1, and has no endpoint for its POST profile.",
    source: "UK federation check_saml1",
    on: ["md:SPSSODescriptor"],
    check: needsEndpoint(SAML11, "md:AssertionConsumerService", `${SAML1}profiles:browser-post`),
  },
  {
    code: "metadata.binding.saml1_attribute_service",
    ...claim,
    ...OLD,
    summary: "An attribute authority says that it speaks SAML 1.1, and has no endpoint for it.",
    source: "UK federation check_saml1",
    on: ["md:AttributeAuthorityDescriptor"],
    check: needsEndpoint(SAML11, "md:AttributeService", SOAP1),
  },
  {
    code: "metadata.binding.attribute_service",
    ...claim,
    summary: "An attribute authority says that it speaks SAML 2.0, and has no endpoint for it.",
    source: "UK federation check_saml2",
    on: ["md:AttributeAuthorityDescriptor"],
    check: needsEndpoint(SAML2, "md:AttributeService", `${SAML2_BINDING}SOAP`),
  },
  {
    code: "metadata.binding.sso_repeated",
    severity: "warning",
    summary: "An identity provider has two sign-on endpoints at the same binding.",
    hint: "Keep one: the other side cannot tell which to use.",
    source: "UK federation check_saml2, check_shibboleth",
    severityIn: { ukf: "error" },
    on: ["md:IDPSSODescriptor"],
    check: ({ element }) => {
      const single = [
        ...of("HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Redirect"),
        SHIBBOLETH_REQUEST,
      ];
      return single
        .filter((binding) => sso(element, binding).length > 1)
        .map((binding) => `There is more than one SingleSignOnService at ${binding}.`);
    },
  },
  {
    code: "metadata.binding.no_redirect",
    severity: "warning",
    summary: "An identity provider cannot be sent requests by HTTP-Redirect.",
    hint: "Add a SingleSignOnService at HTTP-Redirect, which most service providers use.",
    source: "saml2int SDP-IDP05",
    on: ["md:IDPSSODescriptor"],
    check: ({ element }) =>
      speaks(element, SAML2) && sso(element, `${SAML2_BINDING}HTTP-Redirect`).length === 0
        ? "There is no SingleSignOnService at HTTP-Redirect."
        : undefined,
  },
  {
    code: "metadata.binding.no_post",
    severity: "error",
    summary: "A service provider cannot be sent responses by HTTP-POST.",
    hint: "Add an AssertionConsumerService at HTTP-POST, the binding that everybody supports.",
    source: "saml2int SDP-SP05; SAML V2.0 Conformance, 3.1",
    on: ["md:SPSSODescriptor"],
    check: needsEndpoint(SAML2, "md:AssertionConsumerService", `${SAML2_BINDING}HTTP-POST`),
  },
  {
    code: "metadata.binding.shibboleth_protocol",
    ...OLD,
    summary: "Shibboleth 1 sign-on and protocolSupportEnumeration do not agree.",
    hint: "Name urn:mace:shibboleth:1.0 and SAML 1.1 there exactly if there is such an endpoint.",
    source: "Shibboleth Protocols and Profiles, 3.4.3; UK federation check_shibboleth",
    on: ["md:IDPSSODescriptor"],
    check: ({ element }) => {
      const has = sso(element, SHIBBOLETH_REQUEST).length > 0;
      const claims = speaks(element, SHIBBOLETH);
      if (has && !speaks(element, SAML11))
        return `protocolSupportEnumeration does not have ${SAML11}.`;
      if (has === claims) return undefined;
      return has
        ? `protocolSupportEnumeration does not have ${SHIBBOLETH}.`
        : `There is no SingleSignOnService at ${SHIBBOLETH_REQUEST}.`;
    },
  },
  {
    code: "metadata.binding.adfs",
    ...OLD,
    summary: "WS-Federation sign-on and protocolSupportEnumeration do not agree.",
    hint: "Name the protocol there exactly if there is an endpoint with its binding.",
    source: "Shibboleth ADFS metadata profile; UK federation check_adfs",
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: ({ element }) => {
      const main = is(element, "md:IDPSSODescriptor")
        ? "md:SingleSignOnService"
        : "md:AssertionConsumerService";
      const at = (name: `md:${string}`): boolean =>
        children(element, name).some((one) => attribute(one, "Binding") === ADFS);
      if (speaks(element, ADFS))
        return at(main) ? undefined : `There is no ${main.slice(3)} at ${ADFS}.`;
      return at(main) || at("md:SingleLogoutService")
        ? `protocolSupportEnumeration does not have ${ADFS}.`
        : undefined;
    },
  },
];

function sso(element: Visit["element"], binding: string): readonly Visit["element"][] {
  return children(element, "md:SingleSignOnService").filter(
    (one) => attribute(one, "Binding") === binding,
  );
}
