import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request as forward, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import type { Command } from "../../src/cli/framework/command.ts";
import { EXIT } from "../../src/cli/framework/exit.ts";
import { createTestCertificate, startFakeSendGrid } from "../../src/testing/index.ts";
import { type BuiltCli, buildCli, type ProcessResult } from "../support/built-cli.ts";
import { inFolder } from "../support/cli.ts";

const ENV = {
  SENDGRID_API_KEY: "SG.test",
  KEYCARD_CLIENT_ID: "id",
  KEYCARD_CLIENT_SECRET: "s",
  PANDASTACK_TOKEN: "psk_test",
};

let cli: BuiltCli;
let pem: string;
beforeAll(async () => {
  cli = await buildCli();
  pem = (await createTestCertificate()).pem;
});
afterAll(() => cli.remove());

type Listener = (...exchange: [...Parameters<RequestListener>, seen: () => void]) => void;

/** A server whose answer is made by the listener; `asked` resolves when that says that it has seen. */
async function serving<T>(
  listener: Listener,
  body: (url: string, asked: Promise<void>) => Promise<T>,
): Promise<T> {
  let seen = (): void => {};
  const asked = new Promise<void>((resolve) => {
    seen = resolve;
  });
  const server = createServer((request, response) => {
    listener(request, response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const silent: Listener = (_request, _response, seen) => seen();

const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

/** It left in order: with the right code and its words, and not because time ran out. */
function expectLeft(result: ProcessResult, said: RegExp, code: number = EXIT.interrupted): void {
  expect(flat(result.stderr)).toMatch(said);
  expect(result.code).toBe(code);
  expect(result.stdout + result.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
}

/**
 * Sends Ctrl-C later and later, until the program has come to where it says this: from outside nothing
 * shows when that is, and a busy machine may take long. Wherever it was, it left in order.
 */
async function leavesSaying(
  said: RegExp,
  interrupted: (patienceMs: number) => Promise<ProcessResult>,
): Promise<void> {
  for (const patienceMs of [500, 2000, 8000, 32_000]) {
    const result = await interrupted(patienceMs);
    expect(result.stdout).toBe("");
    if (said.test(flat(result.stderr))) return expectLeft(result, said);
    expectLeft(result, /^(Interrupted.*)?$/);
  }
  expect.fail(`It never said ${said}.`);
}

/** Writes what the examples of the help name, so that they can be run. */
function writeExampleFiles(folder: string): void {
  for (const name of ["next.pem", "idp.pem"]) writeFileSync(join(folder, name), pem);
  writeFileSync(join(folder, "FILE"), "a secret");
  writeFileSync(join(folder, "sso.json"), "{}");
}

/** The first example of each command that asks a provider, as what follows `samlcert`. */
function examplesOf(command: Command): readonly string[] {
  const [example] = command.examples;
  const words = (example?.command ?? "").split(" ").slice(1);
  const question = command.options?.some(({ name }) => name === "yes") === true ? ["--yes"] : [];
  return [...words.map((word) => word.replace(/^UR[LI]$/, "https://a.example")), ...question];
}

const NEEDS_MORE = new Set(["rotate resume", "rotate retire", "rotate rollback", "rotate apply"]);
const asking = commands.filter(
  ({ name, options }) =>
    !NEEDS_MORE.has(name) && options?.some((option) => option.name === "base-url"),
);

/** All that {@link leavesSaying} may wait. */
vi.setConfig({ testTimeout: 180_000 });

describe("Ctrl-C while a provider does not answer", () => {
  test.each(asking.map((command) => [command.name, command] as const))(
    "Ctrl-C ends samlcert %s during a request",
    async (_, command) => {
      await inFolder(async (cwd) => {
        writeExampleFiles(cwd);
        const result = await serving(silent, (url, asked) =>
          cli.run([...examplesOf(command), "--base-url", url], {
            cwd,
            env: ENV,
            interruptWhen: () => asked,
          }),
        );
        expect(result.stdout).toBe("");
        expectLeft(
          result,
          /^Interrupted while waiting for \w+ \(.+\)\. (?:Nothing was changed|\w+ may or may not have done .+: check the stored state before you repeat it)\.\n?/,
        );
      });
    },
  );

  test("Ctrl-C ends a wait for the rate limit", async () => {
    const busy: Listener = (_, response, seen) => {
      response.writeHead(429, { "retry-after": "20" }).end(seen);
    };
    await leavesSaying(
      /^Interrupted while waiting 20 s before the next attempt at SendGrid/,
      (patienceMs) =>
        serving(busy, (url, asked) =>
          cli.run(["watch", "sendgrid", "--no-state", "--base-url", url], {
            env: ENV,
            interruptWhen: () => asked.then(() => pause(patienceMs / 2)),
          }),
        ),
    );
  });

  test("SIGTERM ends a command with 143", async () => {
    const result = await serving(silent, (url, asked) =>
      cli.run(["watch", "sendgrid", "--no-state", "--base-url", url], {
        env: ENV,
        interruptWhen: () => asked,
        signal: "SIGTERM",
      }),
    );
    expectLeft(result, /^Interrupted/, EXIT.terminated);
  });
});

describe("Ctrl-C during a wait for standard input", () => {
  const waiting = /^Interrupted while waiting for standard input\. Nothing was changed\./;
  // A document that is read in one go leaves Ctrl-C to the system from then on.
  const silence = /^$/;

  test.each([
    ["check -", waiting],
    ["inspect -", waiting],
    ["metadata inspect -", waiting],
    ["metadata validate -", waiting],
    ["metadata diff idp.pem -", silence],
    ["metadata verify --trust idp.pem -", waiting],
    ["metadata extract --entity-id a -", waiting],
    ["metadata sp --integration -", waiting],
    ["metadata idp --integration -", waiting],
    ["pandastack create ORGANIZATION -", waiting],
    ["sendgrid certificates create INTEGRATION -", waiting],
    ["rotate apply - --integration 1", waiting],
  ])("Ctrl-C ends samlcert %s while it waits", async (line, said) => {
    await inFolder(async (cwd) => {
      writeExampleFiles(cwd);
      const options = { cwd, env: ENV };
      await leavesSaying(said, (patienceMs) =>
        cli.run(line.split(" "), { ...options, interruptWhen: () => pause(patienceMs) }),
      );
    });
  });
});

test("Ctrl-C ends a long parse at once", async () => {
  await inFolder(async (cwd) => {
    const one = '<md:EntityDescriptor entityID="https://a.example"></md:EntityDescriptor>';
    const head = '<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">';
    writeFileSync(
      join(cwd, "large.xml"),
      `${head}${one.repeat(Math.floor(31_000_000 / one.length))}</md:EntitiesDescriptor>`,
    );
    // So many that no machine is done when the signal comes.
    const files = Array.from({ length: 60 }, () => "large.xml");
    const result = await cli.run(["metadata", "validate", ...files], {
      cwd,
      interruptWhen: () => pause(900),
    });
    expectLeft(result, /^(Interrupted|$)/);
    expect(result.stdout).toBe("");
  });
});

test("Ctrl-C right after a document was read ends the command", async () => {
  await inFolder(async (cwd) => {
    const document = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>';
    writeFileSync(join(cwd, "a.xml"), document);
    const result = await cli.run(["metadata", "validate", "a.xml"], {
      cwd,
      before: `
        const join = Buffer.concat;
        Buffer.concat = (parts, length) => {
          const whole = join(parts, length);
          if (whole.length === ${document.length}) process.kill(process.pid, "SIGINT");
          return whole;
        };`,
    });
    expectLeft(result, /^Interrupted while reading a\.xml\. Nothing was changed\./);
    expect(result.stdout).toBe("");
  });
});

test("Ctrl-C ends a check of many files, one of which never ends", async () => {
  await inFolder(async (cwd) => {
    for (let file = 0; file < 200; file++) writeFileSync(join(cwd, `${file}.pem`), pem);
    // Without a writer a thread of the program blocks in `open`, which no exit can end.
    spawnSync("mkfifo", [join(cwd, "z.pipe")]);
    await leavesSaying(
      /^Interrupted while reading z\.pipe \(200 of 201 files done\)\. Nothing was changed\./,
      (patienceMs) =>
        cli.run(["check", "*.pem", "z.pipe"], { cwd, interruptWhen: () => pause(patienceMs * 2) }),
    );
  });
});

describe("Ctrl-C in a rotation", () => {
  test("Ctrl-C leaves a journal that rotate resume continues, and prints the command", async () => {
    await using fake = await startFakeSendGrid({ apiKey: ENV.SENDGRID_API_KEY });
    const { id } = fake.addIntegration();
    fake.addCertificate({ integration_id: id, public_certificate: pem });
    const target = new URL(fake.url);
    // Hands everything on, but never answers a write.
    const swallowing: Listener = (incoming, response, seen) => {
      const { method, url: path, headers } = incoming;
      const onward = forward(
        { host: target.hostname, port: target.port, method, path, headers },
        (answer) => {
          if (method !== "GET") return seen();
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      incoming.pipe(onward);
    };
    await inFolder(async (cwd) => {
      const next = await createTestCertificate({ subject: { CN: "next" } });
      writeFileSync(join(cwd, "next.pem"), next.pem);
      const argv = ["--integration", String(id)];
      const result = await serving(swallowing, (url, asked) =>
        cli.run(["rotate", ...argv, "--certificate", "next.pem", "--base-url", url], {
          cwd,
          env: ENV,
          interruptWhen: () => asked,
        }),
      );
      expectLeft(result, /Continue with: samlcert rotate resume .*The journal is/);
      const folder = join(cwd, ".samlcert", "sendgrid", String(id));
      const [journal = ""] = readdirSync(folder);
      expect(readFileSync(join(folder, journal), "utf8")).toMatch(/failed/);

      const resumed = await cli.run(["rotate", "resume", ...argv, "--base-url", fake.url], {
        cwd,
        env: ENV,
      });
      expect(resumed.code, resumed.stderr).toBe(EXIT.waiting);
      const posts = fake.requests.filter(({ method }) => method === "POST");
      expect(posts).toHaveLength(1);
    });
  });
});

describe("Ctrl-C and SIGTERM at a fake server", () => {
  test.each([
    ["sendgrid", "SIGINT", EXIT.interrupted],
    ["keycard", "SIGTERM", EXIT.terminated],
    ["pandastack", "SIGINT", EXIT.interrupted],
  ] as const)("fake %s closes at a signal", async (name, signal, code) => {
    const result = await cli.run(["fake", name], {
      signal,
      interruptWhen: async (output) => {
        for await (const chunk of output) {
          // A connection that is kept alive must not hold it up.
          await fetch(new TextDecoder().decode(chunk).trim()).then((answer) => answer.text());
          break;
        }
      },
    });
    expectLeft(result, /Interrupted\. The fake has forgotten everything\./, code);
  });
});
