import { expect, test, vi } from "vitest";
import { connect } from "../../src/postgres/connect.ts";

test("connect says how to install a missing driver", async () => {
  vi.doMock("pg", () => {
    throw new Error("Cannot find package 'pg'");
  });
  await expect(connect("postgres://localhost/x")).rejects.toMatchObject({
    code: "postgres.package_missing",
    hint: "Install it: npm install pg",
  });
  vi.doUnmock("pg");
});
