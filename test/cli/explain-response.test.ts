import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { outputSchemas } from "../../src/schemas/index.ts";
import {
  assertionXml,
  at,
  base64,
  responseXml,
  signedResponse,
  testKeys,
} from "../signature/response/support.ts";
import { inFolder, runCommand } from "../support/cli.ts";
import { idpMetadata } from "../trusted-keys/sign-in.ts";

let keys: Awaited<ReturnType<typeof testKeys>>;

beforeAll(async () => {
  keys = await testKeys();
});

/** Runs the command in a folder with a Response of the second key, and the certificates. */
async function explained(
  argv: readonly string[],
  xml: string = signedResponse(keys.second),
): ReturnType<typeof runCommand> {
  return await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "first.pem"), keys.first.pem);
    writeFileSync(join(cwd, "second.pem"), keys.second.pem);
    writeFileSync(join(cwd, "idp.xml"), idpMetadata([keys.first, keys.second]));
    writeFileSync(join(cwd, "response.txt"), base64(xml));
    return await runCommand(["explain-response", "--now", at(0), ...argv, "response.txt"], {
      cwd,
      isTTY: true,
      env: { NO_COLOR: "1" },
    });
  });
}

const BOTH = ["--certificate", "first.pem", "--certificate", "second.pem"];

describe("samlcert explain-response", () => {
  test("answers in the first line", async () => {
    const { stdout, code } = await explained(BOTH);
    expect(stdout.split("\n\n")[0]?.replaceAll("\n", " ")).toBe(
      "Signed by the second of your certificates (CN=second, expires 2027-05-28); the assertion is not signed.",
    );
    expect(stdout).toContain(keys.second.certificate.fingerprint.sha256);
    expect(stdout).not.toContain("ada@example.com");
    expect(code).toBe(0);
  });

  test("takes the metadata, and exits with 1 if a service provider would refuse", async () => {
    const metadata = ["--metadata", "idp.xml"];
    expect((await explained(metadata)).code).toBe(0);
    const wrong = await explained([...metadata, "--audience", "https://other.example.com"]);
    expect(wrong.stdout).toContain("response.audience");
    expect(wrong.code).toBe(1);
    const stranger = await explained(BOTH, signedResponse(keys.stranger));
    expect(stranger.stdout).toMatch(/^Signed by none of your 2 certificates, but by the one in/);
    expect(stranger.code).toBe(1);
  });

  test("prints personal data only if it is asked for", async () => {
    const { stdout } = await explained([...BOTH, "--show", "nameId"]);
    expect(stdout).toContain("ada@example.com");
  });

  test("prints a document that its schema describes", async () => {
    const { stdout } = await explained([...BOTH, "--json", "--show", "attributes"]);
    const document = JSON.parse(stdout);
    expect(
      outputSchemas["samlcert/explain-response/v1"]?.safeParse(document).error,
    ).toBeUndefined();
    expect(document.report.kind).toBe("explanation");
    expect(document.report.signatures[0].signedBy.fingerprint).toBe(
      keys.second.certificate.fingerprint.sha256,
    );
  });

  test("takes at most 80 columns on a terminal of that width", async () => {
    const xml = signedResponse(
      keys.stranger,
      ["Response"],
      responseXml(assertionXml() + assertionXml({ audience: "https://other.example.com" }, "_b")),
    );
    const { stdout } = await explained(
      [...BOTH, "-v", "--audience", "https://sp.example.com"],
      xml,
    );
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("says what is wrong with the command line and the files", async () => {
    expect((await explained(["--now", "noon"])).code).toBe(2);
    expect((await explained(["--certificate", "missing.pem"])).code).toBe(3);
    const unreadable = await explained(["--metadata", "first.pem"]);
    expect(unreadable.stderr).toContain("first.pem");
    expect(unreadable.code).toBe(3);
    const other = await explained(BOTH, "not a Response, but any other text, for quite a while");
    expect(other.stdout).toContain("response.compressed");
    expect(other.code).toBe(1);
  });
});
