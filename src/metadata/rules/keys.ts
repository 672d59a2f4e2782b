import { cut, quoted } from "../../core/quote.ts";
import { namespaces, protocols } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import type { KeyInfo, KeyUse } from "../model/types.ts";
import { readKeyInfo } from "../read/read-key-info.ts";
import { along, attribute, children, descendants, is, isTrue, speaks } from "./find.ts";
import type { MetadataRules, Visit } from "./rule.ts";

const DSIG11 = "http://www.w3.org/2009/xmldsig11#";

/** The key descriptors of a role for a use; one without `use` serves both (erratum E62). */
function keysFor(role: XmlElement, use: KeyUse): readonly XmlElement[] {
  return children(role, "md:KeyDescriptor").filter((key) => {
    const value = attribute(key, "use");
    return value === undefined || value === use;
  });
}

const hasCertificate = (key: XmlElement): boolean =>
  descendants(key, "ds:X509Certificate").length > 0;

/** `<dsig11:DEREncodedKeyValue>` contains a key, like `<ds:KeyValue>` (XML Signature 1.1, 4.5.9). */
const hasKeyValue = (key: XmlElement): boolean =>
  children(key, "ds:KeyInfo")
    .flatMap((keyInfo) => keyInfo.children)
    .some(
      (one) =>
        is(one, "ds:KeyValue") ||
        (one.namespace === DSIG11 && one.localName === "DEREncodedKeyValue"),
    );

const hasKey = (key: XmlElement): boolean => hasCertificate(key) || hasKeyValue(key);
const hasName = (key: XmlElement): boolean => along(key, "ds:KeyInfo", "ds:KeyName").length > 0;

/** The `<ds:KeyInfo>` of an element, as the model reads it. */
function keyInfos(key: XmlElement, { certificates }: Visit): readonly KeyInfo[] {
  return children(key, "ds:KeyInfo").map((keyInfo) => readKeyInfo(keyInfo, certificates));
}

/** Hashes of the keys in the certificates of some elements with KeyInfo. */
export function spkis(keys: readonly XmlElement[], visit: Visit): ReadonlySet<string> {
  return new Set(
    keys
      .flatMap((key) => keyInfos(key, visit))
      .flatMap(({ certificates }) => certificates ?? [])
      .map(({ publicKey }) => publicKey.spkiSha256),
  );
}

const NEED_KEYS = [
  "md:IDPSSODescriptor",
  "md:SPSSODescriptor",
  "md:AttributeAuthorityDescriptor",
] as const;

const NAMES: Readonly<Record<string, string>> = {
  IDPSSODescriptor: "identity provider",
  SPSSODescriptor: "service provider",
  AttributeAuthorityDescriptor: "attribute authority",
};

const roleName = ({ localName }: XmlElement): string => NAMES[localName] ?? localName;

/** The keys of a role, and their uses. */
export const keyRules: MetadataRules<
  | "metadata.key.none"
  | "metadata.key.no_certificate"
  | "metadata.key.several"
  | "metadata.key.issuers"
  | "metadata.key.idp_signing"
  | "metadata.key.sp_encryption"
  | "metadata.key.requests_signed"
  | "metadata.key.logout"
  | "metadata.key.same"
  | "metadata.key.rotation"
  | "metadata.key.encryption_rotation"
  | "metadata.key.foreign"
  | "metadata.key.no_descriptor"
  | "metadata.key.not_embedded"
  | "metadata.key.name"
  | "metadata.key.serial_number"
