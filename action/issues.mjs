/**
 * Opens or updates one issue for each certificate with findings, through GitHub's CLI.
 * Run: LABEL=samlcert FAIL_ON=error node issues.mjs REPORT, with the report of samlcert check --format json.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const { LABEL: label = "samlcert", FAIL_ON: failOn = "error" } = process.env;
const severities = failOn === "warning" ? ["error", "warning"] : ["error"];

function gh(args, input) {
  const { status, stdout, stderr, error } = spawnSync("gh", args, { encoding: "utf8", input });
  if (status === 0) return stdout;
  const reason = error === undefined ? stderr.trim() : error.message;
  throw new Error(`gh ${args.slice(0, 2).join(" ")} ended with ${status}: ${reason}`);
}

/** The inputs with findings, by certificate; one without a certificate stands for itself. */
function troubled(reports) {
  const found = new Map();
  for (const { file, report, error } of reports) {
    const failure = error && { ...error, severity: "error" };
    const findings = failure
      ? [failure]
      : report.findings.filter(({ severity }) => severities.includes(severity));
    if (findings.length === 0) continue;
    const { certificate } = report ?? {};
    const key = certificate?.fingerprint.sha256 ?? file;
    const known = found.get(key);
    if (known) known.files.push(file);
    else found.set(key, { key, files: [file], certificate, findings });
  }
  return [...found.values()];
}

/** Text of others in a code block cannot mention people or load images. */
function block(lines) {
  return ["```", ...lines.map((line) => line.replaceAll("`", "'")), "```"].join("\n");
}

function marker(key) {
  return `<!-- samlcert ${encodeURIComponent(key)} -->`;
}

function bodyOf({ key, files, certificate, findings }) {
  const facts = certificate
    ? [
        `subject    ${certificate.subject.text}`,
        `not after  ${certificate.notAfter.iso}`,
        `SHA-256    ${certificate.fingerprint.sha256}`,
      ]
    : [];
  const lines = findings.map(({ code, message, hint }) => `${code}: ${message} ${hint}`);
  return [
    "samlcert check has findings for a SAML certificate.",
    block([...files.map((file) => `file       ${file}`), ...facts]),
    block(lines),
    "Each run updates this text. Close the issue after the certificate was replaced.",
    marker(key),
  ].join("\n\n");
}

function titleOf({ files, certificate, findings }) {
  const name = certificate?.subject.text ?? files[0];
  return `SAML certificate ${name}: ${findings[0].code}`.slice(0, 200);
}

const { error, reports } = JSON.parse(readFileSync(process.argv[2], "utf8"));
// The document of an error, of the only input, does not name it.
const certificates = troubled(reports ?? [{ file: (process.env.FILES ?? "").trim(), error }]);
if (certificates.length > 0) {
  gh(["label", "create", label, "--force", "--description", "SAML certificates that need attention"]);
}
const open = JSON.parse(
  gh(["issue", "list", "--label", label, "--state", "open", "--limit", "500", "--json", "number,body"]),
);
for (const one of certificates) {
  const body = bodyOf(one);
  const known = open.find((issue) => issue.body.includes(marker(one.key)));
  const title = ["--title", titleOf(one), "--body-file", "-"];
  if (known === undefined) gh(["issue", "create", ...title, "--label", label], body);
  else if (known.body !== body) gh(["issue", "edit", String(known.number), ...title], body);
  console.log(`${known === undefined ? "Opened" : "Kept"} an issue: ${titleOf(one)}`);
}
