import type { CodeEntry } from "../../core/finding.ts";
import { REPAIRS } from "./codes.ts";
import {
  decodeColour,
  decodeEntity,
  decodeEscape,
  decodeLayoutTag,
  decodePercent,
  decodeQuotedPrintable,
  type Substitute,
} from "./substitutes.ts";
import { decodeMojibake, plainCharacter } from "./unicode.ts";

/** A text with what typesetting and encoding did to it undone, and where each character came from. */
export interface CleanText {
  readonly text: string;
  /** For each character, its offset in the original; undefined where nothing was moved. */
  readonly origin?: Uint32Array | undefined;
  /** Where each kind of change was made: offsets into the original. */
  readonly changes: ReadonlyMap<CodeEntry, readonly number[]>;
}

/** Escapes may be escaped again, as in JSON inside of JSON; deeper than this nobody goes. */
const MAX_ROUNDS = 4;

/** Undoes character-level mangling. One scan a round, and no round where there is nothing to undo. */
export function cleanText(original: string): CleanText {
  let clean: CleanText = { text: original, changes: new Map() };
  for (let round = 0; round < MAX_ROUNDS && hasMangling(clean.text); round++) {
    const next = cleanOnce(clean);
    if (next === undefined) break;
    clean = next;
  }
  return clean;
}

/** Offset in the original text of a character of the clean one. */
export function originOf(clean: CleanText, offset: number): number {
  const { origin, text } = clean;
  if (origin === undefined) return offset;
  return offset < text.length ? (origin[offset] as number) : (origin[text.length - 1] ?? -1) + 1;
}

const AMPERSAND = 0x26;
const PERCENT = 0x25;
const LESS_THAN = 0x3c;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

function isMangled(code: number): boolean {
  if (code >= 0x7f || code === BACKSLASH || code === LESS_THAN || code === EQUALS) return true;
  if (code === PERCENT || code === AMPERSAND) return true;
  return code < 0x20 && (code < 9 || code > 13);
}

function hasMangling(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isMangled(text.charCodeAt(i))) return true;
  return false;
}

function cleanOnce(clean: CleanText): CleanText | undefined {
  const { text } = clean;
  // No substitute is longer than what it replaces.
  const codes = new Uint16Array(text.length);
  const origin = new Uint32Array(text.length);
  const changes = new Map([...clean.changes].map(([entry, offsets]) => [entry, [...offsets]]));
  let changed = false;
  let length = 0;
  for (let i = 0; i < text.length; ) {
    const code = text.charCodeAt(i);
    const substitute = isMangled(code) ? substituteAt(text, i, code) : undefined;
    const offset = originOf(clean, i);
    if (substitute === undefined) {
      codes[length] = code;
      origin[length++] = offset;
      i++;
      continue;
    }
    changed = true;
    const offsets = changes.get(substitute.entry);
    if (offsets === undefined) changes.set(substitute.entry, [offset]);
    else offsets.push(offset);
    for (let j = 0; j < substitute.text.length; j++) {
      codes[length] = substitute.text.charCodeAt(j);
      origin[length++] = offset;
    }
    i += substitute.length;
  }
  if (!changed) return undefined;
  return { text: textOf(codes.subarray(0, length)), origin: origin.subarray(0, length), changes };
}

function textOf(codes: Uint16Array): string {
  let text = "";
  for (let i = 0; i < codes.length; i += 8192) {
    text += Reflect.apply(String.fromCharCode, undefined, codes.subarray(i, i + 8192));
  }
  return text;
}

function substituteAt(text: string, i: number, code: number): Substitute | undefined {
  switch (code) {
    case BACKSLASH:
      return decodeEscape(text, i);
    case PERCENT:
      return decodePercent(text, i);
    case AMPERSAND:
      return decodeEntity(text, i);
    case EQUALS:
      return decodeQuotedPrintable(text, i);
    case LESS_THAN:
      return decodeLayoutTag(text, i);
    case 0x1b:
      return decodeColour(text, i);
    case 0xfeff:
      return { text: "", length: 1, entry: i === 0 ? REPAIRS.bom : REPAIRS.invisible };
    default:
      return decodeMojibake(text, i, code) ?? plainCharacter(code);
  }
}
