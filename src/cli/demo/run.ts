import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCertificate, validateCertificate } from "../../certificates/index.ts";
import type { Certificate, CertificateReport } from "../../certificates/types.ts";
import { SECONDS_PER_DAY, unixSeconds } from "../../core/time.ts";
import {
  buildServiceProviderMetadata,
  serviceProviderFromIntegration,
} from "../../metadata/index.ts";
import type { SendGridClient, SendGridIntegration } from "../../providers/sendgrid/index.ts";
import { createSendGridClient, sendGridCertificateStore } from "../../providers/sendgrid/index.ts";
import {
  describePlan,
  executeRotation,
  fileJournal,
  planRotation,
  retireSuperseded,
} from "../../rotation/index.ts";
import { startFakeSendGrid } from "../../testing/index.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { packageFolder } from "../framework/package.ts";
import { makeFolderFor, writeOutput } from "../input/files.ts";
import { factLines } from "../output/certificate.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { showEvents, storedText } from "../output/rotation.ts";
import { type Style, styleFor } from "../output/style.ts";
import { fitted, wrap } from "../output/text.ts";

/** Accepted by the fake alone. */
const DEMO_KEY = "SG.demo";

/** The state that the parts of the demo share. */
interface Stage {
  readonly io: Io;
  readonly style: Style;
  readonly width: number;
  readonly now: number;
  say(text: string): void;
}

function stageOn(io: Io): Stage {
  return {
    io,
    style: styleFor(io.stdout, io),
    width: Math.min(100, io.stdout.columns),
    now: unixSeconds(io.now()),
    say: (text) => io.stdout.write(`${text}\n`),
  };
}

function heading({ style, say, width }: Stage, number: number, text: string): void {
  const lines = wrap(`${number}. ${text}`, width);
  say(`\n${lines.map(style.bold).join("\n")}`);
}

function show(report: CertificateReport, { style, say, now, width }: Stage): void {
  if (report.certificate !== undefined) {
    say(factLines(report.certificate, now, style).join("\n"));
  }
  for (const { message } of report.repairs) say(`  ${style.dim("repaired".padEnd(12))}${message}`);
  const findings = shownFindings(report.findings, false);
  if (findings.length > 0) say(findingsText(findings, style, width).trimEnd());
}

async function readFixture(name: string): Promise<string> {
  return await readFile(join(packageFolder(), "fixtures", "demo", name), "utf8");
}

async function checkPaste(stage: Stage): Promise<Certificate> {
  heading(stage, 1, "Check what a customer pasted (fixtures/demo/pasted.txt)");
  const report = validateCertificate(await readFixture("pasted.txt"), { now: stage.now });
  show(report, stage);
  // The fixture is part of the package, so this is an internal error.
  if (!report.ok || report.certificate === undefined) throw new Error("pasted.txt is not usable");
  stage.say(`  ${stage.style.good("It can be used.")}`);
  return report.certificate;
}

async function refusePrivateKey(stage: Stage): Promise<void> {
  heading(stage, 2, "Refuse an upload with a private key (fixtures/demo/with-private-key.pem)");
  show(validateCertificate(await readFixture("with-private-key.pem"), { now: stage.now }), stage);
}

async function connect(
  stage: Stage,
  client: SendGridClient,
  certificate: Certificate,
): Promise<SendGridIntegration> {
  heading(stage, 3, "Create an integration and its first certificate");
  const integration = await client.integrations.create({
    name: "Example",
    enabled: true,
    signin_url: "https://idp.example.com/sso/saml",
    signout_url: "https://idp.example.com/slo/saml",
    entity_id: "https://idp.example.com/saml/metadata",
  });
  const { certificate: stored } = await client.certificates.ensure(integration.id, certificate);
  stage.say(`  integration ${integration.id}\n  certificate ${stored.id}`);
  return integration;
}

async function exportMetadata(
  stage: Stage,
  integration: SendGridIntegration,
  output: string,
): Promise<void> {
  heading(stage, 4, "Export service provider metadata for the identity provider");
  const options = serviceProviderFromIntegration(integration);
  await makeFolderFor(output, stage.io);
  await writeOutput(output, buildServiceProviderMetadata(options), stage.io);
  stage.say(`  entityID    ${options.entityId}\n  written to  ${output}`);
}

async function rotate(stage: Stage, client: SendGridClient, integrationId: string): Promise<void> {
  heading(stage, 5, "Rotate to the next certificate (fixtures/demo/next.pem)");
  const store = sendGridCertificateStore(client, integrationId);
  const before = await store.list();
  const plan = planRotation({
    desired: [parseCertificate(await readFixture("next.pem"))],
    stored: before,
    target: store,
    identityProvider: "okta",
    now: stage.now,
  });
  stage.say(fitted(describePlan(plan), stage.io.stdout));
  const folder = await mkdtemp(join(tmpdir(), "samlcert-demo-"));
  try {
    let now = stage.now;
    const options = {
      store,
      journal: fileJournal(join(folder, "rotation.journal")),
      signal: stage.io.signal,
      clock: () => new Date(now * 1000),
      onEvent: showEvents({ progress: stage.io.progress, style: stage.style, say: stage.say }),
    };
    await executeRotation(plan, options);
    stage.say("  Both certificates are trusted now, for as long as you like.");
    stage.say("  Two days later, the identity provider is switched, and people sign in.");
    now += 2 * SECONDS_PER_DAY;
    await retireSuperseded(options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  heading(stage, 6, "Show the stored certificates");
  const stored = await store.list();
  const removed = before.filter(({ id }) => stored.every((kept) => kept.id !== id));
  stage.say(storedText({ stored, removed }, stage.now, stage.style, stage.width).trimEnd());
}

/** Runs a rotation from end to end against a fake SendGrid on loopback. */
export async function runDemo(output: string, io: Io): Promise<ExitCode> {
  const stage = stageOn(io);
  stage.say("samlcert against a fake SendGrid on this machine, without any outside connection.");
  const current = await checkPaste(stage);
  await refusePrivateKey(stage);
  const fake = await startFakeSendGrid({ apiKey: DEMO_KEY });
  try {
    const client = createSendGridClient({ apiKey: DEMO_KEY, baseUrl: fake.url });
    const integration = await connect(stage, client, current);
    await exportMetadata(stage, integration, output);
    await rotate(stage, client, integration.id);
  } finally {
    await fake.close();
  }
  stage.say(`\n${stage.style.good("Done.")} Next: samlcert --help`);
  return EXIT.ok;
}
