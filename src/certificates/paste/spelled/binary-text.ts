import { windows1252Byte } from "../decode.ts";
import type { SpelledBytes } from "./byte-list.ts";

/** DER that was read as Latin-1 or Windows-1252, in which every byte is a character: nothing is lost. */
export function bytesOfBinaryText(text: string): SpelledBytes | undefined {
  const length = windows1252Byte(text.charCodeAt(1));
  if (text.charAt(0) !== "0" || length === undefined || length < 0x81 || length > 0x83)
    return undefined;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = windows1252Byte(text.charCodeAt(i));
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return { bytes, start: 0, end: text.length };
}
