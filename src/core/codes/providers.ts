/** Calls to providers, and reading metadata at a URL or in a file. */
export const providerCodes = {
  "provider.base_url": [
    "fatal",
    "The base URL {problem}.",
    {
      library:
        "Set `baseUrl` to an https URL such as https://api.example.com; http is for this machine only.",
      terminal:
        "Give --base-url an https URL such as https://api.example.com; http is for this machine only.",
    },
    "",
  ],
  "provider.credential": [
    "fatal",
    "The {credential} {problem}.",
    "Pass the {credential} exactly as the provider showed it when it was created.",
    "",
  ],
  "provider.argument": [
    "fatal",
    "{argument} {problem}.",
    "Correct {argument}; nothing was sent.",
    "",
  ],
  "provider.upload_refused": [
    "fatal",
    "The certificate was not sent ({finding}): {reason}",
    {
      library: "Correct the certificate, or list the codes that you accept in `acceptFindings`.",
      terminal: "Correct the certificate, or accept a finding with --accept CODE.",
    },
    "",
  ],
  "provider.echo_mismatch": [
    "fatal",
    "{provider} stored the certificate {id} differently from what was sent: {difference}.",
    "Check the stored certificate before the identity provider starts to sign with it.",
    "",
  ],
  "provider.aborted": [
    "fatal",
    "The caller ended the call while {activity}.",
    "Before you repeat a write, check its effect: the provider may have applied it.",
    "",
  ],
  "provider.timeout": [
    "fatal",
    "{host} did not answer in time while {activity}.",
    {
      library: "Try again later, or raise `timeoutMs` and `totalTimeoutMs`.",
      terminal: "Check the network, then try again later.",
    },
    "",
  ],
  "provider.unreachable": [
    "fatal",
    "{host} cannot be reached while {activity}: {reason}.",
    "Check the host name, the port, the network and the proxy settings, then try again.",
    "",
  ],
  "provider.tls": [
    "fatal",
    "The TLS certificate of {host} is not trusted by this machine ({reason}).",
    "Check the URL and any proxy; set NODE_EXTRA_CA_CERTS for a private certification authority.",
    "RFC 9110 4.3.4",
  ],
  "provider.network": [
    "fatal",
    "The connection to {host} broke while {activity} ({reason}).",
    "Try again later. Before you repeat a write, check its effect.",
    "",
  ],
  "provider.redirected": [
    "fatal",
    "{host} answered with a redirect ({status}), which is not followed with credentials.",
    "Check the base URL: the provider's API does not redirect.",
    "RFC 9110 15",
  ],
  "provider.too_large": [
    "fatal",
    "The answer of {host} is larger than {limit} bytes.",
    {
      library: "Check the URL; raise `maxBytes` if the answer is right.",
      terminal: "Check the URL.",
    },
    "",
  ],
  "provider.unreadable": [
    "fatal",
    "{provider} was asked to {task} and answered {answer}.",
    "Check the base URL and any proxy in between; report it if the provider's own answer is so.",
    "",
  ],
  "provider.decoder": [
    "fatal",
    "The caller's decoder refused the answer to {operation}: {reason}.",
    "Correct `decode`, or leave it out to get the JSON as it is.",
    "",
  ],
  "provider.incomplete": [
    "fatal",
    "{provider} does not return {field}, which an update must send.",
    "Add {field} to the changes: it is never guessed.",
    "",
  ],
  "provider.not_deleted": [
    "fatal",
    "{provider} reported success but did not delete {resource}.",
    "Try again later; if it stays so, ask the provider's support.",
    "",
  ],
  "provider.nonconforming": [
    "fatal",
    "In strict mode: {place} {problem} ({operation}).",
    "Leave `strict` off outside tests: real answers deviate from the specification.",
    "",
  ],
  "provider.wrong_endpoint": [
    "fatal",
    "{host} answered {status} in another form than {provider}'s API ({reason}), when asked to {task}.",
    "Check the base URL and any proxy in between: the answer proves nothing about what is stored.",
    "RFC 9110 15",
  ],
  "provider.bad_request": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Correct the field that the provider names.",
    "RFC 9110 15",
  ],
  "provider.unauthorized": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Check that the credential is complete, not revoked, and of this provider and region.",
    "RFC 9110 15",
  ],
  "provider.forbidden": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Give the credential the permission that the operation needs.",
    "RFC 9110 15",
  ],
  "provider.not_found": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Check the identifier: it may be deleted, or belong to another account.",
    "RFC 9110 15",
  ],
  "provider.conflict": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Read the current state, then update it.",
    "RFC 9110 15",
  ],
  "provider.rate_limited": [
    "fatal",
    "{provider} limits the request rate and did not {task} ({reason}).",
    {
      library: "Wait for `retryAfterSeconds`, or raise `totalTimeoutMs`.",
      terminal: "Wait a minute, then run it again.",
    },
    "RFC 6585 4",
  ],
  "provider.rejected": [
    "fatal",
    "{provider} refused to {task} ({status}): {reason}.",
    "Read the provider's message; if it does not help, give the request id to the provider's support.",
    "RFC 9110 15",
  ],
  "provider.server_error": [
    "fatal",
    "{provider} failed to {task} ({status}): {reason}.",
    "Try again later. Before you repeat a write, check its effect.",
    "RFC 9110 15",
  ],
  "provider.metadata_url": [
    "fatal",
    "The metadata URL {problem}.",
    "Use the https URL at which the identity provider publishes its metadata.",
    "",
  ],
  "provider.address_refused": [
    "fatal",
    "The metadata URL leads to {host}, which has an address of this machine or of a private network.",
    {
      library: "Check the URL; set `allowPrivateAddresses` only if you chose the URL yourself.",
      terminal: "Check the URL; add --allow-private-addresses only if you chose the URL yourself.",
    },
    "RFC 6890",
  ],
  "provider.metadata_redirect": [
    "fatal",
    "{host} redirects {problem}.",
    "Ask the identity provider's administrator for the current metadata URL.",
    "RFC 9110 15",
  ],
  "provider.metadata_status": [
    "fatal",
    "{host} answered {status} instead of metadata.",
    "Ask the identity provider's administrator for the current metadata URL.",
    "RFC 9110 15",
  ],
  "provider.metadata_file": [
    "fatal",
    "The metadata file {problem}.",
    "Check the path, the permissions and the size of the file.",
    "",
  ],
  "provider.metadata_folder": [
    "fatal",
    "The metadata folder {problem}.",
    "Check the path and the permissions, and keep one .xml file per entity.",
    "",
  ],
} as const;
