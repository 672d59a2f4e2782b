import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { type Requirement, requireFile } from "../../support/require.ts";

/** The folder of the official OpenAPI documents. */
export const specFolder: string = process.env["SAMLCERT_SPEC"] ?? "";

function prismPath(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");
  } catch {
    return undefined;
  }
}

/**
 * Prism, and an OpenAPI document below `$SAMLCERT_SPEC`. Prism is large and not installed with the
 * other tools: `npm install --no-save @stoplight/prism-cli` brings it. Without it, the documents in
 * JSON are still held against every exchange, by `checkedFetch`.
 */
export function requirePrism(spec: string): Requirement {
  if (specFolder === "") return { missing: true, note: " [skipped: SAMLCERT_SPEC is not set]" };
  if (prismPath() === undefined) {
    return { missing: true, note: " [skipped: @stoplight/prism-cli is not installed]" };
  }
  return requireFile(`${specFolder}/${spec}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Prism {
  readonly url: string;
  /** Its output. */
  log(): string;
  close(): Promise<void>;
}

function listening(child: ChildProcess, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (log().includes("Prism is listening")) resolve();
    };
    child.stdout?.on("data", check);
    child.once("exit", () => reject(new Error(`Prism ended: ${log()}`)));
  });
}

/**
 * Prism as a mock of an OpenAPI document, or between a client and a server (`upstream`). Either way
 * it refuses every request, and as a proxy every answer, that departs from the document.
 */
export async function startPrism(spec: string, upstream?: string): Promise<Prism> {
  const port = await freePort();
  const mode = upstream === undefined ? ["mock"] : ["proxy"];
  const args = [...mode, "--errors", "--port", String(port), `${specFolder}/${spec}`];
  const all = [prismPath() ?? "", ...args, ...(upstream === undefined ? [] : [upstream])];
  const child = spawn(process.execPath, all, { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text += String(chunk);
    });
  }
  await listening(child, () => text);
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => text,
    close: () =>
      new Promise((resolve) => {
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      }),
  };
}
