import { derCodes } from "../core/codes/certificate-der.ts";
import { encodingCodes } from "../core/codes/certificate-encoding.ts";
import { inputCodes } from "../core/codes/certificate-input.ts";
import { certificateKeyCodes } from "../core/codes/certificate-keys.ts";
import { kindCodes } from "../core/codes/certificate-kinds.ts";
import { pemCodes } from "../core/codes/certificate-pem.ts";
import { remarkCodes, repairCodes } from "../core/codes/certificate-repairs.ts";
import { certificateRuleCodes } from "../core/codes/certificate-rules.ts";
import type { CodeTable } from "../core/codes/code.ts";
import type { ReadingCode } from "./issue.ts";

/** The codes of reading, with their words. */
export const readingCodes: CodeTable<ReadingCode> = /* @__PURE__ */ Object.assign(
  {},
  inputCodes,
  kindCodes,
  pemCodes,
  repairCodes,
  remarkCodes,
  derCodes,
  encodingCodes,
);

/** Every code of the certificate layer, with its words. */
export const certificateCodes: CodeTable = /* @__PURE__ */ Object.assign(
  {},
  readingCodes,
  certificateRuleCodes,
  certificateKeyCodes,
);
