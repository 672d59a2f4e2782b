const SEPARATORS = " \t\r\n:,-";

/** Text that is hex and nothing else: digits, separators, `0x` and `\x`. */
export function decodeHex(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length >> 1);
  let length = 0;
  let high = -1;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (high < 0 && (SEPARATORS.includes(character) || isPrefix(text, i))) {
      if (!SEPARATORS.includes(character)) i++;
      continue;
    }
    const digit = "0123456789abcdef".indexOf(character.toLowerCase());
    if (digit < 0) return undefined;
    if (high < 0) high = digit;
    else {
      bytes[length++] = high * 16 + digit;
      high = -1;
    }
  }
  return high < 0 && length > 0 ? bytes.subarray(0, length) : undefined;
}

function isPrefix(text: string, i: number): boolean {
  const next = text.charAt(i + 1);
  return (next === "x" || next === "X") && (text.charAt(i) === "0" || text.charAt(i) === "\\");
}
