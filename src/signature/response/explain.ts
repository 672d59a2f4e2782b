import { proveWithNode } from "./node-proof.ts";
import type { ExplainOptions } from "./options.ts";
import { explanationOf } from "./pipeline.ts";
import type { ResponseReport } from "./types.ts";

/**
 * Explains a SAML Response: who issued it, which elements are signed, which of the given certificates
 * made each signature, and what a service provider would refuse. Takes the form field `SAMLResponse`,
 * base64, a redirect's URL, XML, the identity provider's HTML page, a HAR or a SAML-tracer export.
 *
 * The report is an explanation, not a login: it believes nothing of the message, and names no user and no
 * attributes unless `show` asks for them. Never throws because of the input. Throws a `CertificateError`
 * or a `MetadataError` for `certificates` or `metadata` that cannot be read.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { explainResponse } from "samlcert/signature";
 *
 * const { summary, signatures, findings } = explainResponse(readFileSync("response.txt", "utf8"), {
 *   certificates: [readFileSync("current.pem", "utf8"), readFileSync("next.pem", "utf8")],
 * });
 * console.log(summary);
 * for (const { of, signedBy } of signatures) console.log(of, signedBy?.fingerprint);
 * for (const { code, message } of findings) console.log(code, message);
 * ```
 */
export function explainResponse(
  input: string | Uint8Array,
  options: ExplainOptions = {},
): ResponseReport {
  return explainResponseAt(input, options, Date.now() / 1000);
}

/** As {@link explainResponse}, for a caller with a clock of its own (unix seconds). */
export function explainResponseAt(
  input: string | Uint8Array,
  options: ExplainOptions,
  clock: number,
): ResponseReport {
  const { questions, report } = explanationOf(input, options, Math.floor(clock));
  return report(
    questions.map(
      ({ question, certificates }) => question && proveWithNode(question, certificates),
    ),
  );
}
