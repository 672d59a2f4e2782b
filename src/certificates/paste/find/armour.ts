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

/** Longest label that is read; the longest one that is in use has 26 characters. */
const LONGEST_LABEL = 32;

function upper(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

/** True if `word` (upper-case) is at `i`, in any case. */
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
    // A signature of OpenPGP is around a text that is read as if it were not there.
    if (marker === undefined || marker.label.startsWith("PGP SIG")) continue;
    // Two markers may share their dashes; they belong to the first.
    const start = Math.max(marker.start, markers.at(-1)?.end ?? 0);
    markers.push({ ...marker, start });
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

/** The number of dashes from `i` on, in the direction of `step`. */
function countDashes(text: string, i: number, step: 1 | -1): number {
  let count = 0;
  while (text.charCodeAt(i + count * step) === DASH) count++;
  return count;
}

function markerAt(text: string, word: number, kind: Marker["kind"]): Marker | undefined {
  let first = word;
  while (isSeparator(text.charCodeAt(first - 1)) && first > word - 4) first--;
  const before = countDashes(text, first - 1, -1);
  const { label, end: labelEnd } = readLabel(text, word + kind.length);
  const after = countDashes(text, labelEnd, 1);
  const end = labelEnd + after;
  if (!isMarker(text, word, { label, before, after, end })) return undefined;
  const exact = before === 5 && after === 5 && isExact(text, word, kind, label, labelEnd);
  return { kind, label, start: before === 0 ? word : first - before, end, exact };
}

interface Shape {
  readonly label: string;
  /** Dashes before and after. */
  readonly before: number;
  readonly after: number;
  readonly end: number;
}

/** Tells a BEGIN or END line from prose, and from base64 that happens to spell one. */
function isMarker(text: string, word: number, { label, before, after, end }: Shape): boolean {
  if (label === "") return before >= 2 && after >= 2;
  if (!LABEL_STARTS.some((start) => label.startsWith(start))) return before > 2 && after > 2;
  return before > 0 || after > 0 || isLineStart(text, word) || isSqueezed(text, word, label, end);
}

function isExact(text: string, word: number, kind: string, label: string, end: number): boolean {
  return (
    text.slice(word, end) === `${kind.toUpperCase()} ${label}` && text.charCodeAt(word - 1) === DASH
  );
}

/** `BEGINCERTIFICATEMII...ENDCERTIFICATE`: what a filter for base64's letters leaves. */
function isSqueezed(text: string, word: number, label: string, end: number): boolean {
  return (
    label === "CERTIFICATE" && (text.charAt(word - 1) === "=" || end === text.trimEnd().length)
  );
}

function isLineStart(text: string, i: number): boolean {
  const before = text.charCodeAt(i - 1);
  return i === 0 || before === 10 || before === 13 || before === 0x3e || before === 0x22;
}

/** The words up to the dashes, the end of the line, or a character that no label has. */
function readLabel(text: string, from: number): { label: string; end: number } {
  let first = from;
  while (isSeparator(text.charCodeAt(first))) first++;
  let end = first;
  for (let i = first; i < from + LONGEST_LABEL && i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLabelCharacter(code)) {
      if (endsLabel(text, first, end, i)) break;
      end = i + 1;
    } else if (!isSeparator(code)) {
      if (code === DASH) return { label: labelText(text, first, end), end: i };
      break;
    }
  }
  return { label: labelText(text, first, end), end };
}

/** Upper-case words with single spaces. */
function labelText(text: string, first: number, end: number): string {
  return text
    .slice(first, end)
    .toUpperCase()
    .split(/[ \t+_]+/)
    .join(" ");
}

/** Without dashes, the label ends at the start of the base64. */
function endsLabel(text: string, first: number, end: number, i: number): boolean {
  if (!wordAt(text, i, "MI")) return false;
  const label = labelText(text, first, end);
  return label.endsWith("CERTIFICATE") || label.endsWith("KEY");
}
