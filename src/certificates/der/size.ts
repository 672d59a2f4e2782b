/** True for a SEQUENCE of more than 127 bytes, or of the size of the input: no text begins so. */
export function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0, next = 0] = bytes;
  // DER that was stored as text: two bytes of UTF-8 for one, or three for one that was lost.
  const isUtf8 = (length === 0xc2 || length === 0xef) && next >= 0x80;
  return tag === 0x30 && !isUtf8 && (length >= 0x80 || length === bytes.length - 2);
}

/** The size in bytes of the DER element that begins so, by its own length; 0 if none begins. */
export function derSize(bytes: ArrayLike<number>): number {
  const first = bytes[1] ?? 0;
  if (bytes[0] !== 0x30) return 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 3) return 0;
  let size = 0;
  for (let i = 2; i < 2 + count; i++) size = size * 256 + (bytes[i] ?? 0);
  return 2 + count + size;
}
