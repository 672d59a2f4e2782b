import { cut, quoted } from "../../core/quote.ts";
import { HOLDER_OF_KEY, nameIdFormats, namespaces, protocols } from "../../core/uris.ts";
import type { XmlElement } from "../../xml/element.ts";
import { isUriReference } from "../elements/uri.ts";
import { children, is, speaks } from "./find.ts";
import type { MetadataRules } from "./rule.ts";

const SHIBBOLETH1 = "urn:mace:shibboleth:1.0:nameIdentifier";

/** The formats of SAML by the last part of their name (core 8.3), each in the version that has it. */
const FORMATS: Readonly<Record<string, string>> = {
  ...nameIdFormats,
  X509SubjectName: "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
  WindowsDomainQualifiedName:
    "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
  kerberos: "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
  entity: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  encrypted: "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted",
};
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  Object.entries(FORMATS).map(([name, uri]) => [name.toLowerCase(), uri]),
);
/** The formats of SAML as people write them: with another version, without the prefix, misspelt. */
const SAML_FORMAT =
  /^(?:urn:oasis:names:tc:)?(?:saml:)?(?:\d\.\d:)?name-?id(?:entifier)?-?format:([\w-]+)$/i;
const KNOWN_FORMATS: ReadonlySet<string> = new Set(Object.values(FORMATS));

const KNOWN_NAMESPACES: ReadonlySet<string> = new Set([
  ...Object.values(namespaces),
  HOLDER_OF_KEY,
  "http://www.w3.org/2009/xmldsig11#",
  "http://www.w3.org/2009/xmlenc11#",
  "urn:oasis:names:tc:SAML:metadata:ext:query",
  "http://ukfederation.org.uk/2006/11/label",
]);

const formatsOf = (role: XmlElement): readonly string[] =>
  children(role, "md:NameIDFormat").map(({ text }) => text.trim());

/** The formats of name identifiers, and elements of namespaces that are unknown here. */
export const nameRules: MetadataRules<
  | "metadata.name_id.unknown"
  | "metadata.name_id.not_uri"
  | "metadata.name_id.formats"
  | "metadata.name_id.saml1_formats"
  | "metadata.extension.unknown_namespace"
> = {
  "metadata.name_id.unknown": {
    on: ["md:NameIDFormat"],
    check: ({ element }) => {
      const format = element.text.trim();
      const [, name] = SAML_FORMAT.exec(format) ?? [];
      if (name === undefined || KNOWN_FORMATS.has(format)) return false;
      const meant = BY_LOWER_CASE.get(name.toLowerCase());
      const advice =
        meant === undefined
          ? `Use one of the formats of SAML, such as ${nameIdFormats.emailAddress}`
          : `Use ${meant}`;
      return { values: { format: quoted(format), advice } };
    },
  },
  "metadata.name_id.not_uri": {
    on: ["md:NameIDFormat"],
    check: ({ element }) => {
      const format = element.text.trim();
      // The schema reports what is no URI reference at all.
      if (format === "" || !isUriReference(format)) return false;
      if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(format)) return false;
      const meant = BY_LOWER_CASE.get(format.toLowerCase());
      const advice = /\s/.test(format)
        ? "Use one NameIDFormat element per format"
        : `Write ${meant ?? `a URI, such as ${nameIdFormats.emailAddress}`}`;
      return { values: { format: quoted(format), advice } };
    },
  },
  "metadata.name_id.formats": {
    optIn: true,
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor", "md:AttributeAuthorityDescriptor"],
    check: ({ element }) => {
      const formats = formatsOf(element);
      const isEnough =
        formats.length === 0 ||
        formats.includes(nameIdFormats.transient) ||
        (is(element, "md:SPSSODescriptor") && formats.includes(nameIdFormats.persistent));
      return (
        speaks(element, protocols.saml2) && !isEnough && { values: { role: element.localName } }
      );
    },
  },
  "metadata.name_id.saml1_formats": {
    on: ["md:SPSSODescriptor"],
    check: ({ element }) => {
      const formats = formatsOf(element);
      return (
        formats.length > 0 && speaks(element, protocols.saml11) && !formats.includes(SHIBBOLETH1)
      );
    },
  },
  "metadata.extension.unknown_namespace": {
    on: ["*"],
    check: ({ element, ancestors }) => {
      const { localName, namespace } = element;
      const parent = ancestors.at(-1);
      return (
        namespace !== "" &&
        !KNOWN_NAMESPACES.has(namespace) &&
        (parent === undefined || KNOWN_NAMESPACES.has(parent.namespace)) && {
          values: { element: `<${cut(localName)}>`, namespace: quoted(namespace) },
        }
      );
    },
  },
};
