import { spkis } from "./keys.ts";
import {
  attribute,
  children,
  descendants,
  is,
  quoted,
  ROLES,
  type Rule,
  type Visit,
} from "./rule.ts";

const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const WEAK = /(?:#|-)(?:md5|ripemd160)$/;
const TRANSFORMS = new Set([
  `${DSIG}enveloped-signature`,
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  "http://www.w3.org/2006/12/xml-c14n11",
]);
const GENERAL = "SAML V2.0 Metadata, 3.1; SAML V2.0 Core, 5.4";

/** The algorithms that a signature names. */
function algorithms({ element }: Visit): readonly string[] {
  return (["ds:SignatureMethod", "ds:DigestMethod"] as const)
    .flatMap((name) => descendants(element, name))
    .map((one) => attribute(one, "Algorithm") ?? "");
}

/** What has an ID and room for a signature. */
const SIGNED = [
  "md:EntitiesDescriptor",
  "md:EntityDescriptor",
  "md:AffiliationDescriptor",
  "md:RoleDescriptor",
  ...ROLES,
] as const;

/** The form of a signature; whether it is right is for `verifyMetadata`. */
export const signatureRules: readonly Rule[] = [
  {
    code: "metadata.signature.misplaced",
    severity: "error",
    ofDocument: true,
    summary: "A signature is not a child of what it signs.",
    hint: "Sign an entity, a group or a role, and put the signature first in it.",
    source: GENERAL,
    on: ["ds:Signature"],
    check: ({ ancestors }) => {
      return is(ancestors.at(-1), ...SIGNED)
        ? undefined
        : "A signature stands where nothing can be signed.";
    },
  },
  {
    code: "metadata.signature.reference",
    severity: "error",
    ofDocument: true,
    summary: "A signature does not have exactly one reference to the element around it.",
    hint: "Sign the element itself, by its ID.",
    source: `${GENERAL}.2`,
    on: ["ds:Signature"],
    check: ({ element, ancestors }) => {
      const references = children(element, "ds:SignedInfo").flatMap((one) =>
        children(one, "ds:Reference"),
      );
      if (references.length !== 1) return `There are ${references.length} references.`;
      const uri = attribute(references[0] as Visit["element"], "URI");
      const parent = ancestors.at(-1);
      const id = parent === undefined ? undefined : attribute(parent, "ID");
      return uri === `#${id}` || (uri === "" && ancestors.length === 1)
        ? undefined
        : `The reference is to ${quoted(uri ?? "")}.`;
    },
  },
  {
    code: "metadata.signature.transforms",
    severity: "error",
    ofDocument: true,
    summary: "A signature has a transform that SAML does not allow.",
    hint: "Use the enveloped signature transform and exclusive canonicalisation alone.",
    source: `${GENERAL}.4`,
    on: ["ds:Signature"],
    check: ({ element }) => {
      const found = descendants(element, "ds:Transform").map(
        (one) => attribute(one, "Algorithm") ?? "",
      );
      return found
        .filter((one) => !TRANSFORMS.has(one))
        .map((one) => `There is the transform ${quoted(one)}.`);
    },
  },
  {
    code: "metadata.signature.broken_algorithm",
    severity: "error",
    ofDocument: true,
    summary: "A signature uses an algorithm that is broken.",
    hint: "Sign again with RSA-SHA256 or better.",
    source: "RFC 6151; RFC 9231",
    on: ["ds:Signature"],
    check: (visit) =>
      algorithms(visit)
        .filter((one) => WEAK.test(one))
        .map((one) => `The signature uses ${one}.`),
  },
  {
    code: "metadata.signature.sha1",
    severity: "warning",
    summary: "A signature uses SHA-1.",
    hint: "Sign again with RSA-SHA256 or better.",
    source: "NIST SP 800-131A; Kantara IIP-ALG01",
    severityIn: { edugain: "error" },
    on: ["ds:Signature"],
    check: (visit) =>
      algorithms(visit).some((one) => /sha1$/.test(one)) ? "The signature uses SHA-1." : undefined,
  },
  {
    code: "metadata.signature.own_key",
    severity: "warning",
    summary: "Metadata is signed with a key that it publishes itself.",
    hint: "Sign metadata with a key of its own, which is replaced for other reasons and kept elsewhere.",
    source: "saml2int SDP-MD02",
    only: ["saml2int", "edugain"],
    on: ["md:EntitiesDescriptor", "md:EntityDescriptor"],
    check: (visit) => {
      const { element, ancestors } = visit;
      const signer = spkis(ancestors.length === 0 ? children(element, "ds:Signature") : [], visit);
      if (signer.size === 0) return undefined;
      const published = spkis(descendants(element, "md:KeyDescriptor"), visit);
      return [...signer].some((key) => published.has(key))
        ? "The key that signs the metadata is one that it publishes."
        : undefined;
    },
  },
];
