import { ATTRIBUTE, type Pick, type Piece, piecesOf, START, written } from "./variants.ts";

/** A document that says something else, and in which element. */
export interface Changed {
  readonly text: string;
  readonly kind: string;
  /** Local names, from the root to the element that was changed. */
  readonly path: readonly string[];
  readonly attribute?: string;
}

const localName = (name: string): string => name.replace(/^.*:/, "");

/** Parts without meaning: IDs for signatures, hints, and spelling. */
const FORM =
  /^(?:xmlns(?::.*)?|ID|Id|xml:space|xsi:schemaLocation|xsi:noNamespaceSchemaLocation|xsi:type)$/;

/** A value of the same type that is another one. */
function otherValue(value: string, pick: Pick): string {
  const text = value.trim();
  if (/^(?:true|1)$/.test(text)) return text === "1" ? "0" : "false";
  if (/^(?:false|0)$/.test(text)) return text === "0" ? "1" : "true";
  if (/^\d+$/.test(text)) return String(Number(text) + 1);
  if (/^\d{4}-\d\d-\d\dT/.test(text))
    return text.replace(/^\d{4}/, (year) => `${Number(year) + 1}`);
  if (/^P(?:\d|T)/.test(text)) return `${text.replace(/T?\d+.$/, "")}T11S`;
  if (text === "signing") return "encryption";
  if (text === "encryption") return "signing";
  if (text === "") return "x";
  const at = pick(text.length);
  const character = text.charAt(at) === "z" ? "y" : "z";
  // Not within a reference, and not the scheme of a URL, where case and more do not count.
  return /&[^;]*$/.test(text.slice(0, at + 1)) || at < 9
    ? `${text}z`
    : text.slice(0, at) + character + text.slice(at + 1);
}

const isSigned = (around: readonly string[]): boolean =>
  around.some((name) => localName(name) === "Signature");

const pathOf = ({ around }: Piece, ...more: readonly string[]): readonly string[] =>
  [...around, ...more].map(localName);

function changedAttribute(pieces: readonly Piece[], pick: Pick): Changed | undefined {
  const places = pieces.flatMap((piece, i) => {
    const start = START.exec(piece.text);
    if (start === null || isSigned([...piece.around, start[1] as string])) return [];
    return [...(start[2] as string).matchAll(ATTRIBUTE)]
      .filter(([, , name]) => !FORM.test(name as string))
      .map((match) => ({ i, piece, name: start[1] as string, match }));
  });
  const place = places[pick(places.length)];
  if (place === undefined) return undefined;
  const { i, piece, name, match } = place;
  const [all, space, attribute, equals, quoted] = match as unknown as string[];
  const value = otherValue((quoted as string).slice(1, -1), pick);
  const quote = (quoted as string).charAt(0);
  const text = piece.text.replace(
    all as string,
    () => `${space}${attribute}${equals}${quote}${value}${quote}`,
  );
  return {
    text: written(pieces.map((one, j) => (i === j ? { ...one, text } : one))),
    kind: "another attribute",
    path: pathOf(piece, name),
    attribute: attribute as string,
  };
}

function changedText(pieces: readonly Piece[], pick: Pick): Changed | undefined {
  const places = pieces.flatMap((piece, i) =>
    piece.text.startsWith("<") || piece.text.trim() === "" || isSigned(piece.around) ? [] : [i],
  );
  const i = places[pick(places.length)];
  const piece = pieces[i ?? -1];
  if (piece === undefined || piece.around.length === 0) return undefined;
  const isKey = localName(piece.around.at(-1) as string) === "X509Certificate";
  const text = isKey
    ? piece.text.replace(/\S(?=\S{40})/, (one) => (one === "A" ? "B" : "A"))
    : otherValue(piece.text, pick);
  return {
    text: written(pieces.map((one, j) => (i === j ? { ...one, text } : one))),
    kind: "another text",
    path: pathOf(piece),
  };
}

/** The pieces of the element that begins at one. */
function lengthAt(pieces: readonly Piece[], i: number): number {
  const { around, text } = pieces[i] as Piece;
  if (text.endsWith("/>")) return 1;
  const end = pieces.findIndex(
    (piece, j) => j > i && piece.text.startsWith("</") && piece.around.length === around.length,
  );
  return end - i + 1;
}

function changedElement(pieces: readonly Piece[], pick: Pick): Changed | undefined {
  const places = pieces.flatMap((piece, i) => {
    const start = START.exec(piece.text);
    const isRoot = piece.around.length === 0;
    return start === null || isRoot || isSigned([...piece.around, start[1] as string]) ? [] : [i];
  });
  const i = places[pick(places.length)];
  if (i === undefined) return undefined;
  const length = lengthAt(pieces, i);
  const element = pieces.slice(i, i + length);
  const path = pathOf(pieces[i] as Piece, START.exec(element[0]?.text ?? "")?.[1] as string);
  const isTwice = pick(3) === 0 && path.at(-1) !== "KeyDescriptor";
  const copy = isTwice ? [...element, ...element] : [];
  return {
    text: written([...pieces.slice(0, i), ...copy, ...pieces.slice(i + length)]),
    kind: isTwice ? "an element twice" : "without an element",
    path,
  };
}

/** The document with one thing that it says otherwise, twice or not at all. */
export function changed(document: string, pick: Pick): Changed | undefined {
  const pieces = piecesOf(document);
  const change = [changedAttribute, changedText, changedElement][pick(3)] as typeof changedText;
  return change(pieces, pick);
}
