import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Certificate } from "../../../src/certificates/index.ts";
import {
  type ConnectionStatus,
  openWatchState,
  type WatchSource,
  watch,
} from "../../../src/watch/index.ts";
import { cleanUp, serve } from "../../trusted-keys/serving.ts";

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "samlcert-watch-"));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface EntityFacts {
  readonly entityId?: string;
  readonly location?: string;
  readonly name?: string;
  readonly validUntil?: string;
}

/** The metadata of an identity provider with these signing certificates. */
export function idpMetadata(
  certificates: readonly Certificate[],
  {
    entityId = "https://idp.example.com",
    location = `${entityId}/sso`,
    ...facts
  }: EntityFacts = {},
): string {
  const keys = certificates.map(
    ({ derBase64 }) =>
      `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${derBase64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
  );
  const until = facts.validUntil === undefined ? "" : ` validUntil="${facts.validUntil}"`;
  const ui =
    facts.name === undefined
      ? ""
      : `<Extensions><UIInfo xmlns="urn:oasis:names:tc:SAML:metadata:ui"><DisplayName xml:lang="en">${facts.name}</DisplayName></UIInfo></Extensions>`;
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"${until}><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${ui}${keys.join("")}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${location}"/></IDPSSODescriptor></EntityDescriptor>`;
}

export function aggregate(entities: readonly string[]): string {
  return `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" Name="federation">${entities.join("")}</EntitiesDescriptor>`;
}

/** A server whose answer a test changes: a number is a status, a text a document. */
export interface ChangingServer {
  answer: string | number;
  requests: number;
  url: string;
}

export async function changingServer(first: string | number): Promise<ChangingServer> {
  const server: ChangingServer = { answer: first, requests: 0, url: "" };
  const port = await serve((_, response) => {
    server.requests += 1;
    const { answer } = server;
    if (typeof answer === "number") response.writeHead(answer).end("<oops>");
    else response.writeHead(200).end(answer);
  });
  server.url = `http://127.0.0.1:${port}/metadata`;
  return server;
}

/** One run without a state. */
export async function look(
  sources: readonly WatchSource[],
  now: number,
): Promise<ConnectionStatus[]> {
  const found: ConnectionStatus[] = [];
  for await (const status of watch(sources, { now })) found.push(status);
  return found;
}

/** One run of cron: looks, tells, and says so, unless it is killed before. */
export async function cronRun(
  path: string,
  sources: readonly WatchSource[],
  now: number,
  killed?: "before telling",
): Promise<ConnectionStatus[]> {
  const state = await openWatchState(path);
  try {
    const found: ConnectionStatus[] = [];
    for await (const status of watch(sources, { now, state })) found.push(status);
    if (killed === undefined) await state.told();
    return found;
  } finally {
    await state[Symbol.asyncDispose]();
  }
}

export const eventTypes = (statuses: readonly ConnectionStatus[]): readonly string[] =>
  statuses.flatMap(({ events }) => events.map(({ type }) => type));
