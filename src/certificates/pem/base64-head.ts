/** The six bits of a character of base64 or base64url; -1 for any other. */
export function sixBits(code: number): number {
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 0x2b || code === 0x2d) return 62;
  return code === 0x2f || code === 0x5f ? 63 : -1;
}

/**
 * The first bytes of a run of base64, over the white space in it. It is asked at
 * every word of a text, so that it makes nothing but what it gives.
 */
export function base64Bytes(text: string, start: number, size: number): readonly number[] {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  // A line has at least one column.
  const end = Math.min(text.length, start + 4 * size);
  for (let i = start; i < end && bytes.length < size; i++) {
    const code = text.charCodeAt(i);
    const value = sixBits(code);
    if (value >= 0) {
      bits = (bits << 6) | value;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    } else if (code > 32) break;
  }
  return bytes;
}
