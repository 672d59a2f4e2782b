import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { createTrustedKeys } from "../../src/trusted-keys/index.ts";
import { requireProgram } from "../support/require.ts";
import { temporaryFolder } from "./following.ts";
import { cleanUp, serve } from "./serving.ts";
import { IDP, idpMetadata } from "./sign-in.ts";

const shibd = requireProgram("shibd", ["-v"]);

const MIN_SECONDS = 1;
const MAX_SECONDS = 8;

/** The configuration of a service provider that does nothing but follow one document. */
function configuration(folder: string, url: string): string {
  return `<SPConfig xmlns="urn:mace:shibboleth:3.0:native:sp:config" clockSkew="180">
  <OutOfProcess logger="${folder}/logger" tranLogFormat="%u"/><InProcess/>
  <UnixListener address="${folder}/shibd.sock"/>
  <StorageService type="Memory" id="mem"/>
  <SessionCache type="StorageService" StorageService="mem"/><ReplayCache StorageService="mem"/><ArtifactMap artifactTTL="180"/>
  <RequestMapper type="Native"><RequestMap applicationId="default"/></RequestMapper>
  <ApplicationDefaults entityID="https://sp.example" REMOTE_USER="eppn">
    <Sessions lifetime="28800" timeout="3600" checkAddress="false" handlerSSL="false" cookieProps="http"><SSO entityID="${IDP}">SAML2</SSO></Sessions>
    <Errors supportContact="root@localhost"/>
    <MetadataProvider type="XML" url="${url}" backingFilePath="${folder}/idp.xml" minRefreshDelay="${MIN_SECONDS}" maxRefreshDelay="${MAX_SECONDS}"/>
    <CredentialResolver type="File" key="${folder}/sp.key" certificate="${folder}/sp.pem"/>
  </ApplicationDefaults>
  <SecurityPolicyProvider type="XML" validate="true" path="/etc/shibboleth/security-policy.xml"/>
  <ProtocolProvider type="XML" validate="true" reloadChanges="false" path="/etc/shibboleth/protocols.xml"/>
</SPConfig>`;
}

const LOGGER = `log4j.rootCategory=INFO, console
log4j.category.OpenSAML.MetadataProvider=DEBUG
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%p %c: %m%n
`;

interface Decision {
  readonly accepted: boolean;
  /** Seconds until the next read. */
  readonly seconds: number;
}

/** The decisions in the log of shibd, one per read. */
function decisionsIn(log: string): readonly Decision[] {
  const reads = log.split("loading configuration from external resource").slice(1);
  return reads.flatMap((read) => {
    const [, seconds] = /adjusted reload interval to (\d+) seconds/.exec(read) ?? [];
    if (seconds === undefined) return [];
    return [
      {
        accepted: !read.includes("error while loading") && !INVALID.test(read),
        seconds: Number(seconds),
      },
    ];
  });
}

const INVALID = /metadata instance was invalid/i;

let a: TestCertificate;
let b: TestCertificate;
beforeAll(async () => {
  a = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  b = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
});

const until = (seconds: number): string =>
  `validUntil="${new Date(Date.now() + seconds * 1000).toISOString()}"`;

const lasting = (seconds: number): string => `cacheDuration="PT${seconds}S"`;

/** Our seconds are hundreds, so that no timer reads between the steps. */
const SCALE = 100;

/** Where samlcert decides otherwise on purpose. */
type Difference = { readonly ours: Partial<Decision>; readonly why: string };

interface Step {
  readonly name: string;
  readonly answer: (scale: number) => string | number;
  readonly differs?: Difference;
}

