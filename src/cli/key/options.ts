import { KEY_USES } from "../../keys/algorithms.ts";
import type { CertificateOptions } from "../../keys/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Invocation, OptionSpec } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";

export const NAME_OPTIONS: readonly OptionSpec[] = [
  { name: "common-name", value: "NAME", summary: "the owner, such as sp.example.com" },
  { name: "subject", value: "NAME", summary: 'a whole subject, such as "CN=sp, O=Example"' },
];

export const CERTIFICATE_OPTIONS: readonly OptionSpec[] = [
  ...NAME_OPTIONS,
  { name: "days", value: "DAYS", summary: "the life of the certificate", default: "1095" },
  { name: "use", value: "USE", summary: "the purpose of the key", choices: KEY_USES },
];

export const KEY_OPTION: OptionSpec = {
  name: "key",
  value: "FILE",
  summary: "the private key",
  required: true,
};

/** The name of the owner. */
export function nameOf(invocation: Invocation): Pick<CertificateOptions, "commonName" | "subject"> {
  const commonName = invocation.value("common-name");
  const subject = invocation.value("subject");
  if (commonName !== undefined && subject !== undefined) {
    throw new UsageError("Give either --common-name or --subject.", "--subject contains the CN.");
  }
  return { commonName, subject };
}

/** Throws a `UsageError` unless the command names an owner. */
export function requireName(invocation: Invocation): void {
  const { commonName, subject } = nameOf(invocation);
  if (commonName !== undefined || subject !== undefined) return;
  throw new UsageError(
    "The certificate needs the name of its owner.",
    "Give --common-name sp.example.com, or a whole --subject.",
  );
}

export function certificateOptions(invocation: Invocation, io: Io): CertificateOptions {
  const days = invocation.value("days") ?? "";
  if (!/^\d{1,6}$/.test(days)) throw invalidValue("days", days, "Give a whole number of days.");
  const use = invocation.value("use") as CertificateOptions["use"];
  return { ...nameOf(invocation), days: Number(days), use, now: io.now() };
}
