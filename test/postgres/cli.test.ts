import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migratePostgres } from "../../src/postgres/index.ts";
import { outputSchemas } from "../../src/schemas/index.ts";
import { type CommandResult, runCommand } from "../support/cli.ts";
import { skipped, startDatabase, type TestDatabase, why } from "./support.ts";

describe.skipIf(why !== "")(`samlcert fleet${skipped}`, () => {
  let database: TestDatabase;
  let url: string;

  beforeAll(async () => {
    database = await startDatabase();
    url = `postgres://${database.user}@${encodeURIComponent(database.host)}/postgres`;
    const pool = database.pool();
    await migratePostgres({ pool });
    await pool.query(`insert into samlcert.tenant (tenant, state, change, rotation, code, message)
      values ('acme', 'awaiting_approval', 'c', null, null, null),
             ('globex', 'awaiting_switch', null, 7, null, null),
             ('initech', 'dead', null, null, 'provider.timeout', 'SendGrid did not answer.')`);
  });
  afterAll(async () => await database.stop());

  const fleet = (...words: readonly string[]): Promise<CommandResult> =>
    runCommand(["fleet", ...words], { env: { DATABASE_URL: url, USER: "anna" }, columns: 120 });

  test("fleet status shows counts, and the tenants that need a person", async () => {
    const { code, stdout } = await fleet("status");
    expect(code).toBe(1);
    expect(stdout).toContain("3 tenants, 3 due");
    expect(stdout).toContain("approve it: samlcert fleet approve acme");
    expect(stdout).toContain("provider.timeout: SendGrid did not answer.");
    expect(stdout).not.toContain("globex");
    expect((await fleet("status", "--state", "awaiting_switch")).stdout).toContain("globex");
  });

  test("fleet approve, confirm, retry, pause and resume are orders in the history", async () => {
    expect((await fleet("approve", "acme")).stderr).toBe("acme is approved.\n");
    expect((await fleet("confirm", "globex")).code).toBe(0);
    expect((await fleet("retry", "initech", "acme")).code).toBe(0);
    expect((await fleet("pause", "acme")).code).toBe(0);
    expect((await fleet("pause", "--all")).stderr).toBe("The fleet is paused.\n");
    expect((await fleet("status")).stdout).toContain("samlcert fleet resume --all");
    expect((await fleet("resume", "--all")).code).toBe(0);
    expect((await fleet("resume", "acme")).code).toBe(0);
    const { stdout } = await fleet("history", "acme");
    const events = stdout
      .split("\n")
      .slice(1, -1)
      .map((line) => line.split(/\s+/).slice(1, 3));
    expect(events).toEqual([
      ...[
        ["resumed", "anna"],
        ["paused", "anna"],
        ["retried", "anna"],
        ["approved", "anna"],
      ],
    ]);
  });

  test("fleet status --json and fleet history --json are their documents", async () => {
    for (const argv of [["status"], ["history", "acme"]]) {
      const document = JSON.parse((await fleet(...argv, "--json")).stdout);
      const result = outputSchemas[document.format]?.safeParse(document);
      expect(result?.error?.issues, document.format).toBeUndefined();
      expect(result?.success).toBe(true);
    }
  });

  test("fleet says what is missing", async () => {
    expect((await fleet("approve", "nobody")).stderr).toContain("fleet.unknown_tenant");
    expect((await fleet("approve", "initech")).stderr).toContain("fleet.nothing_to_approve");
    expect((await fleet("pause")).code).toBe(2);
    expect((await runCommand(["fleet", "status"])).stderr).toContain("DATABASE_URL");
    expect((await fleet("migrate", "--schema", "other")).code).toBe(0);
    const away = { env: { DATABASE_URL: "postgres://x@%2Fnowhere/x" } };
    const { code, stderr } = await runCommand(["fleet", "status"], away);
    expect([code, stderr.includes("postgres.unavailable")]).toEqual([5, true]);
  });
});
