import { resolve } from "node:path";
import { isInstant } from "../../core/time.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Command, Invocation } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { chainsOf } from "../input/certificates.ts";
import { whole } from "./desired.ts";
import { journalFolder } from "./journal.ts";
import { journalOptions } from "./options.ts";

/** `samlcert rotate observe`: records a sign-in as evidence. */
export const rotateObserveCommand: Command = {
  name: "rotate observe",
  summary: "record that people signed in with a certificate, as evidence",
  description:
    "Writes to the journal of the integration's newest rotation which certificate a sign-in was signed with. A rotation that was started with --retire signed-in=NUMBER retires on this evidence, and none retires a certificate that the last observed sign-in was signed with. Nothing is asked of the provider.",
  options: [
    { name: "integration", value: "ID", summary: "the integration's id at SendGrid" },
    { name: "fingerprint", value: "SHA256", summary: "the SHA-256 of the certificate, in hex" },
    { name: "certificate", value: "FILE", summary: "the certificate itself, instead" },
    { name: "at", value: "TIME", summary: "when people signed in, in ISO 8601 (default: now)" },
    { name: "count", value: "N", summary: "how many sign-ins this stands for", default: "1" },
    ...journalOptions,
  ],
  examples: [
    {
      command: "samlcert rotate observe --integration ID --certificate next.pem --count 3",
      does: "record that three people have signed in with the new certificate",
    },
  ],
  async run(invocation, io) {
    const integrationId = invocation.value("integration");
    if (integrationId === undefined) {
      throw new UsageError("--integration is missing.", "Give --integration ID.");
    }
    const observation = {
      ...(await certificateOf(invocation, io)),
      at: timeOf(invocation) ?? io.now(),
      count: whole(invocation.value("count") ?? "", "count"),
    };
    const { fileJournal, observeSignIn, rotationJournals } = await import(
      "../../rotation/index.ts"
    );
    const deadHost = invocation.value("take-over");
    const options = deadHost === undefined ? {} : { deadHost };
    const file = invocation.value("journal");
    const isNews =
      file === undefined
        ? await rotationJournals(journalFolder(invocation, io), options).observe(
            { provider: "sendgrid", integrationId },
            observation,
          )
        : await observeSignIn(fileJournal(resolve(io.cwd, file), options), observation);
    io.stderr.write(
      isNews
        ? "Recorded.\n"
        : "Nothing was recorded: no unfinished rotation adds or retires this certificate, or enough is known.\n",
    );
    return EXIT.ok;
  },
};

async function certificateOf(invocation: Invocation, io: Io) {
  const fingerprint = invocation.value("fingerprint");
  const file = invocation.value("certificate");
  if ((fingerprint === undefined) === (file === undefined)) {
    throw new UsageError(
      "Give exactly one of --fingerprint and --certificate.",
      "openssl x509 -noout -fingerprint -sha256 shows the fingerprint.",
    );
  }
  if (file !== undefined) {
    const [chain] = await chainsOf([file], io);
    return { certificate: chain?.certificate };
  }
  const hex = fingerprint?.replaceAll(":", "") ?? "";
  if (!/^[0-9a-f]{64}$/i.test(hex)) {
    throw invalidValue("fingerprint", fingerprint ?? "", "Give a SHA-256 of 64 hex digits.");
  }
  return { fingerprint: hex };
}

function timeOf(invocation: Invocation): string | undefined {
  const at = invocation.value("at");
  if (at === undefined || isInstant(at)) return at;
  throw invalidValue("at", at, "Write it as 2030-01-01T12:00:00Z.");
}
