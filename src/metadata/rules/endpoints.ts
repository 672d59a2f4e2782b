import { quoted } from "../../core/quote.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { ElementName } from "../elements/rule.ts";
import { urlFault } from "../elements/uri.ts";
import { attribute, children, isAsciiUrl, isTrue, numberText, repeated } from "./find.ts";
import { type MetadataRule, type MetadataRules, ROLES, type Spot } from "./rule.ts";

/** The elements with a Location: endpoints of roles and of extensions. */
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

/** Judges both URLs of an endpoint: a reason why one is wrong, or undefined. */
function ofUrls(fault: (url: string) => string | undefined): MetadataRule {
  return {
    on: ENDPOINTS,
    check: ({ element }) =>
      ["Location", "ResponseLocation"].flatMap((name) => {
        const url = attribute(element, name);
        const reason = url === undefined ? undefined : fault(url);
        return url === undefined || reason === undefined
          ? []
          : [{ values: { name, element: element.localName, reason, url: quoted(url) } }];
      }),
  };
}

/** The same for a URL that matches a pattern. */
function urlsLike(pattern: RegExp): MetadataRule {
  return ofUrls((url) => (pattern.test(url) ? "" : undefined));
}

/** Judges the endpoints of each kind that a role has. */
function ofKinds(isWrong: (endpoints: readonly XmlElement[]) => boolean): MetadataRule {
  return {
    on: ROLES,
    check: ({ element }) =>
      INDEXED.filter((name) => isWrong(children(element, name))).map((name) => ({
        values: { element: name.slice(3) },
      })),
  };
}

/** The endpoints that repeat the index of an earlier one. */
export function repeatedIndexes(parent: XmlElement, name: ElementName): readonly Spot[] {
  return repeated(children(parent, name), (one) => numberText(attribute(one, "index"))).map(
    (element) => ({
      element,
      values: { element: element.localName, index: quoted(attribute(element, "index") ?? "") },
    }),
  );
}

export const endpointRules: MetadataRules<
  | "metadata.endpoint.url"
  | "metadata.endpoint.insecure"
  | "metadata.endpoint.percent"
  | "metadata.endpoint.default_port"
  | "metadata.endpoint.index_repeated"
  | "metadata.endpoint.defaults"
  | "metadata.endpoint.no_default"
  | "metadata.endpoint.artifact_resolution"
  | "metadata.endpoint.error_url"
  | "metadata.endpoint.error_url_invalid"
> = {
  "metadata.endpoint.url": ofUrls(urlFault),
  "metadata.endpoint.insecure": urlsLike(/^http:/i),
  "metadata.endpoint.percent": { ...urlsLike(/%/), optIn: true },
  "metadata.endpoint.default_port": { ...urlsLike(/^https:\/\/[^/]*:443\//), optIn: true },
  "metadata.endpoint.index_repeated": {
    on: ROLES,
    check: ({ element }) => INDEXED.flatMap((name) => repeatedIndexes(element, name)),
  },
  "metadata.endpoint.defaults": ofKinds(
    (list) => list.filter((one) => isTrue(attribute(one, "isDefault"))).length > 1,
  ),
  "metadata.endpoint.no_default": ofKinds(
    (list) => list.length > 1 && list.every((one) => attribute(one, "isDefault") === undefined),
  ),
  "metadata.endpoint.artifact_resolution": {
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: ({ element }) => {
      const sends = ["md:SingleLogoutService", "md:ManageNameIDService"] as const;
      const hasArtifact = sends.some((name) =>
        children(element, name).some(
          (one) => attribute(one, "Binding")?.endsWith(":HTTP-Artifact") === true,
        ),
      );
      return hasArtifact && children(element, "md:ArtifactResolutionService").length === 0;
    },
  },
  "metadata.endpoint.error_url": {
    on: ROLES,
    check: ({ element }) => {
      const url = attribute(element, "errorURL");
      return (
        url !== undefined &&
        isAsciiUrl(url.trim()) &&
        !/^https:/i.test(url.trim()) && { values: { url: quoted(url) } }
      );
    },
  },
  "metadata.endpoint.error_url_invalid": {
    on: ROLES,
    ofDocument: true,
    check: ({ element }) => {
      const url = attribute(element, "errorURL");
      return url !== undefined && !isAsciiUrl(url.trim()) && { values: { url: quoted(url) } };
    },
  },
};
