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
