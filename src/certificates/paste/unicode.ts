import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";
import { windows1252Byte } from "./encoding.ts";
import type { Substitute } from "./substitutes.ts";

/** First and last character, and what any of them is replaced by. */
type Range = readonly [first: number, last: number, plain: Substitute];

function replace(text: string, entry: CodeEntry): Substitute {
  return { text, length: 1, entry };
}

const GONE: Substitute = /* @__PURE__ */ replace("", REPAIRS.invisible);
const SPACE: Substitute = /* @__PURE__ */ replace(" ", REPAIRS.invisible);
const NEWLINE: Substitute = /* @__PURE__ */ replace("\n", REPAIRS.invisible);
const DASH: Substitute = /* @__PURE__ */ replace("-", REPAIRS.dashes);
const APOSTROPHE: Substitute = /* @__PURE__ */ replace("'", REPAIRS.smartQuotes);
const QUOTE: Substitute = /* @__PURE__ */ replace('"', REPAIRS.smartQuotes);

/** Unicode's spaces, format characters, dashes and quotation marks, in ascending order. */
const RANGES: readonly Range[] = [
  [0x00, 0x08, GONE],
  [0x0e, 0x1f, GONE],
  [0x7f, 0x84, GONE],
  [0x85, 0x85, NEWLINE],
  [0x86, 0x9f, GONE],
  [0xa0, 0xa0, SPACE],
  [0xab, 0xab, QUOTE],
  [0xad, 0xad, GONE],
  [0xbb, 0xbb, QUOTE],
  [0x034f, 0x034f, GONE],
  [0x061c, 0x061c, GONE],
  [0x1680, 0x1680, SPACE],
  [0x180e, 0x180e, GONE],
  [0x2000, 0x200a, SPACE],
  [0x200b, 0x200f, GONE],
  [0x2010, 0x2015, DASH],
  [0x2018, 0x201b, APOSTROPHE],
  [0x201c, 0x201f, QUOTE],
  [0x2028, 0x2029, NEWLINE],
  [0x202a, 0x202e, GONE],
  [0x202f, 0x202f, SPACE],
  [0x2032, 0x2032, APOSTROPHE],
  [0x2033, 0x2033, QUOTE],
  [0x205f, 0x205f, SPACE],
  [0x2060, 0x206f, GONE],
  [0x2212, 0x2212, DASH],
  [0x2500, 0x2501, DASH],
  [0x2e3a, 0x2e3b, DASH],
  [0x3000, 0x3000, SPACE],
  [0xfe00, 0xfe0f, GONE],
  [0xfe31, 0xfe32, DASH],
  [0xfe58, 0xfe58, DASH],
  [0xfe63, 0xfe63, DASH],
  [0xfeff, 0xfeff, GONE],
];

/** The plain form of a character that word processors, mail programs and web pages put in. */
export function plainCharacter(code: number): Substitute | undefined {
  // Full-width forms are ASCII at a constant distance.
  if (code >= 0xff01 && code <= 0xff5e) {
    return replace(String.fromCharCode(code - 0xfee0), REPAIRS.fullwidth);
  }
  let low = 0;
  let high = RANGES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((RANGES[middle] as Range)[1] < code) low = middle + 1;
    else high = middle;
  }
  const [first, last, plain] = RANGES[low] as Range;
  return code >= first && code <= last ? plain : undefined;
}

/** UTF-8 that was read as Windows-1252: a blank that does not break, dashes and quotes, a mark of the order. */
export function decodeMojibake(text: string, i: number, code: number): Substitute | undefined {
  if (code !== 0xc2 && code !== 0xe2 && code !== 0xef) return undefined;
  const second = windows1252Byte(text.charCodeAt(i + 1)) ?? 0;
  // The blank behind it may have become an ordinary one since.
  if (code === 0xc2) return { ...SPACE, length: second >= 0x80 && second < 0xc0 ? 2 : 1 };
  const third = windows1252Byte(text.charCodeAt(i + 2)) ?? 0;
  if (second < 0x80 || second > 0xbf || third < 0x80 || third > 0xbf) return undefined;
  const plain = plainCharacter(((code & 15) << 12) | ((second & 63) << 6) | (third & 63));
  return plain && { ...plain, length: 3 };
}
