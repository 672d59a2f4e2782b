import { createPrivateKey } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/framework/exit.ts";
import { makeSigner } from "../../metadata/support/signing.ts";
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

  test("signs with RSA-PSS, and verify accepts it with both signers in one file", async () => {
    await withFiles(async (cwd) => {
      const signer = makeSigner("rsa");
      writeFileSync(join(cwd, "now.key"), signer.privateKey);
      writeFileSync(join(cwd, "now.pem"), signer.certificate);
      const sign = ["metadata", "sign", "--key", "now.key", "--certificate", "now.pem", "old.xml"];
      const signed = await runCommand([...sign, "--padding", "pss", "-o", "signed.xml"], { cwd });
      expect([signed.code, signed.stderr]).toEqual([EXIT.ok, ""]);
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
