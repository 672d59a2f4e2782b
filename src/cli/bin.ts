#!/usr/bin/env node
import { EXIT } from "./exit.ts";
import { processIo } from "./io.ts";
import { run } from "./run.ts";

const interruption = new AbortController();

// The first Ctrl-C lets a command leave what it does in order; the second ends it at once.
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort();
  // A command that waits for input, or for an answer that never comes, would not notice.
  setTimeout(() => process.exit(EXIT.interrupted), 2000).unref();
});
process.on("SIGTERM", () => process.exit(143));

run(process.argv.slice(2), processIo(interruption.signal)).then(
  (code) => {
    process.exitCode = code;
    // Standard input may still be open and would keep the process alive.
    process.stdin.unref?.();
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `samlcert failed in a way that it should not: ${message}\n` +
        "Please report this, with the command but without any key or certificate.\n",
    );
    if (process.env["SAMLCERT_DEBUG"] === "1" && error instanceof Error) {
      process.stderr.write(`${error.stack ?? ""}\n`);
    }
    process.exitCode = 70;
  },
);
