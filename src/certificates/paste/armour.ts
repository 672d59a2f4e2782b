/** A BEGIN or END line of PEM, or what is left of one. Offsets into the clean text. */
export interface Marker {
  readonly kind: "begin" | "end";
  /** Upper-case words with single spaces: `RSA PRIVATE KEY`. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Written as RFC 7468 has it: five dashes on both sides and single spaces. */
  readonly exact: boolean;
}

const DASH = 0x2d;

/** First words of the labels that occur: what tells a line without dashes from prose and base64. */
const LABEL_STARTS: readonly string[] = [
  "CERTIFICATE",
  "X509",
  "X.509",
  "TRUSTED",
  "PRIVATE",
  "RSA",
  "EC",
  "DSA",
  "ENCRYPTED",
  "OPENSSH",
  "PUBLIC",
  "PKCS7",
  "PKCS12",
  "CMS",
  "NEW",
  "SSH2",
  "PGP",
];

/** Longest label that is read; the longest registered one has 24 characters. */
const LONGEST_LABEL = 64;

function upper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

/** True if `word` (upper-case) stands at `i`, in whatever case. */
function wordAt(text: string, i: number, word: string): boolean {
  for (let j = 0; j < word.length; j++) {
    if (upper(text.charCodeAt(i + j)) !== word.charCodeAt(j)) return false;
  }
  return true;
}

/** Finds the BEGIN and END lines of a text, mangled ones too, in one scan. */
export function findMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = upper(text.charCodeAt(i));
    // B and E: the first letters of BEGIN and END.
    if (code !== 66 && code !== 69) continue;
    const kind = wordAt(text, i, "BEGIN") ? "begin" : wordAt(text, i, "END") ? "end" : undefined;
    const marker = kind && markerAt(text, i, kind);
    if (marker === undefined) continue;
    markers.push(marker);
    i = marker.end - 1;
  }
  return markers;
}

function isSeparator(code: number): boolean {
  return code === 32 || code === 9 || code === 0x2b || code === 0x5f;
}

function isLabelCharacter(code: number): boolean {
  const folded = upper(code);
  return (folded >= 65 && folded <= 90) || (code >= 48 && code <= 57) || code === 0x2e;
}

function markerAt(text: string, word: number, kind: Marker["kind"]): Marker | undefined {
  let start = word;
  while (isSeparator(text.charCodeAt(start - 1)) && start > word - 4) start--;
  let dashesBefore = 0;
  while (text.charCodeAt(start - 1) === DASH) {
    start--;
    dashesBefore++;
  }
  const { label, end: labelEnd } = readLabel(text, word + kind.length);
  let end = labelEnd;
  let dashesAfter = 0;
  while (text.charCodeAt(end) === DASH) {
    end++;
    dashesAfter++;
  }
  const known = LABEL_STARTS.some((first) => label.startsWith(first));
  if (label === "" ? dashesBefore < 2 || dashesAfter < 2 : !known && dashesBefore === 0)
    return undefined;
  // Without dashes on either side it is prose, unless the known label stands at the start of a line.
  if (dashesBefore === 0 && dashesAfter === 0 && !isLineStart(text, word)) return undefined;
  const exact =
    dashesBefore === 5 && dashesAfter === 5 && isExact(text, word, kind, label, labelEnd);
  return { kind, label, start: dashesBefore === 0 ? word : start, end, exact };
}

function isExact(text: string, word: number, kind: string, label: string, end: number): boolean {
  return (
    text.slice(word, end) === `${kind.toUpperCase()} ${label}` && text.charCodeAt(word - 1) === DASH
  );
}

function isLineStart(text: string, i: number): boolean {
  const before = text.charCodeAt(i - 1);
  return i === 0 || before === 10 || before === 13 || before === 0x3e || before === 0x22;
}

/** The words up to the dashes, the end of the line, or a character that no label has. */
function readLabel(text: string, from: number): { label: string; end: number } {
  let label = "";
  let end = from;
  let spaced = false;
  for (let i = from; i < from + LONGEST_LABEL && i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isSeparator(code)) {
      spaced = label !== "";
      continue;
    }
    if (!isLabelCharacter(code)) {
      if (code === DASH) end = i;
      break;
    }
    if (spaced && isComplete(label, text, i)) break;
    label += `${spaced ? " " : ""}${String.fromCharCode(upper(code))}`;
    spaced = false;
    end = i + 1;
  }
  return { label, end };
}

/** In a line of text whose dashes are gone, the label ends where the base64 begins. */
function isComplete(label: string, text: string, i: number): boolean {
  return (label.endsWith("CERTIFICATE") || label.endsWith("KEY")) && wordAt(text, i, "MI");
}
