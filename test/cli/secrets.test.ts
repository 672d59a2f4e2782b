import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import type { Command } from "../../src/cli/framework/command.ts";
import { type CommandResult, inFolder, runCommand } from "../support/cli.ts";

const SECRET = "SG.s3cret-of-this-test.0123456789abcdefABCDEF";

const VARIABLES = [
  "SENDGRID_API_KEY",
  "KEYCARD_CLIENT_SECRET",
  "KEYCARD_SSO_CLIENT_SECRET",
  "KEYCARD_TOKEN",
  "PANDASTACK_TOKEN",
];

/** Servers that repeat what they were sent, in every place that an answer has. */
const ECHOES: readonly RequestListener[] = [401, 200, 400, 302].map(
  (status) => (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const said = `${request.headers.authorization} ${Buffer.concat(chunks).toString()}`;
      const message = said.replaceAll(/[^ -~]/g, " ");
      response
        .writeHead(status, { "x-request-id": message.slice(0, 80), location: "/elsewhere" })
        .end(JSON.stringify({ errors: [{ message, field: message }], message, error: message }));
    });
  },
);

async function against<T>(
  listener: RequestListener,
  body: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function expectSilent({ stdout, stderr }: CommandResult, line: string): void {
  for (const part of [SECRET, SECRET.slice(3, 20), Buffer.from(SECRET).toString("base64")]) {
    expect(stdout + stderr, line).not.toContain(part);
  }
}

const asking = commands.filter(({ options }) =>
  options?.some((option) => option.name === "base-url"),
);

/** The first example of a command, with the file of the secret where it takes one. */
function lineOf(command: Command, url: string): readonly string[] {
  const words = (command.examples[0]?.command ?? "").split(" ").slice(1);
  const yes = command.options?.some(({ name }) => name === "yes") === true ? ["--yes"] : [];
  return [...words.map((word) => word.replace(/^UR[LI]$/, url)), ...yes, "--base-url", url];
}

describe("secrets", () => {
  test.each(asking.map((command) => [command.name, command] as const))(
    "samlcert %s prints no secret from the environment or a file, in text or JSON",
    async (_, command) => {
      const env = Object.fromEntries(VARIABLES.map((name) => [name, SECRET]));
      await inFolder(async (cwd) => {
        for (const name of ["FILE", "key.txt"]) writeFileSync(join(cwd, name), `${SECRET}\n`);
        writeFileSync(join(cwd, "sso.json"), JSON.stringify({ client_secret: SECRET }));
        for (const listener of ECHOES) {
          await against(listener, async (url) => {
            const line = lineOf(command, url);
            const file = command.options?.find(({ name }) =>
              /^(?:api-key|token|secret)-file$/.test(name),
            );
            for (const argv of [
              line,
              [...line, "--json"],
              [...line, `--${file?.name}`, "key.txt"],
            ]) {
              expectSilent(await runCommand(argv, { cwd, env }), argv.join(" "));
            }
          });
        }
      });
    },
  );

  test.each([
    ["--api-key-file", SECRET],
    [`--api-key-file=${SECRET}`],
    ["--api-key", SECRET],
    [`--api-key=${SECRET}`],
    [SECRET],
    ["--json", SECRET],
    ["--region", "eu", `--json=${SECRET}`],
  ])("no command repeats a secret in the wrong place of the command line: %#", async (...words) => {
    for (const command of [["sendgrid", "integrations", "list"], ["check"], []]) {
      const result = await runCommand([...command, ...words]);
      expect(result.code).not.toBe(0);
      expectSilent(result, words.join(" "));
    }
  });

  test("no command repeats a private key instead of a file name, an option or a command", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const base64 = pem.split("\n")[1] ?? "";
    const line = ["metadata", "sign", "none.xml", "--certificate", "none.pem"];
    for (const word of [pem, base64, pem.trim(), ` ${pem}`]) {
      for (const argv of [
        [word],
        ["check", "--", word],
        ["check", "none.pem", "--", word],
        ["inspect", "--json", "--", word],
        ["metadata", "validate", "--", word],
        ["metadata", word],
        ["check", `--policy=${word}`, "none.pem"],
        [...line, `--key=${word}`],
      ]) {
        for (const isTTY of [false, true]) {
          const { code, stdout, stderr } = await runCommand(argv, { isTTY });
          expect(code).not.toBe(0);
          expect(stdout + stderr, argv.join(" ")).not.toContain(base64.slice(0, 30));
        }
      }
    }
  });

  test("no command repeats a key in another form instead of a file name or a value", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = privateKey.export({ format: "jwk" });
    const d = jwk.d ?? "";
    const hex = Buffer.from(d, "base64url").toString("hex");
    const forms = [
      JSON.stringify(jwk),
      `{"d": "${d}"}`,
      `"d":"${d}"`,
      d,
      hex,
      `<D>${d}</D>`,
      `x\n${hex}`,
    ];
    for (const word of forms) {
      for (const argv of [
        ["inspect", "--", word],
        ["check", "--", word, "none.pem"],
        ["check", `--policy=${word}`, "none.pem"],
        ["metadata", "inspect", "--", word],
        ["explain", "--", word],
        ["schema", "--", word],
        ["completion", "--", word],
        ["fake", "sendgrid", `--port=${word}`],
        ["fake", "sendgrid", `--quirk=${word}`],
        ["rotate", "status", `--expiring-days=${word}`],
        ["rotate", "plan", "--integration", "1", "--certificate", "none.pem", `--overlap=${word}`],
        [word],
      ]) {
        const env = { SENDGRID_API_KEY: SECRET };
        const { code, stdout, stderr } = await runCommand(argv, { env });
        const line = argv.join(" ");
        expect(code, line).not.toBe(0);
        expect(stdout + stderr, line).not.toContain(d.slice(0, 12));
        expect(stdout + stderr, line).not.toContain(hex.slice(0, 12));
      }
    }
  });

  test("no option takes a secret itself", () => {
    for (const { name, options = [] } of commands) {
      for (const option of options) {
        if (!/secret|token|api-key|password/.test(option.name)) continue;
        expect(option.value, `${name} --${option.name}`).toBe("FILE");
      }
    }
  });
});
