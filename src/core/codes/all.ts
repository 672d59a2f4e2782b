import { derCodes } from "./certificate-der.ts";
import { inputCodes } from "./certificate-input.ts";
import { pemCodes } from "./certificate-pem.ts";
import { repairCodes } from "./certificate-repairs.ts";
import { certificateRuleCodes } from "./certificate-rules.ts";
import { cliCodes } from "./cli.ts";
import type { CodeTable } from "./code.ts";
import { metadataCodes } from "./metadata.ts";
import { metadataAttributesCodes } from "./metadata-attributes.ts";
import { metadataEndpointsCodes } from "./metadata-endpoints.ts";
import { metadataKeysCodes } from "./metadata-keys.ts";
import { metadataPeopleCodes } from "./metadata-people.ts";
import { metadataStructureCodes } from "./metadata-structure.ts";
import { providerCodes } from "./providers.ts";
import { rotationCodes } from "./rotation.ts";
import { signatureCodes } from "./signature.ts";
import { xmlCodes } from "./xml.ts";

/** Every table, by the title that the reference gives it. Only the reference and `explain` need all. */
export const codeTables: Readonly<Record<string, readonly CodeTable[]>> = {
  Certificates: [inputCodes, pemCodes, repairCodes, derCodes, certificateRuleCodes],
  XML: [xmlCodes],
  Metadata: [
    metadataCodes,
    metadataStructureCodes,
    metadataKeysCodes,
    metadataEndpointsCodes,
    metadataPeopleCodes,
    metadataAttributesCodes,
  ],
  Signatures: [signatureCodes],
  Providers: [providerCodes],
  Rotation: [rotationCodes],
  "Command line": [cliCodes],
};
