import type { CodeEntry } from "../core/finding.ts";

const HTTP = "RFC 9110, section 15";

/** Every code of a `ProviderError`, with what to do where the provider is not known better. */
export const providerCodes: readonly CodeEntry[] = [
  {
    code: "provider.base_url",
    severity: "fatal",
    summary: "The base URL is not one that credentials may be sent to.",
    hint: "Give an https URL; http is for this machine only.",
  },
  {
    code: "provider.credential",
    severity: "fatal",
    summary: "A credential is missing, or holds a character that no credential holds.",
    hint: "Pass the credential alone, as the provider showed it when it was made.",
  },
  {
    code: "provider.argument",
    severity: "fatal",
    summary: "An argument is one that the provider's documentation rules out.",
    hint: "Correct the argument; nothing was sent.",
  },
  {
    code: "provider.upload_refused",
    severity: "fatal",
    summary: "The certificate has findings that stop an upload.",
    hint: "Correct the certificate, or list the codes that you accept in `acceptFindings`.",
  },
  {
    code: "provider.echo_mismatch",
    severity: "fatal",
    summary: "What the provider says that it stored is not what was sent.",
    hint: "Look at the stored certificate before the identity provider starts to sign with it.",
  },
  {
    code: "provider.aborted",
    severity: "fatal",
    summary: "The caller ended the call.",
    hint: "Look before you repeat a write: it may have had its effect.",
  },
  {
    code: "provider.timeout",
    severity: "fatal",
    summary: "There was no answer in time.",
    hint: "Try again later, or allow more time with `timeoutMs` and `deadlineMs`.",
  },
  {
    code: "provider.network",
    severity: "fatal",
    summary: "The provider could not be reached, or the connection broke.",
    hint: "Check the network, the proxy settings and the base URL, then try again.",
  },
  {
    code: "provider.redirected",
    severity: "fatal",
    summary: "The answer was a redirect, which is not followed with credentials.",
    hint: "Check the base URL: the provider's API does not redirect.",
    source: HTTP,
  },
  {
    code: "provider.address_refused",
    severity: "fatal",
    summary: "A metadata URL, or its redirect, leads to this machine or into a private network.",
    hint: "Check the URL; set `allowPrivateAddresses` only where the URL is your own choice.",
    source: "RFC 6890",
  },
  {
    code: "provider.too_large",
    severity: "fatal",
    summary: "The answer is larger than the limit.",
    hint: "Check the base URL; raise `maxResponseBytes` if the answer is right.",
  },
  {
    code: "provider.unreadable",
    severity: "fatal",
    summary: "The answer is not what the provider's documentation promises.",
    hint: "Check the base URL and any proxy in between; report it if the provider really says so.",
  },
  {
    code: "provider.departure",
    severity: "fatal",
    summary: "In strict mode: the answer departs from the provider's specification.",
    hint: "Leave `strict` off outside tests: real answers depart from the specification.",
  },
  {
    code: "provider.bad_request",
    severity: "fatal",
    summary: "The provider found a fault in the request (400, 422).",
    hint: "Correct the field that the provider names.",
    source: HTTP,
  },
  {
    code: "provider.unauthorized",
    severity: "fatal",
    summary: "The provider does not know the credential (401).",
    hint: "Check that the credential is whole, not revoked, and of this provider and region.",
    source: HTTP,
  },
  {
    code: "provider.forbidden",
    severity: "fatal",
    summary: "The credential may not do this (403).",
    hint: "Give the credential the permission that the operation needs.",
    source: HTTP,
  },
  {
    code: "provider.not_found",
    severity: "fatal",
    summary: "The provider has nothing under this identifier (404, 410).",
    hint: "Check the identifier; it may have been deleted, or belong to another account.",
    source: HTTP,
  },
  {
    code: "provider.conflict",
    severity: "fatal",
    summary:
      "What the request wants to make is there already, or was changed meanwhile (409, 412).",
    hint: "Look at what is there, then update it.",
    source: HTTP,
  },
  {
    code: "provider.rate_limited",
    severity: "fatal",
    summary: "Too many requests (429), or the limit that the provider announced is used up.",
    hint: "Wait for the seconds in `retryAfter`, or allow more time with `deadlineMs`.",
    source: "RFC 6585, section 4",
  },
  {
    code: "provider.rejected",
    severity: "fatal",
    summary: "The provider refused the request with another 4xx status.",
    hint: "Read the provider's own message, and give its support the request id if it says nothing useful.",
    source: HTTP,
  },
  {
    code: "provider.server_error",
    severity: "fatal",
    summary: "The provider failed (5xx).",
    hint: "Try again later; look before you repeat a write, it may have had its effect.",
    source: HTTP,
  },
];

const HINTS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ providerCodes.map(({ code, hint }) => [code, hint]),
);

/** What to do about a code in general. */
export function hintOf(code: string): string {
  return HINTS.get(code) ?? "";
}
