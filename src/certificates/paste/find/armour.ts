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

/** First words of known labels: they tell a line without dashes from prose and base64. */
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

/** Finds the BEGIN and END lines of a text, mangled ones too, in one scan. */
export function findMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  for (const { 0: word, index } of text.matchAll(/begin|end/gi)) {
    const last = markers.at(-1)?.end ?? 0;
    const kind = word.length === 3 ? "end" : "begin";
    const marker = index < last ? undefined : markerAt(text, index, kind);
    // The text inside an OpenPGP signature is read, the signature ignored.
    if (marker === undefined || marker.label.startsWith("PGP SIG")) continue;
    // Two markers may share their dashes; they belong to the first.
    markers.push({ ...marker, start: Math.max(marker.start, last) });
  }
  return markers;
}

/** The number of dashes from `i` on, in the direction of `step`. */
function countDashes(text: string, i: number, step: 1 | -1): number {
  let count = 0;
  while (text.charCodeAt(i + count * step) === DASH) count++;
  return count;
}

function markerAt(text: string, word: number, kind: Marker["kind"]): Marker | undefined {
  const first = word - (/[ \t+_]*$/.exec(text.slice(Math.max(0, word - 4), word))?.[0].length ?? 0);
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

/** `BEGINCERTIFICATEMII...ENDCERTIFICATE`: the result of a filter for base64 characters. */
function isSqueezed(text: string, word: number, label: string, end: number): boolean {
  return (
    label === "CERTIFICATE" && (text.charAt(word - 1) === "=" || end === text.trimEnd().length)
  );
}

function isLineStart(text: string, i: number): boolean {
  const before = text.charCodeAt(i - 1);
  return i === 0 || before === 10 || before === 13 || before === 0x3e || before === 0x22;
}

/** Without dashes, the label ends at the start of the base64. */
const BASE64_START = /(?<=(?:CERTIFICATE|KEY)[ \t+_]*)MI/i;

/** The words up to the dashes, the end of the line, or a character that no label has. */
function readLabel(text: string, from: number): { label: string; end: number } {
  const near = text.slice(from, from + LONGEST_LABEL);
  const [lead = ""] = /^[ \t+_]*/.exec(text.slice(from)) ?? [];
  const [run = ""] = /^[A-Z\d. \t+_]*/i.exec(near.slice(lead.length)) ?? [];
  const [words = ""] = run.split(BASE64_START);
  const label = words.replace(/[ \t+_]+$/, "");
  const isBeforeDash = words === run && near.charAt(lead.length + run.length) === "-";
  const end = from + lead.length + (isBeforeDash ? run : label).length;
  return { label: label.toUpperCase().replaceAll(/[ \t+_]+/g, " "), end };
}
