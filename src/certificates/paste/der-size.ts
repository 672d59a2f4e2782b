/** How many bytes the DER element that begins so has, by its own length; 0 where none begins. */
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
