import { derCodes } from "./certificates/der.ts";
import { encodingCodes } from "./certificates/encoding.ts";
import { inputCodes } from "./certificates/input.ts";
import { certificateKeyCodes } from "./certificates/keys.ts";
import { kindCodes } from "./certificates/kinds.ts";
import { pemCodes } from "./certificates/pem.ts";
import { remarkCodes, repairCodes } from "./certificates/repairs.ts";
import { certificateRuleCodes } from "./certificates/rules.ts";
import { cliCodes } from "./cli.ts";
import { type CodeRow, type CodeTable, type Surface, surfaceHint } from "./code.ts";
import { postgresCodes } from "./fleet/postgres.ts";
import { keysCodes } from "./keys.ts";
import { metadataAttributesCodes } from "./metadata/attributes.ts";
import { metadataCodes } from "./metadata/document.ts";
import { metadataEndpointsCodes } from "./metadata/endpoints.ts";
import { metadataKeysCodes } from "./metadata/keys.ts";
import { metadataPeopleCodes } from "./metadata/people.ts";
import { metadataStructureCodes } from "./metadata/structure.ts";
import { metadataUseCodes } from "./metadata/use.ts";
import { metadataWriteCodes } from "./metadata/write.ts";
import { providerCodes } from "./providers.ts";
import { responseCodes } from "./response/message.ts";
import { responseSignatureCodes } from "./response/signatures.ts";
import { rotationCodes } from "./rotation.ts";
import { signatureCodes } from "./signature.ts";
import { signingCodes } from "./signing.ts";
import { trustedKeysCodes } from "./trusted-keys.ts";
import { watchCodes } from "./watch.ts";
import { xmlCodes } from "./xml.ts";

/** Every table, by the title that the reference gives it. Only the reference and `explain` need all. */
export const codeTables: Readonly<Record<string, readonly CodeTable[]>> = {
  Certificates: [
    inputCodes,
    kindCodes,
    pemCodes,
    repairCodes,
    remarkCodes,
    derCodes,
    encodingCodes,
    certificateRuleCodes,
    certificateKeyCodes,
  ],
  XML: [xmlCodes],
  Metadata: [
    metadataCodes,
    metadataUseCodes,
    metadataWriteCodes,
    metadataStructureCodes,
    metadataKeysCodes,
    metadataEndpointsCodes,
    metadataPeopleCodes,
    metadataAttributesCodes,
  ],
  Signatures: [signatureCodes, signingCodes],
  Keys: [keysCodes],
  Responses: [responseCodes, responseSignatureCodes],
  Providers: [providerCodes],
  "Trusted keys": [trustedKeysCodes],
  Rotation: [rotationCodes],
  Watch: [watchCodes],
  Fleet: [postgresCodes],
  "Command line": [cliCodes],
};

const rows: ReadonlyMap<string, CodeRow> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.values(codeTables).flatMap((tables) => tables.flatMap(Object.entries)),
);

/** The row of a code, if there is such a code. */
export function rowOf(code: string): CodeRow | undefined {
  return rows.get(code);
}

/** The hint of a finding or an error for a surface: its own where the advice is the same everywhere. */
export function hintOn(surface: Surface, { code, hint }: { code: string; hint: string }): string {
  return surfaceHint(rows.get(code), surface, hint);
}
