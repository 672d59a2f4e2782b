import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { withUrls } from "../input/urls.ts";
import { lookOnce } from "./look.ts";
import { print, writeFiles } from "./outputs.ts";

/** Runs once, or as a service. */
export async function runWatch(invocation: Invocation, host: Io): Promise<ExitCode> {
  const io = withUrls(invocation, host);
  if (invocation.value("every") !== undefined) {
    const { serveWatch } = await import("./service.ts");
    return await serveWatch(invocation, io);
  }
  return await lookOnce(invocation, io, async (run) => {
    print(run, invocation, io);
    await writeFiles(run, invocation, io);
    return run.statuses.some(({ actionNeeded }) => actionNeeded) ? EXIT.findings : EXIT.ok;
  });
}
