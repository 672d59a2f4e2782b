import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";
import { windows1252Byte } from "./encoding.ts";
import type { Substitute } from "./substitutes.ts";

/** Letters and signs of other alphabets that look like those of ASCII, and these. */
const LOOKALIKES = "АВСЕНІЈКМОРЅТХУасеіјорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο\u2044\u2215";
const ORIGINALS = "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTYXo//";

/** Unicode's line breaks, blanks, dashes, quotation marks, and what cannot be seen. */
const CLASSES: readonly (readonly [characters: RegExp, text: string, entry: CodeEntry])[] = [
  [/\ufeff/, "", REPAIRS.bom],
  [/[\p{Zl}\p{Zp}\u0085]/u, "\n", REPAIRS.invisible],
  [/\p{Zs}/u, " ", REPAIRS.invisible],
  [/[\p{Pd}\u2212\u2500\u2501]/u, "-", REPAIRS.dashes],
  [/[\u2018-\u201b\u2032]/, "'", REPAIRS.smartQuotes],
  [/[\p{Pi}\p{Pf}\u201e\u2033]/u, '"', REPAIRS.smartQuotes],
  [/[\p{Cc}\p{Cf}\p{Mn}]/u, "", REPAIRS.invisible],
];

/** The plain form of a character that word processors, mail programs and web pages put in. */
export function plainCharacter(character: string): Substitute | undefined {
  const plain = ORIGINALS[LOOKALIKES.indexOf(character)] ?? character.normalize("NFKC");
  // Full-width forms, ligatures, an ellipsis.
  if (/^[!-~]{1,3}$/.test(plain)) return { text: plain, entry: REPAIRS.fullwidth };
  const found = CLASSES.find(([characters]) => characters.test(character));
  return found && { text: found[1], entry: found[2] };
}

/** UTF-8 that was read as Windows-1252: a blank that does not break, dashes and quotes, a mark of the order. */
export function decodeMojibake(text: string): Substitute | undefined {
  // The blank behind it may have become an ordinary one since.
  if (text.startsWith("\u00c2")) return { text: " ", entry: REPAIRS.invisible };
  const [first, second = 0, third = 0] = [...text].map((one) => windows1252Byte(one.charCodeAt(0)));
  if (first === undefined || text.length < 3) return undefined;
  return plainCharacter(
    String.fromCharCode(((first & 15) << 12) | ((second & 63) << 6) | (third & 63)),
  );
}
