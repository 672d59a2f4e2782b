import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { durationOf } from "../../../src/cli/watch/service.ts";
import { type Cast, cast } from "../../rotation/support/certificates.ts";
import { type BuiltCli, buildCli } from "../../support/built-cli.ts";
import { changingServer, idpMetadata } from "../../watch/support/world.ts";

let all: Cast;
let cli: BuiltCli;
let cwd: string;
beforeAll(async () => {
  [all, cli] = await Promise.all([cast(), buildCli()]);
  cwd = mkdtempSync(join(tmpdir(), "samlcert-service-"));
});
afterAll(() => {
  cli.remove();
  rmSync(cwd, { recursive: true, force: true });
});

const service = ["watch", "--every", "1s", "--listen", "127.0.0.1:0"];

/** The text that a service prints until it matches. */
async function until(output: AsyncIterable<Uint8Array>, wanted: RegExp): Promise<string> {
  let text = "";
  for await (const chunk of output) {
    text += Buffer.from(chunk).toString();
    if (wanted.test(text)) return text;
  }
  throw new Error(`The service ended: ${text}`);
}

describe("samlcert watch --every", () => {
  it("answers /metrics and /healthz, tells changes as they come, and ends with 0 on SIGTERM", async () => {
    const server = await changingServer(idpMetadata([all.next]));
    const connections = [{ metadata: server.url, allowPrivateAddresses: true }];
    writeFileSync(join(cwd, "samlcert.json"), JSON.stringify({ connections }));
    const answers: Record<string, Response> = {};
    const texts: Record<string, string> = {};
    const result = await cli.run(service, {
      cwd,
      signal: "SIGTERM",
      interruptWhen: async (output) => {
        const lines = output[Symbol.asyncIterator]();
        const rest = { [Symbol.asyncIterator]: () => ({ next: () => lines.next() }) };
        const first = await until(rest, /need attention/);
        const [url = ""] = first.split("\n");
        for (const path of ["/metrics", "/healthz", "/", "/other"]) {
          const answer = await fetch(`${url}${path}`);
          answers[path] = answer;
          texts[path] = await answer.text();
        }
        answers["POST"] = await fetch(`${url}/metrics`, { method: "POST" });
        server.answer = idpMetadata([all.next, all.pending]);
        await until(rest, /A new key was published/);
        server.answer = 500;
        await until(rest, /does not answer/);
        const ill = await fetch(`${url}/healthz`);
        texts["later"] = await ill.text();
      },
    });
    expect(result.signal).toBeNull();
    expect(result.code).toBe(0);
    expect(result.endedAfterMs).toBeLessThan(2000);
    expect(answers["/metrics"]?.headers.get("content-type")).toContain("version=0.0.4");
    expect(texts["/metrics"]).toContain("samlcert_");
    expect(answers["/healthz"]?.status).toBe(200);
    expect(JSON.parse(texts["/healthz"] ?? "")).toMatchObject({ status: "ok", connections: 1 });
    // A connection that needs attention is no illness of the service.
    expect(JSON.parse(texts["later"] ?? "")).toMatchObject({ status: "ok", needAttention: 1 });
    expect(texts["/"]).toContain("<!doctype html>");
    expect([answers["/other"]?.status, answers["POST"]?.status]).toEqual([404, 405]);
    expect(result.stdout.match(/A new key was published/g)).toHaveLength(1);
    expect(readFileSync(join(cwd, ".samlcert/watch.json"), "utf8")).toContain("unreachable");
  });

  it("stays up while its configuration is wrong, and says so at /healthz", async () => {
    writeFileSync(join(cwd, "samlcert.json"), "{");
    let health = "";
    const result = await cli.run(service, {
      cwd,
      signal: "SIGINT",
      interruptWhen: async (output) => {
        const [url = ""] = (await until(output, /config_invalid/)).split("\n");
        const answer = await fetch(`${url}/healthz`);
        health = `${answer.status} ${await answer.text()}`;
      },
    });
    expect(health).toMatch(/^503 .*"status":"ill".*watch\.config_invalid/);
    expect(result.code).toBe(130);
  });

  it("refuses a duration or an address that it does not understand", async () => {
    expect(["90s", "30m", "2h", "1d"].map(durationOf)).toEqual([90, 1800, 7200, 86_400]);
    for (const wrong of ["", "1", "h", "0m", "1.5h", "21d", "1h30m"]) {
      expect(() => durationOf(wrong), wrong).toThrow("--every");
    }
    const address = await cli.run(["watch", "--every", "1h", "--listen", "nowhere"], { cwd });
    expect(address.code).toBe(2);
  });
});
