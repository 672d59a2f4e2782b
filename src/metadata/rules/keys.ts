import { namespaces } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import { readKeyInfo } from "../read/read-key-info.ts";
import { isTrue } from "./endpoints.ts";
import {
  attribute,
  children,
  descendants,
  is,
  type Rule,
  SAML2,
  SAML11,
  speaks,
  type Visit,
} from "./rule.ts";

const DSIG11 = "http://www.w3.org/2009/xmldsig11#";
const MDIOP = "SAML V2.0 Metadata Interoperability Profile, 2.5.1";

/** The keys of a role for a use; one without `use` serves both (erratum E62). */
function keysFor(role: XmlElement, use: "signing" | "encryption"): readonly XmlElement[] {
  return children(role, "md:KeyDescriptor").filter((key) => {
    const value = attribute(key, "use");
    return value === undefined || value === use;
  });
}

const hasX509 = (key: XmlElement): boolean => descendants(key, "ds:X509Certificate").length > 0;
/** `<dsig11:DEREncodedKeyValue>` is a key beside `<ds:KeyValue>` (XML Signature 1.1, 4.5.9). */
const isKeyValue = (element: XmlElement): boolean =>
  is(element, "ds:KeyValue") ||
  (element.namespace === DSIG11 && element.localName === "DEREncodedKeyValue");
const hasKey = (key: XmlElement): boolean =>
  hasX509(key) || children(key, "ds:KeyInfo").some((keyInfo) => keyInfo.children.some(isKeyValue));

/** The keys in the certificates of some elements with KeyInfo, by their hashes. */
export function spkis(keys: readonly XmlElement[], { certificates }: Visit): ReadonlySet<string> {
  return new Set(
    keys
      .flatMap((key) => children(key, "ds:KeyInfo"))
      .flatMap((keyInfo) => readKeyInfo(keyInfo, certificates).certificates ?? [])
      .map(({ publicKey }) => publicKey.spkiSha256),
  );
}

const named: Readonly<Record<string, string>> = {
  IDPSSODescriptor: "An identity provider",
  SPSSODescriptor: "A service provider",
  AttributeAuthorityDescriptor: "An attribute authority",
};
const NEED_KEYS = [
  "md:IDPSSODescriptor",
  "md:SPSSODescriptor",
  "md:AttributeAuthorityDescriptor",
] as const;

