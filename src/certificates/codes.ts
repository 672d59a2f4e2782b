import { derCodes } from "../core/codes/certificates/der.ts";
import { encodingCodes } from "../core/codes/certificates/encoding.ts";
import { inputCodes } from "../core/codes/certificates/input.ts";
import { certificateKeyCodes } from "../core/codes/certificates/keys.ts";
import { kindCodes } from "../core/codes/certificates/kinds.ts";
import { pemCodes } from "../core/codes/certificates/pem.ts";
import { remarkCodes, repairCodes } from "../core/codes/certificates/repairs.ts";
import { certificateRuleCodes } from "../core/codes/certificates/rules.ts";
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
