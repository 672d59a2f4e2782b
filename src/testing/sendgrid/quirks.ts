import type { QuirkChoice } from "../check-quirks.ts";
import type { SendGridQuirks } from "./types.ts";

/** As the specification has it. */
export const FAITHFUL: SendGridQuirks = {
  certificateId: "number",
  integrationIdField: "intergration_id",
  times: "number",
  absent: "omitted",
  sparseEcho: false,
  certificateDelete: 200,
  errors: "array",
  pem: "verbatim",
  rateLimit: undefined,
  rateLimitReset: "present",
  partialUpdates: false,
  enabledByDefault: true,
  maxCertificates: undefined,
  staleLists: 0,
  unacceptableScopes: [],
  forbidden: false,
};

export const CHOICES: Readonly<Record<keyof SendGridQuirks, QuirkChoice>> = {
  certificateId: ["number", "text"],
  integrationIdField: ["intergration_id", "integration_id", "both"],
  times: ["number", "text"],
  absent: ["omitted", "null"],
  sparseEcho: "boolean",
  certificateDelete: [200, 202, 204],
  errors: ["array", "errors", "error", "html", "empty"],
  pem: ["verbatim", "normalized", "one_line", "base64"],
  rateLimit: "object",
  rateLimitReset: ["present", "absent", "past"],
  partialUpdates: "boolean",
  enabledByDefault: "boolean",
  maxCertificates: "number",
  staleLists: "number",
  unacceptableScopes: "texts",
  forbidden: "boolean",
};
