import type { derCodes } from "./certificates/der.ts";
import type { encodingCodes } from "./certificates/encoding.ts";
import type { inputCodes } from "./certificates/input.ts";
import type { certificateKeyCodes } from "./certificates/keys.ts";
import type { kindCodes } from "./certificates/kinds.ts";
import type { pemCodes } from "./certificates/pem.ts";
import type { remarkCodes, repairCodes } from "./certificates/repairs.ts";
import type { certificateRuleCodes } from "./certificates/rules.ts";
import type { cliCodes } from "./cli.ts";
import type { postgresCodes } from "./fleet/postgres.ts";
import type { keysCodes } from "./keys.ts";
import type { metadataAttributesCodes } from "./metadata/attributes.ts";
import type { metadataCodes } from "./metadata/document.ts";
import type { metadataEndpointsCodes } from "./metadata/endpoints.ts";
import type { metadataKeysCodes } from "./metadata/keys.ts";
import type { metadataPeopleCodes } from "./metadata/people.ts";
import type { metadataStructureCodes } from "./metadata/structure.ts";
import type { metadataUseCodes } from "./metadata/use.ts";
import type { metadataWriteCodes } from "./metadata/write.ts";
import type { providerCodes } from "./providers.ts";
import type { responseCodes } from "./response/message.ts";
import type { responseSignatureCodes } from "./response/signatures.ts";
import type { rotationCodes } from "./rotation.ts";
import type { signatureCodes } from "./signature.ts";
import type { signingCodes } from "./signing.ts";
import type { trustedKeysCodes } from "./trusted-keys.ts";
import type { watchCodes } from "./watch.ts";
import type { xmlCodes } from "./xml.ts";

/** Every code of an error or a finding. Codes are API; `docs/errors.md` explains each. */
export type SamlCertCode =
  | keyof typeof inputCodes
  | keyof typeof kindCodes
  | keyof typeof pemCodes
  | keyof typeof repairCodes
  | keyof typeof remarkCodes
  | keyof typeof derCodes
  | keyof typeof encodingCodes
  | keyof typeof certificateRuleCodes
  | keyof typeof certificateKeyCodes
  | keyof typeof metadataCodes
  | keyof typeof metadataUseCodes
  | keyof typeof metadataWriteCodes
  | keyof typeof xmlCodes
  | keyof typeof metadataStructureCodes
  | keyof typeof metadataKeysCodes
  | keyof typeof metadataEndpointsCodes
  | keyof typeof metadataPeopleCodes
  | keyof typeof metadataAttributesCodes
  | keyof typeof signatureCodes
  | keyof typeof signingCodes
  | keyof typeof keysCodes
  | keyof typeof responseCodes
  | keyof typeof responseSignatureCodes
  | keyof typeof providerCodes
  | keyof typeof trustedKeysCodes
  | keyof typeof rotationCodes
  | keyof typeof watchCodes
  | keyof typeof postgresCodes
  | keyof typeof cliCodes;
