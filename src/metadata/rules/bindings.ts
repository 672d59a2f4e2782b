import { cut, quoted } from "../../core/quote.ts";
import { bindings, HOLDER_OF_KEY, protocols } from "../../core/uris.ts";
import { attributeOf, type XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";
import { attribute, children, is, repeated, speaks } from "./find.ts";
import { type MetadataRule, type MetadataRules, ROLES, type Spot } from "./rule.ts";

const SAML2_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:";
const SAML1 = "urn:oasis:names:tc:SAML:1.0:";
const SAML1_SOAP = `${SAML1}bindings:SOAP-binding`;
const SAML1_POST = `${SAML1}profiles:browser-post`;
const SHIBBOLETH1_REQUEST = `${protocols.shibboleth1}:profiles:AuthnRequest`;
/** Sign-on that begins at the identity provider; Shibboleth's own metadata has it. */
const UNSOLICITED = "urn:mace:shibboleth:2.0:profiles:AuthnRequest";

const { post, redirect, artifact, soap, paos, postSimpleSign } = bindings;
const browser = [post, postSimpleSign, redirect, artifact];

/** The bindings of each endpoint, by the profiles that use it. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ArtifactResolutionService: [SAML1_SOAP, soap],
  AssertionConsumerService: [
    ...[post, postSimpleSign, artifact, paos],
    ...[SAML1_POST, `${SAML1}profiles:artifact-01`, HOLDER_OF_KEY, protocols.wsFederation],
  ],
  AssertionIDRequestService: [soap, `${SAML2_BINDING}URI`],
  AttributeService: [SAML1_SOAP, soap],
  AuthnQueryService: [SAML1_SOAP, soap],
  AuthzService: [SAML1_SOAP, soap],
  ManageNameIDService: [soap, ...browser],
  NameIDMappingService: [soap],
  SingleLogoutService: [soap, ...browser, protocols.wsFederation],
  SingleSignOnService: [
    ...[soap, ...browser],
    ...[SHIBBOLETH1_REQUEST, UNSOLICITED, HOLDER_OF_KEY, protocols.wsFederation],
  ],
};
const KNOWN: ReadonlySet<string> = new Set(Object.values(ALLOWED).flat());
const ENDPOINTS = Object.keys(ALLOWED).map((name): ElementName => `md:${name}`);

/** A binding of another protocol than SAML, such as WS-Federation in AD FS and CAS in Shibboleth. */
const isForeign = (binding: string): boolean =>
  /^(?!urn:oasis:)[a-z][a-z0-9+.-]*:\S+$/i.test(binding) && !KNOWN.has(binding);

/** Reports an endpoint with a binding that its kind does not have, of those that are meant. */
function unfit(isMeant: (binding: string) => boolean): MetadataRule {
  return {
    on: ENDPOINTS,
    check: ({ element }) => {
      const binding = attribute(element, "Binding");
      return (
        binding !== undefined &&
        !ALLOWED[element.localName]?.includes(binding) &&
        isMeant(binding) && {
          values: {
            element: element.localName,
            binding: quoted(binding),
            allowed: (ALLOWED[element.localName] ?? [])
              .filter((one) => one.startsWith(SAML2_BINDING))
              .map((one) => one.slice(SAML2_BINDING.length))
              .join(", "),
          },
        }
      );
    },
  };
}

/** Reports a role with an endpoint at a binding of a protocol that the role does not list. */
function needsProtocol(prefix: string, protocol: string): MetadataRule {
  return {
    on: ROLES,
    check: ({ element }) =>
      !speaks(element, protocol) &&
      element.children.some((child) => (attribute(child, "Binding") ?? "").startsWith(prefix)) && {
        values: { role: element.localName, protocol },
      },
  };
}

/** Reports a role that lists a protocol and has no endpoint for it. */
function needsEndpoint(
  role: ElementName,
  protocol: string,
  endpoint: ElementName,
  binding: string,
): MetadataRule {
  return {
    on: [role],
    check: ({ element }) =>
      speaks(element, protocol) &&
      !hasEndpoint(element, endpoint, binding) && {
        values: { role: element.localName, protocol, endpoint: endpoint.slice(3), binding },
      },
  };
}

function hasEndpoint(role: XmlElement, name: ElementName, binding: string): boolean {
  return children(role, name).some((one) => attribute(one, "Binding") === binding);
}

/** Reports a role that lists a protocol without an endpoint for it, or has one without listing it. */
function disagreeing(
  role: XmlElement,
  protocol: string,
  endpoint: string,
  has: boolean,
): Spot | false {
  const claims = speaks(role, protocol);
  const values = { role: role.localName, protocol, endpoint };
  if (has && !claims) return { values: { ...values, fault: "has an endpoint for" } };
  return claims && !has && { values: { ...values, fault: "has no endpoint for" } };
}

/** Bindings of one sign-on endpoint each; a reader takes any of several. */
const SINGLE = [post, postSimpleSign, redirect, SHIBBOLETH1_REQUEST];

export const bindingRules: MetadataRules<
  | "metadata.binding.not_allowed"
  | "metadata.binding.unknown"
  | "metadata.binding.saml2_protocol"
  | "metadata.binding.holder_of_key_protocol"
  | "metadata.binding.saml1_protocol"
  | "metadata.binding.saml1_consumer"
  | "metadata.binding.saml1_attribute_service"
  | "metadata.binding.attribute_service"
  | "metadata.binding.sso_repeated"
  | "metadata.binding.no_redirect"
  | "metadata.binding.no_post"
  | "metadata.binding.shibboleth_protocol"
  | "metadata.binding.adfs"
> = {
  "metadata.binding.not_allowed": unfit((binding) => !isForeign(binding)),
  "metadata.binding.unknown": unfit(isForeign),
  "metadata.binding.saml2_protocol": needsProtocol(SAML2_BINDING, protocols.saml2),
  "metadata.binding.holder_of_key_protocol": needsProtocol(HOLDER_OF_KEY, protocols.saml2),
  "metadata.binding.saml1_protocol": needsProtocol(SAML1, protocols.saml11),
  "metadata.binding.saml1_consumer": needsEndpoint(
    "md:SPSSODescriptor",
    protocols.saml11,
    "md:AssertionConsumerService",
    SAML1_POST,
  ),
  "metadata.binding.saml1_attribute_service": needsEndpoint(
    "md:AttributeAuthorityDescriptor",
    protocols.saml11,
    "md:AttributeService",
    SAML1_SOAP,
  ),
  "metadata.binding.attribute_service": needsEndpoint(
    "md:AttributeAuthorityDescriptor",
    protocols.saml2,
    "md:AttributeService",
    soap,
  ),
  "metadata.binding.sso_repeated": {
    on: ["md:IDPSSODescriptor"],
    check: ({ element }) =>
      repeated(
        children(element, "md:SingleSignOnService").filter((one) =>
          SINGLE.includes(attribute(one, "Binding") ?? ""),
        ),
        (one) => attribute(one, "Binding"),
      ).map((one) => ({ element: one, values: { binding: attribute(one, "Binding") ?? "" } })),
  },
  "metadata.binding.no_redirect": needsEndpoint(
    "md:IDPSSODescriptor",
    protocols.saml2,
    "md:SingleSignOnService",
    redirect,
  ),
  "metadata.binding.no_post": needsEndpoint(
    "md:SPSSODescriptor",
    protocols.saml2,
    "md:AssertionConsumerService",
    post,
  ),
  "metadata.binding.shibboleth_protocol": {
    on: ["md:IDPSSODescriptor"],
    check: ({ element }) => {
      const endpoint = `SingleSignOnService at ${SHIBBOLETH1_REQUEST}`;
      const has = hasEndpoint(element, "md:SingleSignOnService", SHIBBOLETH1_REQUEST);
      const old = has && disagreeing(element, protocols.saml11, endpoint, has);
      return old === false ? disagreeing(element, protocols.shibboleth1, endpoint, has) : old;
    },
  },
  "metadata.binding.adfs": {
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: ({ element }) => {
      const binding = protocols.wsFederation;
      const main = is(element, "md:IDPSSODescriptor")
        ? "md:SingleSignOnService"
        : "md:AssertionConsumerService";
      const needed = speaks(element, binding)
        ? ([main] as const)
        : ([main, "md:SingleLogoutService"] as const);
      const has = needed.some((name) => hasEndpoint(element, name, binding));
      return disagreeing(element, binding, `${main.slice(3)} at ${binding}`, has);
    },
  },
};

/** The bindings beneath the holder-of-key profile, by element. */
const BENEATH: Readonly<Record<string, readonly string[]>> = {
  SingleSignOnService: [post, postSimpleSign, redirect],
  AssertionConsumerService: [post, postSimpleSign, artifact],
};

/** Endpoints of the holder-of-key profile name the binding beneath it in a second attribute. */
export const holderOfKeyRules: MetadataRules<
  "metadata.holder_of_key.endpoint" | "metadata.holder_of_key.unknown"
> = {
  "metadata.holder_of_key.endpoint": {
    on: ["*"],
    check: ({ element }) => {
      const reason = holderOfKeyFault(element);
      return reason !== undefined && { values: { reason } };
    },
  },
  "metadata.holder_of_key.unknown": {
    on: ["*"],
    check: ({ element }) => {
      if (element.namespace === HOLDER_OF_KEY) {
        return { values: { name: `element hoksso:${cut(element.localName)}` } };
      }
      return element.attributes
        .filter(
          ({ namespace, localName }) =>
            namespace === HOLDER_OF_KEY && localName !== "ProtocolBinding",
        )
        .map(({ localName }) => ({
          values: { name: `attribute hoksso:${cut(localName)}` },
        }));
    },
  },
};

function holderOfKeyFault(element: XmlElement): string | undefined {
  const beneath = attributeOf(element, "ProtocolBinding", HOLDER_OF_KEY);
  const binding = attribute(element, "Binding");
  if (beneath === undefined) {
    return binding === HOLDER_OF_KEY && element.namespace !== ""
      ? "hoksso:ProtocolBinding is missing"
      : undefined;
  }
  const names = BENEATH[element.localName];
  if (!is(element, "md:SingleSignOnService", "md:AssertionConsumerService")) {
    return `hoksso:ProtocolBinding is not allowed on <${cut(element.localName)}>`;
  }
  if (binding !== HOLDER_OF_KEY) return `its Binding is not ${HOLDER_OF_KEY}`;
  return names?.includes(beneath) === true
    ? undefined
    : `hoksso:ProtocolBinding cannot be ${quoted(beneath)}`;
}
