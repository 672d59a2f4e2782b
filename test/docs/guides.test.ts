import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import { presetProducts } from "../../src/metadata/index.ts";
import type { RotationEvent, RotationPlan, RotationResult } from "../../src/rotation/index.ts";
import {
  createTestCertificate,
  type FakeSendGrid,
  startFakeSendGrid,
} from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { root } from "./support/pages.ts";
import { load, sectionBlock } from "./support/programs.ts";

/** The guides speak of SendGrid itself; here its fake answers. */
let fake: FakeSendGrid;
beforeEach(async () => {
  fake = await startFakeSendGrid();
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (url: string | URL, init?: RequestInit) =>
    real(String(url).replace("https://api.sendgrid.com", fake.url), init),
  );
});
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await fake.close();
});

const TENANTS = "docs/guides/many-tenants.md";

/** An integration with one certificate. */
async function holding(certificate: Certificate): Promise<string> {
  const { id } = fake.addIntegration();
  fake.addCertificate({ integration_id: id, public_certificate: certificate.pem });
  return id;
}

test("many tenants: scan reports exactly the tenants that need action", async () => {
  interface Guide {
    scan(tenants: AsyncIterable<object>, signal: AbortSignal): Promise<void>;
  }
  const { scan } = await load<Guide>(sectionBlock(TENANTS, "Status of everything"));
  const lastWeek = Math.floor(Date.now() / 1000) - 7 * 86_400;
  const expired = await createTestCertificate({ notBefore: lastWeek, notAfter: lastWeek + 3600 });
  const alive = await createTestCertificate();
  const ids = [await holding(alive.certificate), await holding(expired.certificate)];
  async function* tenants() {
    for (const integrationId of ids) yield { apiKey: "SG.test", integrationId };
  }
  const said = vi.spyOn(console, "log").mockReturnValue();
  await scan(tenants(), new AbortController().signal);
  const told = said.mock.calls.map(([line]) => JSON.parse(String(line)) as object);
  expect(told).toMatchObject([{ id: `sendgrid:${ids[1]}`, state: "down" }]);
});

interface Rotation {
  plan(apiKey: string, id: string, desired: readonly Certificate[]): Promise<RotationPlan>;
  execute(apiKey: string, plan: RotationPlan): Promise<RotationResult>;
}

test("many tenants: a stored plan can be executed later, twice", async () => {
  const code = sectionBlock(TENANTS, "Rotate, one tenant at a time");
  const current = await createTestCertificate({ subject: { CN: "current" } });
  const next = await createTestCertificate({ subject: { CN: "next" } });
  const id = await holding(current.certificate);
  await inFolder(async (cwd) => {
    const folder = join(cwd, "journals");
    const { plan, execute } = await load<Rotation>(code.replaceAll("journals", folder));
    const stored = JSON.stringify(await plan("SG.test", id, [next.certificate]));
    const approved = JSON.parse(stored) as RotationPlan;
    const first = await execute("SG.test", approved);
    expect(first.status).toBe("awaiting_switch");
    expect(readdirSync(folder)).toEqual([`${approved.id}.jsonl`]);
    const again = await execute("SG.test", approved);
    expect(again.status).toBe("awaiting_switch");
    expect(fake.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

test("trust: node-saml trusts exactly the keys of the metadata", async () => {
  interface Guide {
    serviceProvider(keys: string[]): { getKeyInfosAsPem(): Promise<string[]> };
  }
  const section = "Give the keys to your SAML library";
  const code = sectionBlock("docs/guides/trust-idp-metadata.md", section);
  const { serviceProvider } = await load<Guide>(code);
  const keys = (await Promise.all([createTestCertificate(), createTestCertificate()])).map(
    ({ pem }) => pem.trim(),
  );
  const trusted = await serviceProvider(keys).getKeyInfosAsPem();
  expect(trusted.map((pem) => pem.trim())).toEqual(keys);
});

test("export SP metadata: the table of presets says what presetProducts says", () => {
  const page = readFileSync(join(root, "docs/guides/export-sp-metadata.md"), "utf8");
  const rows = [
    ...page.matchAll(/^\| `([a-z0-9]+)` \| ([^|]+) \| \[(imports|types) [^\]]+\]\(#([^)]+)\)/gm),
  ];
  const told = rows.map(([, preset, , verb]) => [preset, verb === "imports" ? "file" : "values"]);
  const { sendgrid: _, ...products } = presetProducts;
  expect(told).toEqual(Object.entries(products).map(([preset, { takes }]) => [preset, takes]));
  for (const [, preset = "", name = ""] of rows) {
    expect(name).toContain(presetProducts[preset as keyof typeof products].name);
  }
});

const TELEMETRY = "docs/guides/opentelemetry.md";

test("OpenTelemetry: the guide shows the tested recipe", () => {
  const recipe = readFileSync(join(root, "docs/recipes/opentelemetry.ts"), "utf8");
  const shown = sectionBlock(TELEMETRY, "A span for each request");
  expect(recipe.slice(recipe.indexOf("import "))).toBe(`${shown.trimEnd()}\n`);
});

test("OpenTelemetry: each step of a rotation adds an event to the span", async () => {
  interface Guide {
    tracingEvents(span: object): (event: RotationEvent) => void;
  }
  const { tracingEvents } = await load<Guide>(
    sectionBlock(TELEMETRY, "A span for each rotation step"),
  );
  const { planRotation, executeRotation, memoryJournal } = await import(
    "../../src/rotation/index.ts"
  );
  const { createSendGridClient, sendGridCertificateStore } = await import(
    "../../src/providers/sendgrid/index.ts"
  );
  const { certificate } = await createTestCertificate();
  const { id } = fake.addIntegration();
  const store = sendGridCertificateStore(createSendGridClient({ apiKey: "SG.test" }), id);
  const plan = planRotation({ desired: [certificate], stored: [], target: store, now: new Date() });
  const events: unknown[] = [];
  const span = {
    addEvent: (name: string, { kind }: { kind: string }) => events.push([name, kind]),
  };
  await executeRotation(plan, { store, journal: memoryJournal(), onEvent: tracingEvents(span) });
  expect(events).toEqual(
    ["check", "add", "verify"].flatMap((kind) => [
      ["step_started", kind],
      ["step_finished", kind],
    ]),
  );
});
