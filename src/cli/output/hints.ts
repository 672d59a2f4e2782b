import { hintOn } from "../../core/codes/all.ts";
import type { SamlCertError } from "../../core/errors.ts";

const ANY_SIZE = "samlcert metadata inspect, verify and extract read aggregates of any size.";

/** What to do, where the error says it in the words of the library and not of the command line. */
const HINTS: Readonly<Record<string, string>> = {
  "journal.of_another_plan":
    "Go on with samlcert rotate resume, or name a new journal for this plan with --journal.",
  "metadata.untrusted": "Name the certificate of its signer with --trust.",
  "provider.address_refused":
    "Check the URL; add --allow-private-addresses only where the URL is your own choice.",
  "provider.rate_limited": "Wait a minute, then run it again.",
  "provider.timeout": "Check the network, then try again later.",
  "provider.too_large": "Check the base URL.",
  "provider.upload_refused": "Correct the certificate, or accept a finding with --accept CODE.",
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
  const { retryAfter } = error as { readonly retryAfter?: unknown };
  if (error.code === "provider.rate_limited" && typeof retryAfter === "number") {
    return `Wait ${Math.ceil(retryAfter)} s, then run it again.`;
  }
  return HINTS[error.code] ?? hintOn("terminal", error);
}
