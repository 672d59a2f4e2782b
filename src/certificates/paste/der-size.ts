/** How many bytes the DER element that begins so has, by its own length; 0 where none begins. */
export function derSize(bytes: Uint8Array): number {
  const [tag, first = 0, ...rest] = bytes.subarray(0, 5);
  if (tag !== 0x30) return 0;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size === 0 || size > 3) return 0;
  return 2 + size + rest.slice(0, size).reduce((sum, byte) => sum * 256 + byte, 0);
}
