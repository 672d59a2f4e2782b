import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { github, junit, sarif } from "../../../src/watch/index.ts";
import { requireProgram } from "../../support/require.ts";
import { everyState, NOW, statusOf } from "../support/statuses.ts";

const urgent = everyState().filter(({ actionNeeded }) => actionNeeded).length;

describe("junit", () => {
  const text = junit(everyState(), { now: NOW });
  const xmllint = requireProgram("xmllint");

  test.skipIf(xmllint.missing)(`matches the schema that Jenkins reads${xmllint.note}`, () => {
    const schema = join(import.meta.dirname, "../../support/schemas/junit.xsd");
    const { stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--schema", schema, "-"], {
      input: text,
      encoding: "utf8",
    });
    expect(stderr.trim()).toBe("- validates");
  });

  test("has one case a connection, and counts failures and errors apart", () => {
    expect(text.match(/<testcase /g)).toHaveLength(everyState().length);
    expect(text.match(/<failure /g)).toHaveLength(urgent - 2);
    expect(text.match(/<error /g)).toHaveLength(2);
    expect(text).toContain(`tests="15" failures="${urgent - 2}" errors="2"`);
  });

  test("names the next step and the source", () => {
    const one = junit([statusOf({ state: "down", next: { who: "you", step: "Do <this>." } })], {
      now: NOW,
    });
    expect(one).toContain('type="down" message="No certificate is valid"');
    expect(one).toContain("Next step, for you: Do &lt;this&gt;.");
  });
});

interface Placed {
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
}

describe("sarif", () => {
  const log = JSON.parse(sarif(everyState(), { version: "1.2.3" }));
  const [run] = log.runs;

  test("matches the schema of OASIS", () => {
    const path = createRequire(import.meta.url).resolve(
      "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
    );
    // Ajv knows no draft-04, of which the schema uses nothing that later drafts changed.
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(path, "utf8"));
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      unicodeRegExp: false,
    }).compile(schema);
    validate(log);
    expect(validate.errors).toBeNull();
  });

  test("has a result for each connection that needs attention, with a rule of the driver", () => {
    expect(run.results).toHaveLength(urgent);
    const rules = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { ruleId } of run.results) expect(rules).toContain(ruleId);
    expect(run.tool.driver.version).toBe("1.2.3");
  });

  test("places a result in the file, or at the address", () => {
    const uris = (run.results as Placed[]).map(
      ({ locations: [first] }) => first?.physicalLocation.artifactLocation.uri,
    );
    expect(uris).toContain("certs/vendor-portal.pem");
    expect(uris).toContain("sendgrid%2053fe8dfb");
  });

  test("keeps the fingerprint of a finding from log to log", () => {
    const prints = (days: number) =>
      JSON.parse(sarif([statusOf({ state: "expiring", daysLeft: days })])).runs[0].results[0]
        .partialFingerprints;
    expect(prints(12)).toEqual(prints(11));
  });
});

describe("github", () => {
  test("writes one workflow command a line, beside the file where there is one", () => {
    const lines = github(everyState()).trimEnd().split("\n");
    expect(lines).toHaveLength(urgent);
    expect(lines).toContain(
      "::error file=certs/vendor-portal.pem,line=1,title=vendor-portal.pem%3A unreadable::The source has no certificate or metadata.%0ANext step, for you: Check the file.%0AThere is no certificate in the input. (input.empty)",
    );
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::[^:]/);
  });

  test("cannot be made to write a second command", () => {
    const text = github([statusOf({ name: "a\n::error::b,c%0A", state: "down" })]);
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    expect(text).toContain("title=a\uFFFD%3A%3Aerror%3A%3Ab%2Cc%250A%3A down::");
  });

  test("writes nothing if all is in order", () => {
    expect(github([statusOf()])).toBe("");
  });
});