> = {
  "metadata.key.none": {
    on: ["md:KeyDescriptor"],
    check: ({ element }) => !hasKey(element) && !hasName(element),
  },
  "metadata.key.no_certificate": {
    on: ["md:KeyDescriptor"],
    check: ({ element }) =>
      !hasCertificate(element) &&
      (hasKeyValue(element)
        ? { values: { found: "a bare key" } }
        : hasName(element) && { values: { found: "a KeyName" } }),
  },
  "metadata.key.several": {
    on: ["md:KeyDescriptor"],
    check: (visit) => {
      const found = keyInfos(visit.element, visit).flatMap(
        ({ certificates = [], unreadableCertificates = [] }) => [
          ...certificates,
          ...unreadableCertificates,
        ],
      );
      return found.length > 1 && { values: { count: found.length } };
    },
  },
  "metadata.key.issuers": {
    on: ["md:KeyDescriptor"],
    check: (visit) => {
      const names = keyInfos(visit.element, visit)
        .flatMap(({ issuers }) => issuers ?? [])
        .map(({ subject }) => quoted(subject.text));
      return names.length > 0 && { values: { names: [...new Set(names)].join(", ") } };
    },
  },
  "metadata.key.idp_signing": {
    on: ["md:IDPSSODescriptor", "md:AttributeAuthorityDescriptor"],
    check: ({ element }) =>
      speaks(element, protocols.saml2) &&
      !keysFor(element, "signing").some(hasKey) && { values: { role: roleName(element) } },
  },
  "metadata.key.sp_encryption": {
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      speaks(element, protocols.saml2) && !keysFor(element, "encryption").some(hasKey),
  },
  "metadata.key.requests_signed": {
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      isTrue(attribute(element, "AuthnRequestsSigned")) &&
      !keysFor(element, "signing").some(hasKey),
  },
  "metadata.key.logout": {
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      children(element, "md:SingleLogoutService").length > 0 &&
      !keysFor(element, "signing").some(hasKey),
  },
  "metadata.key.same": {
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: (visit) => {
      const only = (use: KeyUse): readonly XmlElement[] =>
        children(visit.element, "md:KeyDescriptor").filter((key) => attribute(key, "use") === use);
      const signing = spkis(only("signing"), visit);
      return [...spkis(only("encryption"), visit)].some((key) => signing.has(key));
    },
  },
  "metadata.key.rotation": {
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: (visit) => {
      const { size } = spkis(keysFor(visit.element, "signing"), visit);
      return size > 1 && { values: { count: size } };
    },
  },
  "metadata.key.encryption_rotation": {
    on: ["md:SPSSODescriptor"],
    check: (visit) => {
      const { size } = spkis(keysFor(visit.element, "encryption"), visit);
      const isExplicit = children(visit.element, "md:KeyDescriptor").some(
        (key) => attribute(key, "use") === "encryption",
      );
      return isExplicit && size > 1 && { values: { count: size } };
    },
  },
  "metadata.key.foreign": {
    on: ["ds:KeyInfo"],
    check: ({ element }) =>
      element.children
        .filter(({ namespace }) => namespace !== namespaces.ds && namespace !== DSIG11)
        .map((child) => ({
          element: child,
          values: { name: cut(child.localName), namespace: quoted(child.namespace) },
        })),
  },
  "metadata.key.no_descriptor": {
    optIn: true,
    on: NEED_KEYS,
    check: ({ element }) =>
      children(element, "md:KeyDescriptor").length === 0 && {
        values: { role: roleName(element) },
      },
  },
  "metadata.key.not_embedded": {
    optIn: true,
    on: NEED_KEYS,
    check: ({ element }) =>
      (speaks(element, protocols.saml2) || speaks(element, protocols.saml11)) &&
      children(element, "md:KeyDescriptor").some((key) => !hasCertificate(key)) && {
        values: { role: roleName(element) },
      },
  },
  "metadata.key.name": {
    optIn: true,
    on: ["md:KeyDescriptor"],
    check: ({ element, ancestors }) =>
      is(ancestors.at(-1), "md:IDPSSODescriptor", "md:AttributeAuthorityDescriptor") &&
      descendants(element, "ds:KeyName").length > 0,
  },
  "metadata.key.serial_number": {
    optIn: true,
    on: ["ds:X509SerialNumber"],
    check: () => true,
  },
};
