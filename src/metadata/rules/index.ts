import { algorithmRules } from "./algorithms.ts";
import { attributeRules } from "./attributes.ts";
import { bindingRules } from "./bindings.ts";
import { categoryRules } from "./categories.ts";
import { certificateRules } from "./certificates.ts";
import { discoveryRules } from "./discovery.ts";
import { documentRules } from "./document.ts";
import { endpointRules } from "./endpoints.ts";
import { entityRules } from "./entity.ts";
import { holderOfKeyRules } from "./holder-of-key.ts";
import { keyRules } from "./keys.ts";
import { nameRules } from "./names.ts";
import { peopleRules } from "./people.ts";
import { registrationRules } from "./registration.ts";
import type { Rule } from "./rule.ts";
import { schemaRules } from "./schema.ts";
import { scopeRules } from "./scopes.ts";
import { signatureRules } from "./signatures.ts";
import { uiRules } from "./ui.ts";
import { ukfRules } from "./ukf.ts";

/** Every rule that metadata is checked by. */
export const metadataRules: readonly Rule[] = [
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
];
