import type { CodeTable } from "../code.ts";
import { metadataAttributesCodes } from "./attributes.ts";
import { metadataEndpointsCodes } from "./endpoints.ts";
import { metadataKeysCodes } from "./keys.ts";
import { metadataPeopleCodes } from "./people.ts";
import { metadataStructureCodes } from "./structure.ts";

/** A code of a rule of metadata. */
export type MetadataRuleCode =
  | keyof typeof metadataStructureCodes
  | keyof typeof metadataKeysCodes
  | keyof typeof metadataEndpointsCodes
  | keyof typeof metadataPeopleCodes
  | keyof typeof metadataAttributesCodes;

/** The codes of all rules of metadata. */
export const metadataRuleCodes: CodeTable<MetadataRuleCode> = {
  ...metadataStructureCodes,
  ...metadataKeysCodes,
  ...metadataEndpointsCodes,
  ...metadataPeopleCodes,
  ...metadataAttributesCodes,
};
