#!/usr/bin/env node
import { EXIT } from "./framework/exit.ts";
import { endInterrupted, processHost } from "./framework/process.ts";
import { run } from "./run.ts";

const host = processHost();

run(process.argv.slice(2), host).then(
  (code) => {
    // Ends here, although the command may still wait for something.
    if (host.signal.aborted) endInterrupted(code);
    process.exitCode = code;
    // Standard input may still be open and would keep the process alive.
    process.stdin.unref?.();
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Internal error in samlcert: ${message}\n` +
        "Please report it with the command, but without any key or certificate.\n",
    );
    if (process.env["SAMLCERT_DEBUG"] === "1" && error instanceof Error) {
      process.stderr.write(`${error.stack ?? ""}\n`);
    }
    process.exitCode = EXIT.internal;
  },
);
