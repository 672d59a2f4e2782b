import { cut, quoted } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import type { ElementName } from "../elements/rule.ts";
import { urlFault } from "../elements/uri.ts";
import { isAddressBlock } from "./address-block.ts";
import { repeatedIndexes } from "./endpoints.ts";
import { along, attribute, children, is, isAsciiUrl } from "./find.ts";
import type { MetadataRule, MetadataRules, Visit } from "./rule.ts";

/** RFC 5870, section 3.3: coordinates, and parameters that begin with crs and u if they are there. */
const GEO =
  /^geo:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)?(?:;crs=[\w-]+)?(?:;u=\d+(?:\.\d+)?)?(?:;(?!(?:crs|u)[=;]|(?:crs|u)$)[A-Za-z0-9-]+(?:=(?:[\w.!~*'()[\]:&+$-]|%[0-9A-Fa-f]{2})+)?)*$/i;

/** The elements of the extension, by parent. */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  UIInfo: [
    "DisplayName",
    "Description",
    "Keywords",
    "Logo",
    "InformationURL",
    "PrivacyStatementURL",
  ],
  DiscoHints: ["IPHint", "DomainHint", "GeolocationHint"],
};

const inExtensionsOf = ({ ancestors }: Visit, ...parents: readonly ElementName[]): boolean =>
  is(ancestors.at(-1), "md:Extensions") && is(ancestors.at(-2), ...parents);

/** Judges the trimmed text of an element; another rule reports an empty one. */
function ofText(on: ElementName, isRight: (text: string) => boolean): MetadataRule {
  return {
    on: [on],
    check: ({ element }) => {
      const text = element.text.trim();
      return text !== "" && !isRight(text) && { values: { value: quoted(text) } };
    },
  };
}

/** The texts that people see when they sign in. */
export const uiRules: MetadataRules<
  | "metadata.ui.misplaced"
  | "metadata.ui.repeated"
  | "metadata.ui.unknown"
  | "metadata.ui.url"
  | "metadata.ui.logo"
  | "metadata.ui.logo_url"
  | "metadata.ui.logo_long"
  | "metadata.ui.geolocation"
  | "metadata.ui.ip_hint"
  | "metadata.ui.no_display_name"
  | "metadata.ui.incomplete"
> = {
  "metadata.ui.misplaced": {
    on: ["mdui:UIInfo", "mdui:DiscoHints"],
    check: (visit) => {
      const isRight = is(visit.element, "mdui:UIInfo")
        ? inExtensionsOf(visit, "md:IDPSSODescriptor", "md:SPSSODescriptor")
        : inExtensionsOf(visit, "md:IDPSSODescriptor");
      return !isRight && { values: { element: visit.element.localName } };
    },
  },
  "metadata.ui.repeated": {
    on: ["md:Extensions"],
    check: ({ element }) =>
      (["mdui:UIInfo", "mdui:DiscoHints"] as const)
        .flatMap((name) => children(element, name).slice(1))
        .map((one) => ({ element: one, values: { element: one.localName } })),
  },
  "metadata.ui.unknown": {
    on: ["mdui:*"],
    check: ({ element, ancestors }) => {
      if (is(element, "mdui:UIInfo", "mdui:DiscoHints")) return false;
      const parent = ancestors.at(-1);
      const known = parent?.namespace === namespaces.mdui ? CONTENT[parent.localName] : undefined;
      return (
        known?.includes(element.localName) !== true && {
          values: { element: cut(element.localName) },
        }
      );
    },
  },
  "metadata.ui.url": {
    on: ["mdui:InformationURL", "mdui:PrivacyStatementURL"],
    check: ({ element }) => {
      const url = element.text.trim();
      const reason = url === "" ? undefined : urlFault(url);
      return (
        reason !== undefined && { values: { element: element.localName, reason, url: quoted(url) } }
      );
    },
  },
  "metadata.ui.logo": {
    on: ["mdui:Logo"],
    check: ({ element: { text } }) => {
      const reason = logoFault(text);
      return reason !== undefined && { values: { reason, url: quoted(text) } };
    },
  },
  "metadata.ui.logo_url": {
    on: ["mdui:Logo"],
    ofDocument: true,
    check: ({ element: { text } }) => {
      const url = text.trim();
      return (
        url !== "" && !/^data:/.test(url) && !isAsciiUrl(url) && { values: { url: quoted(text) } }
      );
    },
  },
  "metadata.ui.logo_long": {
    on: ["mdui:Logo"],
    check: ({ element: { text } }) => text.length > 40_000 && { values: { length: text.length } },
  },
  "metadata.ui.geolocation": ofText("mdui:GeolocationHint", (text) => GEO.test(text)),
  "metadata.ui.ip_hint": ofText("mdui:IPHint", isAddressBlock),
  "metadata.ui.no_display_name": {
    on: ["mdui:UIInfo"],
    check: ({ element }) => children(element, "mdui:DisplayName").length === 0,
  },
  "metadata.ui.incomplete": {
    optIn: true,
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: ({ element }) => {
      const wanted = ["mdui:DisplayName", "mdui:Logo"] as const;
      const more = is(element, "md:SPSSODescriptor") ? (["mdui:PrivacyStatementURL"] as const) : [];
      return [...wanted, ...more]
        .filter((name) => along(element, "md:Extensions", "mdui:UIInfo", name).length === 0)
        .map((missing) => ({ values: { role: element.localName, missing } }));
    },
  },
};

/** The faults of a logo. */
function logoFault(text: string): string | undefined {
  if (text.includes("\n")) return "it contains a line break";
  if (!isAsciiUrl(text.trim())) return undefined;
  return /^https:/i.test(text) ? urlFault(text) : "it is not an https URL";
}

/** The endpoints of discovery services and of sign-on that begins elsewhere. */
export const discoveryRules: MetadataRules<
  | "metadata.discovery.response_binding"
  | "metadata.discovery.response_index"
  | "metadata.discovery.initiator_binding"
  | "metadata.discovery.misplaced"
> = {
  "metadata.discovery.response_binding": ofBinding("idpdisc:DiscoveryResponse", namespaces.idpdisc),
  "metadata.discovery.response_index": {
    on: ["md:Extensions"],
    check: ({ element }) => repeatedIndexes(element, "idpdisc:DiscoveryResponse"),
  },
  "metadata.discovery.initiator_binding": ofBinding("init:RequestInitiator", namespaces.init),
  "metadata.discovery.misplaced": {
    on: ["idpdisc:DiscoveryResponse"],
    check: (visit) => !inExtensionsOf(visit, "md:SPSSODescriptor"),
  },
};

/** The binding of these endpoints is the namespace of their protocol. */
function ofBinding(on: ElementName, expected: string): MetadataRule {
  return {
    on: [on],
    check: ({ element }) => {
      const binding = attribute(element, "Binding") ?? "";
      return binding !== expected && { values: { binding: quoted(binding) } };
    },
  };
}
