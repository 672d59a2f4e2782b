import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateCertificate } from "../../certificates/index.ts";
import type { CertificateReport } from "../../certificates/types.ts";
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
import {
  type FakeIdentityProvider,
  type FakeSendGrid,
  startFakeIdentityProvider,
  startFakeSendGrid,
} from "../../testing/index.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { packageFolder } from "../framework/package.ts";
import { makeFolderFor, writeOutput } from "../input/files.ts";
import { factLines } from "../output/certificate.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { showEvents, storedText } from "../output/rotation.ts";
import { type Style, styleFor } from "../output/style.ts";
import { fitted, wrap } from "../output/text.ts";
import { type People, peopleAt, refusedWith } from "./people.ts";

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

async function checkPaste(stage: Stage): Promise<void> {
  heading(stage, 1, "Check what a customer pasted (fixtures/demo/pasted.txt)");
  const report = validateCertificate(await readFixture("pasted.txt"), { now: stage.now });
  show(report, stage);
  // The fixture is part of the package, so this is an internal error.
  if (!report.ok || report.certificate === undefined) throw new Error("pasted.txt is not usable");
  stage.say(`  ${stage.style.good("It can be used.")}`);
}

async function refusePrivateKey(stage: Stage): Promise<void> {
  heading(stage, 2, "Refuse an upload with a private key (fixtures/demo/with-private-key.pem)");
  show(validateCertificate(await readFixture("with-private-key.pem"), { now: stage.now }), stage);
}

async function connect(
  stage: Stage,
  client: SendGridClient,
  idp: FakeIdentityProvider,
): Promise<SendGridIntegration> {
  heading(stage, 3, "Create an integration with the certificate of an identity provider");
  const integration = await client.integrations.create({
    name: "Example",
    enabled: true,
    signin_url: idp.signInUrl,
    signout_url: `${idp.url}/slo`,
    entity_id: idp.entityId,
  });
  const { certificate } = idp.certificate();
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

/** The connection that the demo rotates. */
interface Connected {
  readonly client: SendGridClient;
  readonly idp: FakeIdentityProvider;
  readonly fake: FakeSendGrid;
  readonly integration: SendGridIntegration;
}

async function rotate(stage: Stage, connected: Connected): Promise<void> {
  const { client, idp, fake, integration } = connected;
  heading(stage, 5, "Rotate to the next certificate, while people sign in");
  const store = sendGridCertificateStore(client, integration.id);
  const before = await store.list();
  const plan = planRotation({
    desired: [idp.next().certificate],
    stored: before,
    target: store,
    identityProvider: "okta",
    now: stage.now,
  });
  stage.say(fitted(describePlan(plan), stage.io.stdout));
  const entrance = {
    acsUrl: integration.single_signon_url ?? "",
    audience: integration.audience_url ?? "",
    trusted: () =>
      [...fake.state.certificates.values()].map(({ public_certificate }) => public_certificate),
    now: stage.io.now,
  };
  const lockedOut = refusedWith(idp.next(), idp, entrance, CROWD);
  const people = peopleAt(idp, entrance);
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
    await count(stage, people, "with the old certificate");
    await executeRotation(plan, options);
    await count(stage, people, "both are stored, for as long as you like");
    idp.signWith(idp.next());
    await count(stage, people, "the identity provider has switched");
    now += 2 * SECONDS_PER_DAY;
    await retireSuperseded(options);
    await count(stage, people, "the old certificate is gone");
  } finally {
    await people.stop();
    await rm(folder, { recursive: true, force: true });
  }
  stage.say(`  Had the identity provider switched first: ${lockedOut} of ${CROWD} refused.`);
  heading(stage, 6, "Show the stored certificates");
  const stored = await store.list();
  const removed = before.filter(({ id }) => stored.every((kept) => kept.id !== id));
  stage.say(storedText({ stored, removed }, stage.now, stage.style, stage.width).trimEnd());
}

/** Enough people that some sign in between any two requests. */
const CROWD = 25;

/** Lets more people sign in, and shows how many have been let in so far. */
async function count({ say, style }: Stage, people: People, moment: string): Promise<void> {
  await people.more(CROWD);
  const refused = people.refused();
  const colour = refused === 0 ? style.good : style.bad;
  const counts = `${String(people.signedIn()).padStart(5)} signed in, ${refused} refused`;
  say(`${colour(counts)}  ${moment}`);
}

/** Runs a rotation from end to end against a fake SendGrid on loopback. */
export async function runDemo(output: string, io: Io): Promise<ExitCode> {
  const stage = stageOn(io);
  stage.say("samlcert against a fake SendGrid and a fake identity provider on this machine.");
  await checkPaste(stage);
  await refusePrivateKey(stage);
  const fake = await startFakeSendGrid({ apiKey: DEMO_KEY });
  const idp = await startFakeIdentityProvider({ clock: io.now });
  try {
    const client = createSendGridClient({ apiKey: DEMO_KEY, baseUrl: fake.url });
    const integration = await connect(stage, client, idp);
    await exportMetadata(stage, integration, output);
    await rotate(stage, { client, idp, fake, integration });
  } finally {
    await idp.close();
    await fake.close();
  }
  stage.say(`\n${stage.style.good("Done.")} Next: samlcert --help`);
  return EXIT.ok;
}
