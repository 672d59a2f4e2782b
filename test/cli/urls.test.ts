import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { runCommand } from "../support/cli.ts";
import { signedMetadata, temporaryFolder } from "../trusted-keys/following.ts";
import { serve } from "../trusted-keys/serving.ts";
import { IDP, idpMetadata } from "../trusted-keys/sign-in.ts";

let key: TestCertificate;
let signer: TestCertificate;
beforeAll(async () => {
  [key, signer] = [await createTestCertificate(), await createTestCertificate()];
});

async function publish(text: string): Promise<string> {
  const port = await serve((_, response) => response.end(text));
  return `http://127.0.0.1:${port}/metadata?entity=1`;
}

const allow = "--allow-private-addresses";

describe("commands that take URLs", () => {
  it.each([
    ["metadata inspect", IDP],
    ["metadata validate", "no error"],
    ["check", "CN=Test IdP"],
  ])("%s reads one", async (command, says) => {
    const url = await publish(idpMetadata([key]));
    const { code, stdout } = await runCommand([...command.split(" "), url, allow]);
    expect(stdout).toContain(says);
    expect(code).toBe(0);
  });

  it.each([["metadata inspect"], ["metadata validate"], ["metadata fetch"], ["check"]])(
    "%s refuses private addresses and http, unless told otherwise",
    async (command) => {
      const url = await publish(idpMetadata([key]));
      for (const refused of [url, url.replace("http:", "https:"), "http://idp.example.com/"]) {
        const { code, stderr } = await runCommand([...command.split(" "), refused]);
        expect(code).not.toBe(0);
        expect(stderr).toMatch(/provider\.(?:metadata_url|address_refused)/);
      }
    },
  );

  it("metadata diff compares a file with a URL, and metadata extract takes an entity of one", async () => {
    const url = await publish(idpMetadata([key]));
    const file = join(temporaryFolder(), "idp.xml");
    writeFileSync(file, idpMetadata([key]));
    const diff = await runCommand(["metadata", "diff", file, url, allow]);
    expect(diff).toMatchObject({ code: 0, stdout: "No change in meaning.\n" });
    const extract = ["metadata", "extract", "--entity-id", IDP, url, allow];
    expect((await runCommand(extract)).stdout).toContain(IDP);
  });

  it("metadata verify verifies one", async () => {
    const url = await publish(signedMetadata(idpMetadata([key]), signer));
    const trust = join(temporaryFolder(), "signer.pem");
    writeFileSync(trust, signer.pem);
    const { code, stdout } = await runCommand(["metadata", "verify", "--trust", trust, url, allow]);
    expect([code, stdout.includes("signed by a trusted key")]).toEqual([0, true]);
  });
});

describe("a URL that fails among other inputs", () => {
  const failing = ["http://127.0.0.1:1/metadata", "https://127.0.0.1/metadata", "https://[/"];

  it.each([
    ["check", /: can be used/g],
    ["metadata validate", /: no error/g],
    ["metadata inspect", /^https.*idp.*$/gm],
  ])("is reported by %s beside them", async (command, says) => {
    const url = await publish(idpMetadata([key]));
    const argv = [...command.split(" "), url, ...failing, "no-such-file.xml", url, allow];
    const { code, stdout, stderr } = await runCommand(argv);
    expect(code).toBe(3);
    expect(stdout.match(says)).toHaveLength(2);
    for (const input of ["127.0.0.1:1", "https://127.0.0.1/", "https://[/", "no-such-file.xml"]) {
      expect(stderr).toContain(input);
    }
    const json = await runCommand([...argv, "--json"]);
    expect(json.code).toBe(3);
    const { reports, entities = reports } = JSON.parse(json.stdout);
    const good = entities.filter((one: { error?: object }) => one.error === undefined);
    expect(good).toHaveLength(2);
  });

  it("ends with its own exit code if it is the only input", async () => {
    for (const command of ["check", "metadata validate", "metadata inspect"]) {
      const { code, stderr } = await runCommand([...command.split(" "), failing[0]!, allow]);
      expect(code).toBe(5);
      expect(stderr).toContain("127.0.0.1");
    }
  });
});

describe("metadata fetch", () => {
  it("writes the document unchanged, and says what it is", async () => {
    const text = `<?xml version="1.0"?>\r\n${idpMetadata([key])}`;
    const url = await publish(text);
    const output = join(temporaryFolder(), "idp.xml");
    const { code, stdout, stderr } = await runCommand([
      "metadata",
      "fetch",
      url,
      "-o",
      output,
      allow,
    ]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(readFileSync(output, "utf8")).toBe(text);
    expect(stderr).toContain(`1 entity: ${IDP}; the signature was not verified`);
  });

  it("writes nothing that no trusted key has signed", async () => {
    const folder = temporaryFolder();
    const [trust, output] = [join(folder, "signer.pem"), join(folder, "idp.xml")];
    writeFileSync(trust, signer.pem);
    const argv = (url: string) => ["metadata", "fetch", "--trust", trust, url, "-o", output, allow];
    const unsigned = await runCommand(argv(await publish(idpMetadata([key]))));
    expect(unsigned.code).not.toBe(0);
    expect(() => readFileSync(output)).toThrow("ENOENT");
    const signed = await runCommand(
      argv(await publish(signedMetadata(idpMetadata([key]), signer))),
    );
    expect([signed.code, signed.stderr.includes("signed by a trusted key")]).toEqual([0, true]);
    expect(readFileSync(output, "utf8")).toContain("Signature");
  });

  it("writes nothing that is no metadata, and takes URLs only", async () => {
    const url = await publish("<html/>");
    expect((await runCommand(["metadata", "fetch", url, allow])).stdout).toBe("");
    expect((await runCommand(["metadata", "fetch", "idp.xml"])).code).toBe(2);
  });

  it("describes the document as JSON", async () => {
    const url = await publish(idpMetadata([key]));
    const { stdout } = await runCommand(["metadata", "fetch", url, allow, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      format: "samlcert/metadata-fetch/v1",
      url,
      entities: 1,
      entityIds: [IDP],
      verified: false,
    });
  });
});
