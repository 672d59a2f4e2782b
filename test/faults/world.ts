import { createServer } from "node:net";
import { parseCertificate } from "../../src/certificates/index.ts";
import {
  createSendGridClient,
  type SendGridOptions,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import type { CertificateStore } from "../../src/providers/store.ts";
import {
  type FakeExchange,
  type FakeSendGrid,
  type FakeSendGridState,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { day } from "../rotation/support/certificates.ts";
import { type Scenario, stranger } from "./scenarios.ts";

type FakeFault = NonNullable<ReturnType<NonNullable<FakeOptions["faults"]>>>;
type FakeOptions = NonNullable<Parameters<typeof startFakeSendGrid>[0]>;

/** The fault of one request; requests count from 1, from the start of the rotation. */
export interface Strike {
  readonly fault?: FakeFault;
  /** Called before the request has its effect. */
  readonly before?: (method: string) => void;
}

/** A fake SendGrid with one integration, watched at every request. */
export interface World {
  readonly fake: FakeSendGrid;
  readonly integrationId: string;
  /** The client and the journal of the rotation. */
  readonly store: CertificateStore;
  /** The same, by a client that nobody disturbs. */
  readonly observer: CertificateStore;
  /** Unix seconds of everybody in this world. */
  now: number;
  /** Decides about the requests of the rotation. */
  strike: (index: number) => Strike | undefined;
  /** The request that finds nobody listening. */
  refuseAt: number;
  /** Broken promises, in words. */
  readonly violations: string[];
  /** Requests since the rotation began. */
  requests(): number;
  /** Subjects of what is stored, sorted. */
  subjects(): readonly string[];
  close(): Promise<void>;
}

/** Time that passes when somebody sleeps. */
function virtualClock() {
  let slept = 0;
  return {
    clock: () => new Date(Date.now() + slept),
    random: () => 0.5,
    async sleep(milliseconds: number) {
      slept += milliseconds;
    },
  };
}

/** A port that nobody listens at. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const nobody = closedPort();

export async function openWorld(
  scenario: Scenario,
  client: Partial<SendGridOptions> = {},
): Promise<World> {
  const violations: string[] = [];
  const intruder = (await stranger()).pem;
  const control: Pick<World, "now" | "strike" | "refuseAt"> = {
    now: day(0),
    strike: () => undefined,
    refuseAt: 0,
  };
  let count = 0;
  let sent = 0;
  let usable = false;

  function watch(state: FakeSendGridState, exchange: FakeExchange): void {
    const isUsable = [...state.certificates.values()].some(
      ({ enabled, not_before, not_after }) =>
        enabled && not_before <= control.now && control.now <= not_after,
    );
    if (usable && !isUsable) violations.push(`no usable certificate after ${told(exchange)}`);
    usable = isUsable;
    const stored = [...state.certificates.values()].map((item) => item.public_certificate);
    for (const text of new Set(stored)) {
      // What another writer stores twice is not our doing.
      if (text === intruder) continue;
      const copies = (all: readonly string[]) => all.filter((other) => other === text).length;
      const before = copies(scenario.held.map(({ pem }) => pem));
      if (copies(stored) > Math.max(1, before)) violations.push(`stored twice: ${told(exchange)}`);
    }
    const { enabled } = (exchange.body ?? {}) as { enabled?: unknown };
    // A certificate that is created is enabled, also by a repetition that has found it; `enabled` of
    // one that was stored before is never sent unasked.
    const target = state.certificates.get(Number(exchange.path.split("/").at(-1)));
    const isOld = scenario.held.some(({ pem }) => pem === target?.public_certificate);
    const isNew = exchange.method === "POST" || (enabled === true && !isOld);
    const asked = scenario.policy.enabled ?? (isNew ? true : undefined);
    if (enabled !== asked && exchange.method !== "GET" && exchange.method !== "DELETE") {
      violations.push(`sent enabled: ${enabled}`);
    }
  }

  const fake = await startFakeSendGrid({
    quirks: { maxCertificates: scenario.maxCertificates },
    now: () => control.now,
    faults({ method }) {
      count += 1;
      const strike = control.strike(count);
      strike?.before?.(method);
      return strike?.fault;
    },
    invariant: watch,
  });
  const { id: integrationId } = fake.addIntegration();
  for (const { pem } of scenario.held) {
    fake.addCertificate({ integration_id: integrationId, public_certificate: pem, enabled: true });
  }
  const port = await nobody;
  const store = sendGridCertificateStore(
    createSendGridClient({
      apiKey: "SG.fault",
      baseUrl: fake.url,
      ...virtualClock(),
      ...client,
      fetch(input, init) {
        sent += 1;
        const url = new URL(String(input));
        if (sent === control.refuseAt) url.port = String(port);
        return fetch(url, init);
      },
    }),
    integrationId,
  );

  const calm = createSendGridClient({ apiKey: "SG.calm", baseUrl: fake.url });
  return Object.assign(control, {
    fake,
    observer: sendGridCertificateStore(calm, integrationId),
    integrationId,
    store,
    violations,
    requests: () => count,
    subjects: () =>
      [...fake.state.certificates.values()]
        .map(({ public_certificate }) => parseCertificate(public_certificate).subject.text)
        .sort(),
    close: () => fake.close(),
  });
}

function told({ number, method, path }: FakeExchange): string {
  return `request ${number} (${method} ${path})`;
}
