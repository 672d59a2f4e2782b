import { createHmac } from "node:crypto";
import { fromCleanBase64 } from "../../../core/bytes.ts";

/** A key of fewer bytes is easier to guess than the hash allows (Standard Webhooks). */
const SHORTEST_KEY = 24;

/** The key of a secret such as `whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`; undefined if it is none. */
export function webhookKey(secret: string): Uint8Array | undefined {
  const [, base64 = ""] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim()) ?? [];
  const key = base64 === "" ? undefined : fromCleanBase64(base64);
  return key !== undefined && key.length >= SHORTEST_KEY ? key : undefined;
}

/**
 * The headers that identify and sign a request (Standard Webhooks 1.0): an HMAC-SHA-256 over the
 * identifier, the time and the body, so that none of them can be exchanged.
 */
export function signedHeaders(
  id: string,
  at: number,
  body: string,
  key: Uint8Array | undefined,
): Readonly<Record<string, string>> {
  const named = { "webhook-id": id, "webhook-timestamp": String(at) };
  if (key === undefined) return named;
  const mac = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { ...named, "webhook-signature": `v1,${mac}` };
}
