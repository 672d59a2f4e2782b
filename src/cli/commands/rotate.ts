import type { RotationPlan, RotationResult } from "../../rotation/index.ts";
import { type Command, type Invocation, JSON_OPTION } from "../command.ts";
import { readSecret } from "../credentials.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { readInput } from "../files.ts";
import type { Io } from "../io.ts";
import { progressOn } from "../output/progress.ts";
import { showEvents, storedText } from "../output/rotation.ts";
import { styleFor } from "../output/style.ts";

function required(invocation: Invocation, name: string): string {
  const value = invocation.value(name);
  if (value !== undefined) return value;
  throw new UsageError(`samlcert rotate needs --${name}.`, "See: samlcert rotate --help");
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text) * 86_400;
  throw new UsageError(`--overlap does not understand "${text}".`, "Give whole days, such as 5.");
}

function nextCommand(result: RotationResult, journal: string, integration: string): string {
  return result.status === "waiting"
    ? `Continue after the overlap: samlcert rotate --resume --integration ${integration} --journal ${journal}\n`
    : "";
}

async function storeOf(invocation: Invocation, io: Io) {
  const { createSendGridClient, sendGridCertificateStore } = await import(
    "../../providers/sendgrid/index.ts"
  );
  const apiKey = await readSecret(
    {
      variable: "SENDGRID_API_KEY",
      file: invocation.value("api-key-file"),
      option: "api-key-file",
    },
    io,
  );
  const baseUrl = invocation.value("base-url");
  const client = createSendGridClient({
    apiKey,
    fetch: io.fetch,
    region: invocation.value("region") === "eu" ? "eu" : "global",
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  return sendGridCertificateStore(client, required(invocation, "integration"));
}

async function makePlan(
  invocation: Invocation,
  io: Io,
  store: Awaited<ReturnType<typeof storeOf>>,
): Promise<RotationPlan> {
  const { planRotation } = await import("../../rotation/index.ts");
  const { parseCertificates } = await import("../../certificates/index.ts");
  const path = required(invocation, "certificate");
  const bytes = await readInput(path, io, { maxBytes: 256 * 1024, what: "a certificate" });
  return planRotation({
    desired: parseCertificates(bytes),
    stored: await store.list({ signal: io.signal }),
    policy: { overlapSeconds: days(invocation.value("overlap") ?? "") },
    target: store,
    now: io.now(),
  });
}

/** Executes a plan, or goes on with the one in the journal. */
async function execute(
  plan: RotationPlan | undefined,
  invocation: Invocation,
  io: Io,
  store: Awaited<ReturnType<typeof storeOf>>,
): Promise<ExitCode> {
  const { executeRotation, fileJournal, resumeRotation } = await import("../../rotation/index.ts");
  const path = invocation.value("journal") ?? "";
  const json = invocation.flag("json");
  const style = styleFor(io.stderr, io);
  const progress = progressOn(io.stderr, style);
  const options = {
    store,
    journal: fileJournal(path),
    signal: io.signal,
    onEvent: showEvents(progress, style),
  };
  const result = await (plan === undefined
    ? resumeRotation(options)
    : executeRotation(plan, options)
  ).finally(() => progress.clear());
  if (json) {
    io.stdout.write(`${JSON.stringify({ format: "samlcert/rotation/v1", result }, null, 2)}\n`);
    return EXIT.ok;
  }
  const stored = await store.list({ signal: io.signal });
  const now = Math.floor(io.now().getTime() / 1000);
  io.stdout.write(
    storedText({ stored }, now, styleFor(io.stdout, io), Math.min(100, io.stdout.columns)),
  );
  io.stdout.write(nextCommand(result, path, store.integrationId));
  return EXIT.ok;
}

/** `samlcert rotate`: replaces the certificates of one integration without downtime. */
export const rotateCommand: Command = {
  name: "rotate",
  summary: "replace the certificates of a SendGrid integration without downtime",
  description:
    "Adds what is missing, reads it back, lets old and new overlap, then removes the old. Every step is written to the journal before and after it is done, so that an interrupted run goes on with --resume. The API key comes from SENDGRID_API_KEY or from a file.",
  options: [
    { name: "integration", value: "ID", summary: "the integration's id at SendGrid" },
    {
      name: "certificate",
      value: "FILE",
      summary: "every certificate that the identity provider signs with now and next, as PEM",
    },
    { name: "dry-run", summary: "print the plan and change nothing" },
    { name: "resume", summary: "go on with the plan in the journal" },
    {
      name: "journal",
      value: "FILE",
      summary: "the journal file",
      default: "samlcert-rotation.journal.jsonl",
    },
    {
      name: "overlap",
      value: "DAYS",
      summary: "how long old and new are both trusted",
      default: "5",
    },
    {
      name: "region",
      value: "NAME",
      summary: "where the account lives",
      choices: ["global", "eu"],
    },
    { name: "base-url", value: "URL", summary: "another origin, such as that of a fake server" },
    {
      name: "api-key-file",
      value: "FILE",
      summary: "file that holds the API key and nothing else",
    },
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert rotate --integration ID --certificate next.pem --dry-run",
      does: "see the plan",
    },
    {
      command: "samlcert rotate --integration ID --certificate next.pem",
      does: "execute it; it stops when the overlap begins",
    },
    {
      command: "samlcert rotate --integration ID --resume",
      does: "go on after the overlap, or after an interruption",
    },
  ],
  async run(invocation, io) {
    required(invocation, "integration");
    const store = await storeOf(invocation, io);
    if (invocation.flag("resume")) return await execute(undefined, invocation, io, store);
    const plan = await makePlan(invocation, io, store);
    const { describePlan } = await import("../../rotation/index.ts");
    const refused = plan.refusals.length > 0;
    if (invocation.flag("dry-run") || refused) {
      io.stdout.write(
        invocation.flag("json")
          ? `${JSON.stringify({ format: "samlcert/rotation-plan/v1", plan }, null, 2)}\n`
          : describePlan(plan),
      );
      return refused ? EXIT.findings : EXIT.ok;
    }
    if (!invocation.flag("json")) io.stderr.write(`${describePlan(plan)}\n`);
    return await execute(plan, invocation, io, store);
  },
};
