/** A response body was larger than the caller allows. */
export class TooLarge extends Error {}

/**
 * Drops the rest of a body. Not awaited: the branch of a cloned response is only done when the other
 * branch is.
 */
export function discard(body: { cancel(): Promise<void> } | null): void {
  body?.cancel().catch(() => undefined);
}

/**
 * The bytes of a response body, read no further than the limit, which counts decompressed bytes: a
 * small compressed body can grow without bound.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const stated = Number(response.headers.get("content-length") ?? 0);
  if (stated > maxBytes && response.headers.get("content-encoding") === null) {
    discard(response.body);
    throw new TooLarge();
  }
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      discard(reader);
      throw new TooLarge();
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}