/** Which keys there are, and what for. */
export const keyRules: readonly Rule[] = [
  {
    code: "metadata.key.none",
    severity: "error",
    summary: "A KeyDescriptor holds neither a certificate nor a key.",
    hint: "Put the certificate in ds:X509Certificate; a name alone is of no use.",
    source: MDIOP,
    on: ["md:KeyDescriptor"],
    check: ({ element }) => (hasKey(element) ? undefined : "The KeyDescriptor has no key."),
  },
  {
    code: "metadata.key.several",
    severity: "warning",
    summary: "A KeyDescriptor holds more than one certificate.",
    hint: "Use one KeyDescriptor a key: readers take the first, the last or all.",
    source: MDIOP,
    severityIn: { ukf: "error", edugain: "error" },
    on: ["md:KeyDescriptor"],
    check: ({ element }) =>
      descendants(element, "ds:X509Certificate").length > 1
        ? "There is more than one X509Certificate."
        : undefined,
  },
  {
    code: "metadata.key.idp_signing",
    severity: "error",
    summary: "An identity provider or attribute authority has no signing key.",
    hint: "Add a KeyDescriptor with its certificate, or nobody can check what it signs.",
    source: "saml2int SDP-MD08; Kantara IIP-MD11; UK federation check_saml2int",
    on: ["md:IDPSSODescriptor", "md:AttributeAuthorityDescriptor"],
    check: ({ element }) =>
      speaks(element, SAML2) && !keysFor(element, "signing").some(hasKey)
        ? `${named[element.localName]} has no signing key.`
        : undefined,
  },
  {
    code: "metadata.key.sp_encryption",
    severity: "warning",
    summary: "A service provider has no encryption key.",
    hint: "Add a KeyDescriptor for encryption if assertions are to be encrypted.",
    source: "saml2int SDP-MD08; UK federation check_saml2",
    severityIn: { saml2int: "error", ukf: "error" },
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      speaks(element, SAML2) && !keysFor(element, "encryption").some(hasKey)
        ? "A service provider has no encryption key."
        : undefined,
  },
  {
    code: "metadata.key.requests_signed",
    severity: "error",
    summary: "A service provider says that it signs its requests, and has no signing key.",
    hint: "Add its signing certificate, or remove AuthnRequestsSigned.",
    source: "SAML V2.0 Metadata, 2.4.4; UK federation check_saml2_sp_signedrequests",
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      isTrue(attribute(element, "AuthnRequestsSigned")) && !keysFor(element, "signing").some(hasKey)
        ? "AuthnRequestsSigned is true, but there is no signing key."
        : undefined,
  },
  {
    code: "metadata.key.logout",
    severity: "warning",
    summary: "A service provider takes part in logout, and has no signing key.",
    hint: "Add its signing certificate: logout messages have to be signed.",
    source: "saml2int SDP-SP39; SAML V2.0 Profiles, 4.4.3",
    on: ["md:SPSSODescriptor"],
    check: ({ element }) =>
      children(element, "md:SingleLogoutService").length > 0 &&
      !keysFor(element, "signing").some(hasKey)
        ? "There is a SingleLogoutService, but no signing key."
        : undefined,
  },
  {
    code: "metadata.key.same",
    severity: "notice",
    summary: "One key is for both signing and encryption.",
    hint: "Use two keys, so that each can be replaced on its own.",
    source: "saml2int SDP-MD08; NIST SP 800-57 part 1, 5.2",
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: (visit) => {
      const only = (use: string): readonly XmlElement[] =>
        children(visit.element, "md:KeyDescriptor").filter((key) => attribute(key, "use") === use);
      const signing = spkis(only("signing"), visit);
      return [...spkis(only("encryption"), visit)].some((key) => signing.has(key))
        ? "The same key signs and decrypts."
        : undefined;
    },
  },
  {
    code: "metadata.key.rotation",
    severity: "notice",
    summary: "There is more than one signing key: a rotation is under way.",
    hint: "Remove the old key once nothing is signed with it any more.",
    source: "Kantara IIP-MD08",
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor"],
    check: (visit) => {
      const { size } = spkis(keysFor(visit.element, "signing"), visit);
      return size > 1 ? `There are ${size} signing keys.` : undefined;
    },
  },
  {
    code: "metadata.key.encryption_rotation",
    severity: "warning",
    summary: "There is more than one encryption key, and the other side may take any.",
    hint: "Be able to decrypt with each; then publish the new one alone.",
    source: "Kantara IIP-MD08",
    on: ["md:SPSSODescriptor"],
    check: (visit) => {
      const { size } = spkis(keysFor(visit.element, "encryption"), visit);
      const explicit = children(visit.element, "md:KeyDescriptor").some(
        (key) => attribute(key, "use") === "encryption",
      );
      return explicit && size > 1 ? `There are ${size} encryption keys.` : undefined;
    },
  },
  {
    code: "metadata.key.foreign",
    severity: "warning",
    summary: "KeyInfo holds an element that is not of XML Signature.",
    hint: "Give the element the prefix of http://www.w3.org/2000/09/xmldsig#.",
    source: "XML Signature, 4.4; UK federation check_shibboleth",
    severityIn: { ukf: "error" },
    on: ["ds:KeyInfo"],
    check: ({ element }) =>
      element.children
        .filter(({ namespace }) => namespace !== namespaces.ds && namespace !== DSIG11)
        .map(({ localName }) => `KeyInfo holds <${localName}> of another namespace.`),
  },
  {
    code: "metadata.key.no_descriptor",
    severity: "error",
    summary: "A role has no KeyDescriptor.",
    hint: "Add a KeyDescriptor with its certificate.",
    source: "UK federation check_uk_trust",
    only: ["ukf"],
    on: NEED_KEYS,
    check: ({ element }) =>
      children(element, "md:KeyDescriptor").length === 0
        ? `${named[element.localName]} has no KeyDescriptor.`
        : undefined,
  },
  {
    code: "metadata.key.not_embedded",
    severity: "error",
    summary: "A KeyDescriptor has no certificate in it, but leaves finding the key to others.",
    hint: "Put the certificate in ds:X509Certificate.",
    source: "UK federation check_uk_trust",
    only: ["ukf"],
    on: NEED_KEYS,
    check: ({ element }) =>
      (speaks(element, SAML2) || speaks(element, SAML11)) &&
      children(element, "md:KeyDescriptor").some((key) => !hasX509(key))
        ? `${named[element.localName]} has a KeyDescriptor without a certificate.`
        : undefined,
  },
  {
    code: "metadata.key.name",
    severity: "error",
    summary: "A key is named by ds:KeyName, which is of the old trust by certificate authorities.",
    hint: "Remove the KeyName; the certificate says it all.",
    source: "UK federation check_uk_trust",
    only: ["ukf"],
    on: ["md:KeyDescriptor"],
    check: ({ element, ancestors }) =>
      is(ancestors.at(-1), "md:IDPSSODescriptor", "md:AttributeAuthorityDescriptor") &&
      descendants(element, "ds:KeyName").length > 0
        ? "There is a KeyName."
        : undefined,
  },
  {
    code: "metadata.key.serial_number",
    severity: "error",
    summary:
      "A key is described by its certificate's serial number, which some readers cannot hold.",
    hint: "Remove the X509IssuerSerial; the certificate says it all.",
    source: "UK federation check_filtered",
    only: ["ukf"],
    on: ["ds:X509SerialNumber"],
    check: () => "There is an X509SerialNumber.",
  },
];
