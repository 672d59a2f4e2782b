import { urlFault } from "../elements/uri.ts";
import { attribute, children, quoted, ROLES, type Rule, repeated, type Visit } from "./rule.ts";

/** Everything with a Location: the endpoints of roles, and those of extensions. */
const ENDPOINTS = [
  "md:ArtifactResolutionService",
  "md:SingleLogoutService",
  "md:ManageNameIDService",
  "md:SingleSignOnService",
  "md:NameIDMappingService",
  "md:AssertionIDRequestService",
  "md:AssertionConsumerService",
  "md:AuthnQueryService",
  "md:AuthzService",
  "md:AttributeService",
  "init:RequestInitiator",
  "idpdisc:DiscoveryResponse",
] as const;

const INDEXED = [
  "md:ArtifactResolutionService",
  "md:AssertionConsumerService",
  "md:AttributeConsumingService",
] as const;

const GENERAL = "SAML V2.0 Metadata, 2.2.2";

type Judge = (url: string) => string | undefined;

/** Judges both URLs of an endpoint. */
const eachUrl =
  (judge: Judge) =>
  ({ element }: Visit): readonly string[] =>
    ["Location", "ResponseLocation"].flatMap((name) => {
      const url = attribute(element, name);
      const fault = url === undefined ? undefined : judge(url);
      return fault === undefined ? [] : [`${name} ${fault}: ${quoted(url ?? "")}.`];
    });

export const endpointRules: readonly Rule[] = [
  {
    code: "metadata.endpoint.url",
    severity: "error",
    summary: "An endpoint is not an absolute http(s) URL that a browser can be sent to.",
    hint: "Give an https URL with a host and, at most, a port; anything else may be an attack.",
    source: `${GENERAL}; CVE-2023-45683`,
    on: ENDPOINTS,
    check: eachUrl((url) => {
      const fault = urlFault(url);
      return fault === undefined ? undefined : `cannot be used, as ${fault}`;
    }),
  },
  {
    code: "metadata.endpoint.insecure",
    severity: "warning",
    summary: "An endpoint is not https.",
    hint: "Use https, or assertions and sessions can be read and taken over.",
    source: "saml2int SDP-SP03, SDP-IDP03; UK federation check_idp_tls, check_sp_tls",
    severityIn: { ukf: "error", edugain: "warning" },
    on: ENDPOINTS,
    check: eachUrl((url) => (/^http:/i.test(url) ? "is not https" : undefined)),
  },
  {
    code: "metadata.endpoint.percent",
    severity: "warning",
    summary: "An endpoint has a % in it.",
    hint: "Write & as &amp; and leave the rest of the URL as it is, unless the % is meant.",
    source: "UK federation check_misc, check_uk_urlenc",
    only: ["ukf"],
    severityIn: { ukf: "error" },
    on: ENDPOINTS,
    check: ({ element }) =>
      (attribute(element, "Location") ?? "").includes("%")
        ? `Location is ${quoted(attribute(element, "Location") ?? "")}.`
        : undefined,
  },
  {
    code: "metadata.endpoint.default_port",
    severity: "error",
    summary: "An https endpoint names the port 443.",
    hint: "Leave the port out.",
    source: "UK federation check_ukreg",
    only: ["ukf"],
    on: ENDPOINTS,
    check: eachUrl((url) =>
      /^https:\/\/[^/]*:443\//.test(url) ? "names the port 443" : undefined,
    ),
  },
  {
    code: "metadata.endpoint.index_repeated",
    severity: "error",
    summary: "Two endpoints of a kind have the same index.",
    hint: "Number them differently: a request names the endpoint by its index.",
    source: "SAML V2.0 Metadata, 2.2.3 and 2.4.4.1",
    on: ROLES,
    check: ({ element }) =>
      INDEXED.flatMap((name) =>
        repeated(children(element, name).map((one) => numberText(attribute(one, "index")))).map(
          (index) => `The index ${quoted(index)} occurs more than once on ${name.slice(3)}.`,
        ),
      ),
  },
  {
    code: "metadata.endpoint.defaults",
    severity: "warning",
    summary: "More than one endpoint of a kind is the default.",
    hint: "Set isDefault on one alone.",
    source: "SAML V2.0 Metadata, 2.2.3",
    on: ROLES,
    check: ({ element }) =>
      INDEXED.filter(
        (name) =>
          children(element, name).filter((one) => isTrue(attribute(one, "isDefault"))).length > 1,
      ).map((name) => `More than one ${name.slice(3)} has isDefault.`),
  },
  {
    code: "metadata.endpoint.no_default",
    severity: "notice",
    summary: "There are several endpoints of a kind, and none is marked as the default.",
    hint: "Set isDefault on one; otherwise the first in the document is it.",
    source: "SAML V2.0 Metadata, 2.2.3",
    on: ROLES,
    check: ({ element }) =>
      INDEXED.filter((name) => {
        const list = children(element, name);
        return list.length > 1 && list.every((one) => attribute(one, "isDefault") === undefined);
      }).map((name) => `There are several ${name.slice(3)}, and none is the default.`),
  },
  {
    code: "metadata.endpoint.artifact_resolution",
    severity: "warning",
    summary: "Artifacts are sent from here, but there is no service that resolves them.",
    hint: "Add an ArtifactResolutionService, or leave the HTTP-Artifact endpoints out.",
    source: "SAML V2.0 Profiles, 5.1",
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: ({ element }) => {
      const sends = ["md:SingleLogoutService", "md:ManageNameIDService"] as const;
      const hasArtifact = sends.some((name) =>
        children(element, name).some(
          (one) => attribute(one, "Binding")?.endsWith(":HTTP-Artifact") === true,
        ),
      );
      return hasArtifact && children(element, "md:ArtifactResolutionService").length === 0
        ? "There are HTTP-Artifact endpoints, but no ArtifactResolutionService."
        : undefined;
    },
  },
  {
    code: "metadata.endpoint.error_url",
    severity: "warning",
    summary: "errorURL is not an https URL.",
    hint: "Give an https URL that explains what people can do.",
    source: "saml2int SDP-MD12",
    on: ROLES,
    check: ({ element }) => {
      const url = attribute(element, "errorURL");
      return url !== undefined && !/^https:\/\/[^/]/i.test(url.trim())
        ? `errorURL is ${quoted(url)}.`
        : undefined;
    },
  },
];

/** The same text for the same number: 01 is 1. */
export function numberText(value: string | undefined): string | undefined {
  return value?.trim().replace(/^\+?0+(?=\d)/, "");
}

export function isTrue(value: string | undefined): boolean {
  return value?.trim() === "true" || value?.trim() === "1";
}
