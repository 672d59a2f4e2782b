import type { ReadingCode } from "../../issue.ts";
import { windows1252Byte } from "../decode.ts";
import type { Substitute } from "./substitutes.ts";

/** Letters and signs of other alphabets that look like ASCII; ORIGINALS has the ASCII ones. */
const LOOKALIKES = "АВСЕНІЈКМОРЅТХУасеіјорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο\u2044\u2215";
const ORIGINALS = "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTYXo//";

/** Unicode's line breaks, spaces, dashes, quotation marks, and invisible characters. */
const CLASSES: readonly (readonly [characters: RegExp, text: string, code: ReadingCode])[] = [
  [/\ufeff/, "", "pem.bom"],
  [/[\p{Zl}\p{Zp}\u0085]/u, "\n", "pem.invisible_chars"],
  [/\p{Zs}/u, " ", "pem.invisible_chars"],
  [/[\p{Pd}\u2212\u2500\u2501]/u, "-", "pem.dash_variant"],
  [/[\u2018-\u201b\u2032]/, "'", "pem.smart_quotes"],
  [/[\p{Pi}\p{Pf}\u201e\u2033]/u, '"', "pem.smart_quotes"],
  [/[\p{Cc}\p{Cf}\p{Mn}]/u, "", "pem.invisible_chars"],
];

/** The ASCII form of a character that word processors, mail programs and web pages insert. */
function plainCharacter(character: string): Substitute | undefined {
  const plain = ORIGINALS[LOOKALIKES.indexOf(character)] ?? character.normalize("NFKC");
  // Full-width forms, ligatures, an ellipsis.
  if (/^[!-~]{1,3}$/.test(plain)) return { text: plain, length: 1, code: "pem.fullwidth_chars" };
  const found = CLASSES.find(([characters]) => characters.test(character));
  return found && { text: found[1], length: 1, code: found[2] };
}

/** UTF-8 that was read as Windows-1252: no-break space, dashes, quotes, byte order mark. */
function decodeMojibake(text: string, start: number, code: number): Substitute | undefined {
  if (code !== 0xc2 && code !== 0xe2 && code !== 0xef) return undefined;
  const [second = 0, third = 0] = [1, 2].map((i) => windows1252Byte(text.charCodeAt(start + i)));
  // The space after it may already be an ordinary one.
  if (code === 0xc2)
    return { text: " ", length: second < 0x80 ? 1 : 2, code: "pem.invisible_chars" };
  if (second < 0x80 || third < 0x80) return undefined;
  const plain = ((code & 15) << 12) | ((second & 63) << 6) | (third & 63);
  const substitute = plainCharacter(String.fromCharCode(plain));
  return substitute && { ...substitute, length: 3 };
}

/** Colours of a terminal (ECMA-48, 8.3.117). */
function decodeColour(text: string, start: number): Substitute {
  const [all = "?"] = /^.\[[\d;]{0,16}[a-zA-Z]/.exec(text.slice(start, start + 20)) ?? [];
  return { text: "", length: all.length, code: "pem.invisible_chars" };
}

/** Maps a non-ASCII character to its ASCII form; memoised. */
export function createPlain(): (text: string, start: number) => Substitute | undefined {
  const known = new Map<number, Substitute | undefined>();
  return (text, start) => {
    const code = text.charCodeAt(start);
    if (code === 0x1b) return decodeColour(text, start);
    const mojibake = decodeMojibake(text, start, code);
    if (mojibake !== undefined) return mojibake;
    if (code === 0xfeff && start > 0) return { text: "", length: 1, code: "pem.invisible_chars" };
    if (!known.has(code)) known.set(code, plainCharacter(String.fromCharCode(code)));
    return known.get(code);
  };
}
