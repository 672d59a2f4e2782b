import type { MetadataRuleCode } from "../../core/codes/metadata/rules.ts";
import { algorithmRules } from "./algorithms.ts";
import { attributeRules } from "./attributes.ts";
import { bindingRules, holderOfKeyRules } from "./bindings.ts";
import { categoryRules } from "./categories.ts";
import { certificateRules } from "./certificates.ts";
import { documentRules } from "./document.ts";
import { endpointRules } from "./endpoints.ts";
import { entityRules } from "./entity.ts";
import { keyRules } from "./keys.ts";
import { nameRules } from "./names.ts";
import { peopleRules } from "./people.ts";
import { registrationRules } from "./registration.ts";
import type { MetadataRules } from "./rule.ts";
import { schemaRules } from "./schema.ts";
import { scopeRules } from "./scopes.ts";
import { signatureRules } from "./signatures.ts";
import { discoveryRules, uiRules } from "./ui.ts";
import { ukfRules } from "./ukf.ts";

/** Every rule that metadata is checked by, by code. */
export const metadataRules: MetadataRules<MetadataRuleCode> = {
  ...schemaRules,
  ...documentRules,
  ...entityRules,
  ...signatureRules,
  ...keyRules,
  ...certificateRules,
  ...algorithmRules,
  ...endpointRules,
  ...bindingRules,
  ...holderOfKeyRules,
  ...peopleRules,
  ...nameRules,
  ...attributeRules,
  ...categoryRules,
  ...registrationRules,
  ...uiRules,
  ...discoveryRules,
  ...scopeRules,
  ...ukfRules,
};
