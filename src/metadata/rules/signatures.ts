import { cut, quoted } from "../../core/quote.ts";
import { namespaces } from "../../core/uris.ts";
import { along, attribute, children, descendants, is } from "./find.ts";
import { spkis } from "./keys.ts";
import { type MetadataRules, ROLES, type Visit } from "./rule.ts";

const BROKEN = /(?:#|-)(?:md5|ripemd160)$/;
const TRANSFORMS: ReadonlySet<string> = new Set([
  `${namespaces.ds}enveloped-signature`,
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  "http://www.w3.org/2006/12/xml-c14n11",
]);

/** The algorithms that a signature names. */
function algorithms({ element }: Visit): readonly string[] {
  return (["ds:SignatureMethod", "ds:DigestMethod"] as const)
    .flatMap((name) => descendants(element, name))
    .map((one) => attribute(one, "Algorithm") ?? "");
}

/** The elements that have an ID and room for a signature. */
const SIGNED = [
  "md:EntitiesDescriptor",
  "md:EntityDescriptor",
  "md:AffiliationDescriptor",
  "md:RoleDescriptor",
  ...ROLES,
] as const;

/** The form of a signature; `verifyMetadata` verifies it. */
export const signatureRules: MetadataRules<
  | "metadata.signature.misplaced"
  | "metadata.signature.reference"
  | "metadata.signature.transforms"
  | "metadata.signature.broken_algorithm"
  | "metadata.signature.sha1"
  | "metadata.signature.own_key"
> = {
  "metadata.signature.misplaced": {
    on: ["ds:Signature"],
    ofDocument: true,
    check: ({ ancestors }) =>
      !is(ancestors.at(-1), ...SIGNED) && {
        values: { parent: `<${cut(ancestors.at(-1)?.localName ?? "")}>` },
      },
  },
  "metadata.signature.reference": {
    on: ["ds:Signature"],
    ofDocument: true,
    check: ({ element, ancestors }) => {
      const [reference, ...others] = along(element, "ds:SignedInfo", "ds:Reference");
      if (reference === undefined) return { values: { found: "no element" } };
      if (others.length > 0) return { values: { found: `${others.length + 1} elements` } };
      const uri = attribute(reference, "URI");
      const parent = ancestors.at(-1);
      const id = parent === undefined ? undefined : attribute(parent, "ID");
      const isParent = uri === `#${id}` || (uri === "" && ancestors.length === 1);
      return !isParent && { values: { found: quoted(uri ?? "") } };
    },
  },
  "metadata.signature.transforms": {
    on: ["ds:Signature"],
    ofDocument: true,
    check: ({ element }) =>
      descendants(element, "ds:Transform")
        .filter((one) => !TRANSFORMS.has(attribute(one, "Algorithm") ?? ""))
        .map((one) => ({
          element: one,
          values: { algorithm: quoted(attribute(one, "Algorithm") ?? "") },
        })),
  },
  "metadata.signature.broken_algorithm": {
    on: ["ds:Signature"],
    ofDocument: true,
    check: (visit) =>
      algorithms(visit)
        .filter((one) => BROKEN.test(one))
        .map((algorithm) => ({ values: { algorithm } })),
  },
  "metadata.signature.sha1": {
    on: ["ds:Signature"],
    check: (visit) => algorithms(visit).some((one) => /sha1$/.test(one)),
  },
  "metadata.signature.own_key": {
    optIn: true,
    on: ["md:EntitiesDescriptor", "md:EntityDescriptor"],
    check: (visit) => {
      const { element, ancestors } = visit;
      const signer = spkis(ancestors.length === 0 ? children(element, "ds:Signature") : [], visit);
      if (signer.size === 0) return false;
      const published = spkis(descendants(element, "md:KeyDescriptor"), visit);
      return [...signer].some((key) => published.has(key));
    },
  },
};
