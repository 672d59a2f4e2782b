import { keyText } from "../../../src/certificates/index.ts";
import type { Certificate } from "../../../src/certificates/types.ts";
import { dateText } from "../../../src/cli/output/date.ts";
import type { Explained, Part, Piece } from "../parts/annotated.ts";

/** A range of bytes, with its part. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly part: string;
}

const LINE = 64;
const CONSTRUCTED_0 = 0xa0;
const EXTENSIONS = 0xa3;

/** The start of the content of the DER element at a position, and its end. */
function elementAt(
  bytes: Uint8Array,
  at: number,
): { readonly inner: number; readonly end: number } {
  const first = bytes[at + 1] ?? 0;
  const extra = first < 0x80 ? 0 : first & 0x7f;
  let length = extra === 0 ? first : 0;
  for (let i = 0; i < extra; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const inner = at + 2 + extra;
  return { inner, end: inner + length };
}

/** The fields of a certificate (RFC 5280 4.1) as ranges of its bytes. The certificate has been read. */
function rangesOf(bytes: Uint8Array): Range[] {
  const tbs = elementAt(bytes, 0).inner;
  const { inner, end: tbsEnd } = elementAt(bytes, tbs);
  const names = ["serial", "algorithm", "issuer", "validity", "subject", "key"];
  const ranges: Range[] = [];
  let at = inner;
  if (bytes[at] === CONSTRUCTED_0) {
    ranges.push({ start: at, end: elementAt(bytes, at).end, part: "version" });
    at = elementAt(bytes, at).end;
  }
  for (const part of names) {
    const { end } = elementAt(bytes, at);
    ranges.push({ start: at, end, part });
    at = end;
  }
  // The unique identifiers of version 2 are left without an explanation.
  while (at < tbsEnd && bytes[at] !== EXTENSIONS) at = elementAt(bytes, at).end;
  if (at < tbsEnd) ranges.push({ start: at, end: tbsEnd, part: "extensions" });
  return [...ranges, { start: tbsEnd, end: bytes.length, part: "signature" }];
}

function partsOf(certificate: Certificate): Readonly<Record<string, Part>> {
  const { version, serialNumber, subject, issuer, notBefore, notAfter, extensions } = certificate;
  const until = certificate.noExpiry ? "without an end" : dateText(notAfter.unixSeconds);
  const isOwn = issuer.text === subject.text;
  const rows: readonly (readonly [string, string, string])[] = [
    ["version", "Version", `X.509 version ${version}; only version 3 has extensions.`],
    ["serial", "Serial number", `The issuer's number for this certificate: ${serialNumber}.`],
    ["algorithm", "Algorithm", `How the issuer signed it: ${certificate.signatureAlgorithm.name}.`],
    [
      "issuer",
      "Issuer",
      isOwn
        ? "The same as the subject: the owner issued it. That is usual, because SAML trusts keys."
        : `Who issued it: ${issuer.text}.`,
    ],
    ["validity", "Validity", `From ${dateText(notBefore.unixSeconds)} until ${until}.`],
    ["subject", "Subject", `Whose certificate it is: ${subject.text || "no name"}.`],
    [
      "key",
      "Public key",
      `${keyText(certificate.publicKey)}. Signatures are verified with it: this is the part that SAML trusts.`,
    ],
    [
      "extensions",
      "Extensions",
      `What the key may be used for, and more: ${extensions.map(({ name }) => name).join(", ")}.`,
    ],
    ["signature", "Signature", "The issuer's signature of everything before it."],
  ];
  return Object.fromEntries(rows.map(([id, title, about]) => [id, { id, title, about }]));
}

/** The PEM of a certificate, with the fields of the certificate as its parts. */
export function pemParts(certificate: Certificate): Explained {
  const { pem, derBase64 } = certificate;
  const bytes = Uint8Array.from(atob(derBase64), (letter) => letter.charCodeAt(0));
  const head = pem.indexOf("\n") + 1;
  const tail = pem.lastIndexOf("-----END");
  const body = pem.slice(head, tail);
  /** The place of a byte in the body: four characters for three bytes, and line breaks. */
  const placeOf = (byte: number): number => {
    const letter = Math.floor((byte * 4) / 3);
    return letter + Math.floor(letter / LINE);
  };
  const ranges = rangesOf(bytes);
  const pieces: Piece[] = [{ text: pem.slice(0, head), colour: "x-note" }];
  let at = 0;
  for (const [index, { start, end, part }] of ranges.entries()) {
    const [from, to] = [placeOf(start), end === bytes.length ? body.length : placeOf(end)];
    pieces.push({ text: body.slice(at, from) });
    pieces.push({ text: body.slice(from, to), part, colour: `p${index % 6}` });
    at = to;
  }
  pieces.push({ text: pem.slice(tail), colour: "x-note" });
  const known = partsOf(certificate);
  return { pieces, parts: ranges.flatMap(({ part }) => known[part] ?? []) };
}
