import type { Certificate, NameAttribute } from "../types.ts";
import type { CertificateRules } from "./subject.ts";

const ENTITIES: readonly string[] = ["&amp;", "&lt;", "&gt;", "&quot;", "&#"];

function hasEntities({ value }: NameAttribute): boolean {
  return value.includes("&") && ENTITIES.some((entity) => value.includes(entity));
}

function attributesOf({ subject, issuer }: Certificate): readonly NameAttribute[] {
  return [...subject.attributes, ...issuer.attributes];
}

export const nameRules: CertificateRules<`name.${string}`> = {
  "name.empty_subject": {
    check({ certificate }) {
      return certificate.subject.attributes.length === 0;
    },
  },
  "name.country_length": {
    check({ certificate }) {
      return attributesOf(certificate).some(
        ({ type, value }) => type === "C" && value.length !== 2,
      );
    },
  },
  "name.html_entities": {
    check({ certificate }) {
      return attributesOf(certificate).some(hasEntities);
    },
  },
};
