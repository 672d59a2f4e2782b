import { inflateRawSync } from "node:zlib";
import { namespaces, SAML2_PROTOCOL } from "../../core/uris.ts";
import { attributeOf, childOf, isNamed } from "../../xml/element.ts";
import { readXmlTree } from "../../xml/tree.ts";
import type { FakeRequest } from "../faults.ts";

/** An AuthnRequest (SAML Core, 3.4.1). */
export interface AuthnRequest {
  readonly id: string;
  /** The entityID of the service provider. */
  readonly issuer: string;
  readonly acsUrl: string | undefined;
  readonly relayState: string | undefined;
}

/** An AuthnRequest is shorter; inflated, it must not fill the memory. */
const MOST_BYTES = 256 * 1024;

/** Reads the AuthnRequest of a request at either binding; undefined if there is none that can be read. */
export function authnRequestOf({ method, query, body }: FakeRequest): AuthnRequest | undefined {
  const fields = method === "GET" ? query : (Object(body) as Readonly<Record<string, string>>);
  const encoded = Buffer.from(String(fields["SAMLRequest"] ?? ""), "base64");
  try {
    // SAML Bindings, 3.4.4.1: DEFLATE at the redirect binding only.
    const xml =
      method === "GET" ? inflateRawSync(encoded, { maxOutputLength: MOST_BYTES }) : encoded;
    const { root } = readXmlTree(new Uint8Array(xml));
    const id = attributeOf(root, "ID");
    const issuer = childOf(root, namespaces.saml, "Issuer")?.text.trim();
    if (!isNamed(root, SAML2_PROTOCOL, "AuthnRequest") || !id || !issuer) return undefined;
    const acsUrl = attributeOf(root, "AssertionConsumerServiceURL");
    return { id, issuer, acsUrl, relayState: fields["RelayState"] };
  } catch {
    return undefined;
  }
}
