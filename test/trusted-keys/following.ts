import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Hex } from "../../src/core/digest.ts";
import { signMetadata } from "../../src/signature/index.ts";
import type { TestCertificate } from "../../src/testing/index.ts";
import {
  createTrustedKeys,
  type MetadataSourceOptions,
  type TrustedKeys,
  type TrustedKeysEvent,
  type TrustedKeysOptions,
} from "../../src/trusted-keys/index.ts";
import { cleanUp, serve } from "./serving.ts";
import { IDP } from "./sign-in.ts";

const etagOf = (text: string): string => `"${sha256Hex(new TextEncoder().encode(text))}"`;

export interface Started {
  /** A number is a status, a text a document. */
  readonly server: {
    answer: string | number;
    requests: number;
    conditional: number;
    headers: Record<string, string>;
  };
  readonly keys: TrustedKeys;
  readonly events: TrustedKeysEvent[];
  readonly time: { ms: number };
}

/** A metadata server whose answer a test changes, and the keys that follow it. */
export async function start(
  first: string | number,
  options: Partial<TrustedKeysOptions> = {},
  headers: Record<string, string> = {},
  from: MetadataSourceOptions = {},
): Promise<Started> {
  const server = { answer: first, requests: 0, conditional: 0, headers };
  const port = await serve((request, response) => {
    server.requests += 1;
    const { answer } = server;
    if (typeof answer === "number") response.writeHead(answer).end("<oops>");
    else if (request.headers["if-none-match"] === etagOf(answer)) {
      server.conditional += 1;
      response.writeHead(304).end();
    } else response.writeHead(200, { etag: etagOf(answer), ...server.headers }).end(answer);
  });
  const events: TrustedKeysEvent[] = [];
  const time = { ms: Date.now() };
  const url = `http://127.0.0.1:${port}/`;
  const keys = createTrustedKeys({
    source: { url, allowPrivateAddresses: true, timeoutMs: 2000, ...from },
    entityId: IDP,
    clock: () => new Date(time.ms),
    onEvent: (event) => void events.push(event),
    ...options,
  });
  cleanUp.push(() => keys[Symbol.asyncDispose]());
  return { server, keys, events, time };
}

export function fingerprints(keys: TrustedKeys): readonly string[] {
  return keys.current().certificates.map(({ fingerprint }) => fingerprint.sha256);
}

export const sha256 = ({ certificate }: TestCertificate): string => certificate.fingerprint.sha256;

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-keys-"));
  cleanUp.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Signs metadata that is valid until a date. */
export function signedMetadata(
  xml: string,
  { privateKeyPem, pem }: TestCertificate,
  until = "2999-01-01T00:00:00Z",
): string {
  const dated = xml.replace("entityID=", `ID="_1" validUntil="${until}" entityID=`);
  return signMetadata(dated, { privateKey: privateKeyPem, certificate: pem });
}
