import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { makeChain, makeSigner } from "../../metadata/support/signing.ts";
import { runCommand } from "../../support/cli.ts";
import { withFiles } from "./files.ts";

const passphrase = "correct horse";

describe("samlcert metadata sign", () => {
  test("reads an encrypted key with a passphrase from a file or the environment", async () => {
    await withFiles(async (cwd) => {
      const key = createPrivateKey(readFileSync(join(cwd, "now.key")));
      const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase } as const;
      writeFileSync(join(cwd, "locked.key"), key.export(options));
      writeFileSync(join(cwd, "passphrase"), `${passphrase}\n`);
      const command = [
        "metadata",
        "sign",
        "--key",
        "locked.key",
        "--certificate",
        "now.pem",
        "old.xml",
      ];
      const closed = await runCommand(command, { cwd });
      expect(closed.code).not.toBe(EXIT.ok);
      expect(closed.stderr.replace(/\s+/g, " ")).toContain(
        "locked.key: The private key is encrypted.",
      );
      expect(closed.stderr).toContain("--key-password-file");
      const file = await runCommand([...command, "--key-password-file", "passphrase"], { cwd });
      const environment = { SAMLCERT_KEY_PASSWORD: passphrase };
      const fromEnvironment = await runCommand(command, { cwd, env: environment });
      for (const { code, stdout } of [file, fromEnvironment]) {
        expect(code).toBe(EXIT.ok);
        expect(stdout).toContain("<ds:SignatureValue>");
      }
    });
  });

  test("a chain given to --trust stands for its end entity, and a note names the issuers", async () => {
    await withFiles(async (cwd) => {
      const { leaf, issuer } = makeChain();
      writeFileSync(join(cwd, "leaf.key"), leaf.privateKey);
      writeFileSync(join(cwd, "leaf.pem"), leaf.certificate);
      writeFileSync(join(cwd, "chain.pem"), issuer.certificate + leaf.certificate);
      writeFileSync(join(cwd, "issuer.pem"), issuer.certificate);
      const sign = [
        "--key",
        "leaf.key",
        "--certificate",
        "leaf.pem",
        "old.xml",
        "-o",
        "signed.xml",
      ];
      expect((await runCommand(["metadata", "sign", ...sign], { cwd })).code).toBe(EXIT.ok);
      const [, entityId = ""] =
        /entityID="([^"]*)"/.exec(readFileSync(join(cwd, "signed.xml"), "utf8")) ?? [];
      for (const command of [["verify"], ["extract", "--entity-id", entityId]]) {
        const run = async (trust: string) =>
          await runCommand(["metadata", ...command, "--trust", trust, "signed.xml"], { cwd });
        const { code, stderr } = await run("chain.pem");
        expect(code).toBe(EXIT.ok);
        expect(stderr).toMatch(
          /^note: chain\.pem: Left aside as issuers of the signing certificate: /,
        );
        expect(await run("leaf.pem")).toMatchObject({ code: EXIT.ok, stderr: "" });
        expect((await run("issuer.pem")).code).not.toBe(EXIT.ok);
      }
      const { evidenceSource } = await import("../../../src/cli/rotate/desired.ts");
      const notes: string[] = [];
      const io = {
        cwd,
        progress: { doing: () => undefined },
        stderr: { write: (text: string) => notes.push(text) },
      };
      const invocation = {
        value: (name: string) => (name === "trust" ? "chain.pem" : undefined),
        flag: () => false,
      };
      const source = await evidenceSource("old.xml", invocation as never, io as never);
      expect([source.trust, notes[0]?.startsWith("note: chain.pem: Left aside")]).toEqual([
        [leaf.certificate],
        true,
      ]);
    });
  });

  test("signs with RSA-PSS, and verify accepts it with both signers in one file", async () => {
    await withFiles(async (cwd) => {
      const signer = makeSigner("rsa");
      writeFileSync(join(cwd, "now.key"), signer.privateKey);
      writeFileSync(join(cwd, "now.pem"), signer.certificate);
      const sign = ["metadata", "sign", "--key", "now.key", "--certificate", "now.pem", "old.xml"];
      const signed = await runCommand([...sign, "--padding", "pss", "-o", "signed.xml"], { cwd });
      expect([signed.code, signed.stderr]).toEqual([EXIT.ok, "Wrote: signed.xml\n"]);
      expect(readFileSync(join(cwd, "signed.xml"), "utf8")).toContain("#sha256-rsa-MGF1");
      const both = ["next.pem", "now.pem"].map((name) => readFileSync(join(cwd, name), "utf8"));
      writeFileSync(join(cwd, "both.pem"), both.join(""));
      const verified = await runCommand(
        ["metadata", "verify", "--trust", "both.pem", "signed.xml"],
        {
          cwd,
        },
      );
      expect(verified.code).toBe(EXIT.ok);
    });
  });
});
