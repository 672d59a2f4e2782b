import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import {
  createMetadataSource,
  type MetadataSource,
  type MetadataSourceOptions,
} from "../../src/trusted-keys/index.ts";

/** The metadata of an identity provider. */
export function metadata(entityId = "https://idp.example.com"): string {
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>`;
}

/** Work to do after each test. */
export const cleanUp: (() => unknown)[] = [];
afterEach(() => {
  for (const one of cleanUp.splice(0)) one();
});

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The port of a server that is closed after the test. */
export async function serve(
  handler: Handler,
  tls?: { key: Buffer; cert: Buffer },
): Promise<number> {
  const server = tls === undefined ? createServer(handler) : createTlsServer(tls, handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A source whose URL the handler answers. */
export async function local(
  handler: Handler,
  options: MetadataSourceOptions = {},
): Promise<MetadataSource> {
  const port = await serve(handler);
  const url = `http://127.0.0.1:${port}/metadata`;
  return createMetadataSource({ url, allowPrivateAddresses: true, ...options });
}
