import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createTestCertificate,
  type FakeRequest,
  type FakeSendGrid,
  type Fault,
  type SendGridQuirks,
  startFakeSendGrid,
  type TestCertificate,
} from "../../src/testing/index.ts";
import { type CommandResult, runCommand } from "../support/cli.ts";
import type { IdentityProvider, OwnIdentityProvider } from "./identity-providers.ts";
import type { Sp } from "./service-providers.ts";

export const ISSUER = "https://idp.example.com/metadata";
const DAY = 86_400;

/** How many people signed in at a service provider, how many were refused, and the first reason. */
export interface Count {
  readonly sp: string;
  ok: number;
  failed: number;
  reason?: string | undefined;
}

/** The certificates of the identity provider; they are the same on every stage. */
export interface Certificates {
  readonly current: TestCertificate;
  readonly next: TestCertificate;
  /** It signs, and it ended yesterday. */
  readonly expired: TestCertificate;
}

export async function certificates(): Promise<Certificates> {
  const make = (CN: string, options: { notBefore?: Date; notAfter?: Date } = {}) =>
    createTestCertificate({ subject: { CN }, keyAlgorithm: "RSA-2048", ...options });
  const ago = (days: number): Date => new Date(Date.now() - days * DAY * 1000);
  const [current, next, expired] = await Promise.all([
    make("current"),
    make("next"),
    make("expired", { notBefore: ago(900), notAfter: ago(1) }),
  ]);
  return { current, next, expired };
}

/** The part of a stage that differs. */
export interface StageOptions {
  readonly idp: IdentityProvider;
  readonly sps: readonly Sp[];
  /** The certificate that signs, and is stored, at the beginning. */
  readonly from: TestCertificate;
  readonly to: TestCertificate;
  readonly quirks?: Partial<SendGridQuirks> | undefined;
  /** The service provider uses keys that are this old. */
  readonly cachedFor?: number | undefined;
  /** How many sign in at each moment. */
  readonly crowd: number;
}

/** A connection on which people sign in: after each request to the provider, and when they are called. */
export interface Stage {
  readonly fake: FakeSendGrid;
  readonly folder: string;
  readonly integrationId: string;
  readonly from: TestCertificate;
  readonly to: TestCertificate;
  /** The fault of each coming request. */
  faultOf: (request: FakeRequest) => Fault | undefined;
  /** Runs a rotate command of the command line, in the stage's folder unless another is named. */
  samlcert(argv: readonly string[], folder?: string): Promise<CommandResult>;
  /** The arguments of a rotate command, with the connection. */
  commandLine(argv: readonly string[]): readonly string[];
  /** Lets everybody who has arrived sign in, and calls more of them. */
  people(): Promise<void>;
  /** Lets everybody who has arrived sign in; then the identity provider signs with this one. */
  switchTo(certificate: TestCertificate): Promise<void>;
  /** Unix seconds of the rotation. */
  now(): number;
  pass(seconds: number): void;
  stored(): readonly string[];
  counts(): Promise<readonly Count[]>;
  close(): Promise<void>;
}

/** The command that an output says to continue with, as arguments. */
export function told({ stderr }: CommandResult): readonly string[] {
  const line = /^ {2}samlcert (.*)$/m.exec(stderr)?.[1] ?? "";
  // The stage gives the address of the fake to every command.
  return line.replace(/ --base-url \S+/, "").split(" ");
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { idp, sps, from, to, cachedFor = 0, crowd } = options;
  const folder = mkdtempSync(join(tmpdir(), "samlcert-signins-"));
  chmodSync(folder, 0o755);
  let now = Math.floor(Date.now() / 1000);
  const counts: readonly Count[] = sps.map(({ name }) => ({ sp: name, ok: 0, failed: 0 }));
  const control: Pick<Stage, "faultOf"> = { faultOf: () => undefined };
  const arriving: Promise<void>[] = [];
  const history: { readonly at: number; readonly keys: readonly string[] }[] = [];

  const fake: FakeSendGrid = await startFakeSendGrid({
    quirks: options.quirks,
    now: () => now,
    faults: (request) => control.faultOf(request),
    invariant: () => arrive(1),
  });
  const { id: integrationId } = fake.addIntegration({ entity_id: ISSUER });
  fake.addCertificate({
    integration_id: integrationId,
    public_certificate: from.pem,
    enabled: true,
  });
  idp.signWith(from);

  const stored = (): readonly string[] =>
    [...fake.state.certificates.values()]
      .filter(({ enabled }) => enabled)
      .map(({ public_certificate }) => public_certificate);

  /** The keys that the service provider uses: those that the provider stores, or an older copy. */
  function keysNow(): readonly string[] {
    history.push({ at: now, keys: stored() });
    const old = history.findLast(({ at }) => at <= now - cachedFor);
    return (old ?? history[0])?.keys ?? [];
  }
  keysNow();

  /** Somebody comes to each service provider, with the keys of this moment. */
  function arrive(times: number): void {
    const keys = keysNow();
    for (let person = 0; person < times; person += 1) {
      for (const [i, sp] of sps.entries()) {
        arriving.push(attempt(sp, counts[i] as Count, keys));
      }
    }
  }

  async function attempt(sp: Sp, count: Count, keys: readonly string[]): Promise<void> {
    try {
      await sp.signIn(keys, idp);
      count.ok += 1;
    } catch (error) {
      count.failed += 1;
      count.reason ??= error instanceof Error ? error.message : String(error);
    }
  }

  async function settled(): Promise<void> {
    while (arriving.length > 0) await Promise.all(arriving.splice(0));
  }

  const stage: Omit<Stage, "faultOf"> = {
    fake,
    folder,
    integrationId,
    from,
    to,
    commandLine(argv) {
      const address = argv.includes("observe") ? [] : ["--base-url", fake.url];
      const named = argv.includes("--integration") ? [] : ["--integration", integrationId];
      return [...argv, ...address, ...named];
    },
    async samlcert(argv, cwd = folder) {
      const env = { SENDGRID_API_KEY: "SG.signins" };
      const whole = stage.commandLine(argv);
      const result = await runCommand(whole, { env, cwd, now: new Date(now * 1000) });
      await settled();
      return result;
    },
    async people() {
      arrive(crowd);
      await settled();
    },
    async switchTo(certificate) {
      await settled();
      idp.signWith(certificate);
    },
    now: () => now,
    pass(seconds) {
      now += seconds;
    },
    stored,
    async counts() {
      await settled();
      return counts;
    },
    async close() {
      await settled();
      await fake.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  writeFileSync(join(folder, "next.pem"), to.pem);
  return Object.assign(control, stage);
}

/** The server that publishes our identity provider's metadata. */
export function publisher(idp: IdentityProvider): OwnIdentityProvider["fake"] {
  return (idp as OwnIdentityProvider).fake;
}