const STEPS: readonly Step[] = [
  {
    name: "cacheDuration",
    answer: (scale) => idpMetadata([a], { attributes: lasting(4 * scale) }),
  },
  { name: "validUntil", answer: (scale) => idpMetadata([a], { attributes: until(6 * scale) }) },
  {
    name: "the shorter of both",
    answer: (scale) =>
      idpMetadata([a], { attributes: `${until(60 * scale)} ${lasting(2 * scale)}` }),
  },
  {
    name: "a second key",
    answer: (scale) => idpMetadata([a, b], { attributes: lasting(2 * scale) }),
  },
  { name: "503", answer: () => 503 },
  { name: "garbage, the second failure", answer: () => "<<<" },
  {
    name: "an expired document, the third failure",
    answer: () => idpMetadata([b], { attributes: 'validUntil="2001-01-01T00:00:00Z"' }),
    differs: { ours: { seconds: 4 }, why: "each failure doubles the wait, where Shibboleth adds" },
  },
  {
    name: "a duration below the floor",
    answer: (scale) => idpMetadata([a, b], { attributes: lasting(1 * scale) }),
  },
  {
    name: "another entity",
    answer: (scale) =>
      idpMetadata([b], { entityId: "https://other.example", attributes: lasting(2 * scale) }),
    differs: {
      ours: { accepted: false, seconds: 1 },
      why: "the keys of one entity are followed, not a document; without it nobody could sign in",
    },
  },
  {
    name: "an empty role",
    answer: (scale) => idpMetadata([], { attributes: lasting(2 * scale) }),
    differs: {
      ours: { accepted: false, seconds: 2 },
      why: "a document without a key is a mistake, and would lock everybody out",
    },
  },
  {
    name: "a stale copy",
    answer: (scale) => idpMetadata([a], { attributes: lasting(2 * scale) }),
    // Accepted as a document: its change of keys waits (see drift.test.ts).
  },
  {
    name: "neither hint",
    answer: () => idpMetadata([a, b]),
  },
];

/** The decisions of Shibboleth's daemon on the documents, each given at one read. */
async function shibbolethDecisions(): Promise<readonly Decision[]> {
  const folder = temporaryFolder();
  let read = 0;
  const port = await serve((_, response) => {
    const answer = STEPS[Math.min(read++, STEPS.length - 1)]?.answer(1) ?? 500;
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.writeHead(200, { "content-type": "application/samlmetadata+xml" }).end(answer);
  });
  mkdirSync(join(folder, "run"));
  const key = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=sp", "-days", "9"];
  const files = ["-keyout", join(folder, "sp.key"), "-out", join(folder, "sp.pem")];
  execFileSync("openssl", [...key, ...files], { stdio: "ignore" });
  writeFileSync(join(folder, "logger"), LOGGER);
  writeFileSync(join(folder, "sp.xml"), configuration(folder, `http://127.0.0.1:${port}/`));
  const argv = ["-F", "-f", "-c", join(folder, "sp.xml"), "-p", join(folder, "pid")];
  const child: ChildProcess = spawn("shibd", argv, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      log += chunk;
    });
  }
  cleanUp.push(() => child.kill("SIGKILL"));
  for (let waited = 0; waited < 100_000 && decisionsIn(log).length < STEPS.length; waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGTERM");
  await ended;
  return decisionsIn(log).slice(0, STEPS.length);
}

async function ourDecisions(): Promise<readonly Decision[]> {
  let answer: string | number = 500;
  const port = await serve((_, response) => {
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.end(answer);
  });
  const keys = createTrustedKeys({
    source: { url: `http://127.0.0.1:${port}/`, allowPrivateAddresses: true },
    entityId: IDP,
    refresh: { minSeconds: MIN_SECONDS * SCALE, maxSeconds: MAX_SECONDS * SCALE },
  });
  cleanUp.push(() => keys[Symbol.asyncDispose]());
  await keys.refresh().catch(() => undefined);
  const decisions: Decision[] = [];
  for (const step of STEPS) {
    answer = step.answer(SCALE);
    const before = Date.now();
    const { state, nextReadAt } = await keys.refresh();
    const seconds = (Date.parse(nextReadAt ?? "") - before) / 1000 / SCALE;
    decisions.push({ accepted: state === "fresh", seconds });
  }
  return decisions;
}

describe("createTrustedKeys decides as Shibboleth SP does", () => {
  it.skipIf(shibd.missing)(
    `on a sequence of documents${shibd.note}`,
    async () => {
      const shibboleth = await shibbolethDecisions();
      expect(shibboleth).toHaveLength(STEPS.length);
      const ours = await ourDecisions();
      for (const [index, { name, differs }] of STEPS.entries()) {
        const expected = { ...(shibboleth[index] as Decision), ...differs?.ours };
        const { accepted, seconds } = ours[index] as Decision;
        expect(accepted, name).toBe(expected.accepted);
        // Shibboleth has whole seconds, and jitter takes up to a tenth of ours.
        expect(seconds, name).toBeLessThan(expected.seconds + 1.05);
        expect(seconds, name).toBeGreaterThan(expected.seconds * 0.9 - 0.05);
        if (differs !== undefined) expect(shibboleth[index], differs.why).not.toEqual(expected);
      }
    },
    150_000,
  );
});
