import type { CodeEntry } from "../core/finding.ts";
import { derCodes } from "./der/codes.ts";
import { inputCodes } from "./input-codes.ts";
import { pemCodes } from "./pem/codes.ts";
import { x509Codes } from "./x509/codes.ts";

/** Every code that the certificate layer gives, in the order of the reading. */
export const certificateCodes: readonly CodeEntry[] = [
  ...inputCodes,
  ...pemCodes,
  ...derCodes,
  ...x509Codes,
];
