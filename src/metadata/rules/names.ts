import { namespaces } from "../../core/uris.ts";
import { children, is, quoted, type Rule, SAML2, SAML11, speaks } from "./rule.ts";

const TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const SHIBBOLETH = "urn:mace:shibboleth:1.0:nameIdentifier";

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(namespaces),
  "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser",
  "http://www.w3.org/2009/xmldsig11#",
  "http://www.w3.org/2009/xmlenc11#",
  "urn:oasis:names:tc:SAML:metadata:ext:query",
  "http://ukfederation.org.uk/2006/11/label",
]);

/** Name identifier formats, and what is in namespaces that nobody here knows. */
export const nameRules: readonly Rule[] = [
  {
    code: "metadata.name_id.formats",
    severity: "warning",
    summary: "The name identifier formats leave out those of SAML 2.0 that federations rely on.",
    hint: "Name transient or persistent as well, or no format at all.",
    source: "saml2int 0.2, 6; UK federation check_saml2int",
    only: ["saml2int", "ukf", "edugain"],
    severityIn: { ukf: "error" },
    on: ["md:IDPSSODescriptor", "md:SPSSODescriptor", "md:AttributeAuthorityDescriptor"],
    check: ({ element }) => {
      const formats = children(element, "md:NameIDFormat").map(({ text }) => text.trim());
      if (formats.length === 0 || !speaks(element, SAML2) || formats.includes(TRANSIENT))
        return undefined;
      return is(element, "md:SPSSODescriptor") && formats.includes(PERSISTENT)
        ? undefined
        : `${element.localName} names formats, but not ${TRANSIENT}.`;
    },
  },
  {
    code: "metadata.name_id.saml1_formats",
    severity: "warning",
    summary:
      "The name identifier formats of a SAML 1.1 service leave out Shibboleth's transient one.",
    hint: `Name ${SHIBBOLETH} as well, or no format at all.`,
    source: "UK federation check_shibboleth",
    severityIn: { ukf: "error" },
    on: ["md:SPSSODescriptor"],
    check: ({ element }) => {
      const formats = children(element, "md:NameIDFormat").map(({ text }) => text.trim());
      return formats.length > 0 && speaks(element, SAML11) && !formats.includes(SHIBBOLETH)
        ? `SPSSODescriptor names formats, but not ${SHIBBOLETH}.`
        : undefined;
    },
  },
  {
    code: "metadata.extension.unknown_namespace",
    severity: "notice",
    summary: "An element is of a namespace that is not known here; it was not checked.",
    hint: "Nothing to do if it is meant; check the namespace for a typing mistake otherwise.",
    source: "SAML V2.0 Metadata, 2.2.1; UK federation check_namespaces",
    severityIn: { ukf: "error" },
    on: ["*"],
    check: ({ element, ancestors }) => {
      const parent = ancestors.at(-1);
      return !KNOWN.has(element.namespace) && (parent === undefined || KNOWN.has(parent.namespace))
        ? `<${element.localName}> is of the namespace ${quoted(element.namespace)}.`
        : undefined;
    },
  },
];
