/**
 * The certificate layer in any runtime: Node, Bun, Deno or a browser's module worker. Takes the path or
 * URL of the built entry (`dist/certificates/index.js`) and ends with 1 if a vector differs.
 */
const [entry] = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
const href = entry.includes("://")
  ? entry
  : new URL(entry, `file://${globalThis.process.cwd()}/`).href;
const samlcert = await import(href);

const PEM = `-----BEGIN CERTIFICATE-----
MIIB1DCCAXmgAwIBAgIUEsxPT+Y7undcVX9HM4sCdEn6+PkwCgYIKoZIzj0EAwIw
PzELMAkGA1UEBhMCVVMxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGDAWBgNVBAMM
D2lkcC5leGFtcGxlLmNvbTAeFw0yNjExMjIwMjU0MjJaFw0zNjExMTkwMjU0MjJa
MD8xCzAJBgNVBAYTAlVTMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRgwFgYDVQQD
DA9pZHAuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARTiAKR
P32M3PycLAgH+idrjCjk3UGU9XGn49QZ1WDJyfOcxWnR4RYly/R0469UXVoa2zMf
ZIqfVmxxWL4KJ0Ico1MwUTAdBgNVHQ4EFgQUhqjKDJXcQ/Hp1HvcypX1jTegVc4w
HwYDVR0jBBgwFoAUhqjKDJXcQ/Hp1HvcypX1jTegVc4wDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEA1C5zPfxDKye0FTxVherJRcOw5J0RNtPwWpFf
eNoIlcMCIQCG4rbeAbInZ7OZg/cZV3wMYWFLAemN6f0rF+j+LWvOsw==
-----END CERTIFICATE-----
`;
const failures = [];

function same(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    failures.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

function codeOf(run) {
  try {
    run();
    return "nothing was thrown";
  } catch (error) {
    return samlcert.isSamlCertError?.(error) === false ? String(error) : error.code;
  }
}

const certificate = samlcert.parseCertificate(PEM);
const now = certificate.notBefore.unixSeconds + 1;
same("subject", certificate.subject.text, "CN=idp.example.com,O=Example\\, Inc.,C=US");
same(
  "dates",
  [certificate.notBefore.iso, certificate.notAfter.iso],
  ["2026-11-22T02:54:22Z", "2036-11-19T02:54:22Z"],
);
same(
  "sha256",
  certificate.fingerprint.sha256,
  "7ceaac538d47ef2adabdd0c259166096478a5f99d21cec5d0d20bd2634deec3b",
);
same("sha1", certificate.fingerprint.sha1, "4f138ca2327dfd20a2a09ac506d5bba8e74a0701");
same(
  "key",
  certificate.publicKey.spkiSha256,
  "6c35bab6cb0c90059f704666ba0ed0866e2dc02fe3c1ae678c8967f932d5f3b7",
);
same("pem", certificate.pem, PEM);

const der = Uint8Array.from(atob(certificate.derBase64), (character) => character.charCodeAt(0));
same("der", samlcert.parseCertificate(der), certificate);
const mend = (text) => samlcert.validateCertificate(text, { now }).certificate?.pem;
same("escapes", mend(JSON.stringify(PEM)), PEM);
same("base64", mend(certificate.derBase64), PEM);
same("utf-16", mend(Uint8Array.from([...PEM].flatMap((c) => [c.charCodeAt(0), 0]))), PEM);
same(
  "cut",
  codeOf(() => samlcert.parseCertificate(der.slice(0, 200))),
  "der.truncated",
);
same(
  "nothing",
  codeOf(() => samlcert.parseCertificate("")),
  "input.empty",
);
const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n";
same(
  "key",
  codeOf(() => samlcert.parseCertificate(PEM + key)),
  "secret.private_key",
);
same(
  "state",
  samlcert.certificateState(certificate, certificate.notAfter.unixSeconds + 1),
  "expired",
);

for (const failure of failures) console.error(failure);
console.log(
  failures.length === 0
    ? "certificates: all vectors agree"
    : `certificates: ${failures.length} differ`,
);
if (failures.length > 0) {
  if (globalThis.Deno) globalThis.Deno.exit(1);
  globalThis.process.exit(1);
}
