import { hintOn } from "../../core/codes/all.ts";
import type { SamlCertError } from "../../core/errors.ts";

const ANY_SIZE = "samlcert metadata inspect, verify and extract read aggregates of any size.";

/** What to do, where the error says it in the words of the library and not of the command line. */
const HINTS: Readonly<Record<string, string>> = {
  "journal.of_another_plan":
    "Go on with samlcert rotate resume, or name a new journal for this plan with --journal.",
  "metadata.untrusted": "Name the certificate of its signer with --trust.",
  "rotation.plan_unknown": "Give a plan that samlcert rotate plan --json of this version has made.",
  "rotation.replace_in_place_unsupported": "Plan without --replace-in-place.",
  "rotation.rolled_back": "Finish with samlcert rotate rollback, or plan with another --journal.",
  "signature.limit.held": "Name fewer entities.",
  "signature.missing": "Ask the publisher for signed metadata.",
  "signature.reference_empty": "Ask the publisher to sign the document by its ID.",
  "signature.short_key": "Ask the publisher for metadata that is signed with a longer key.",
  "signature.valid_until": "Ask the publisher for a validUntil within the limit.",
  "xml.limit.document": ANY_SIZE,
  "xml.limit.nodes": ANY_SIZE,
};

/** The hint of an error, for a person at a terminal. */
export function hintOf(error: SamlCertError): string {
  const { retryAfterSeconds } = error as { readonly retryAfterSeconds?: unknown };
  if (error.code === "provider.rate_limited" && typeof retryAfterSeconds === "number") {
    return `Wait ${Math.ceil(retryAfterSeconds)} s, then run it again.`;
  }
  return HINTS[error.code] ?? hintOn("terminal", error);
}
