/** What people pass for XML, by how it begins as Latin-1; with what it is, and what to do. */
const KINDS: readonly (readonly [begins: RegExp, what: string, hint: string])[] = [
  [
    /^\s*<(?:!doctype\s+html|html)\b/i,
    "a web page",
    "It may be a page to sign in, or an error: take the metadata from its own URL.",
  ],
  [/^\s*[{[]/, "JSON", "Pass the XML of the metadata."],
  [/^[^\s -~]\x8b/, "compressed by gzip", "Decompress it first, such as with gunzip."],
  [/^PK[^\s -~]/, "a ZIP archive", "Take the XML out of it."],
  [/^%PDF-/, "a PDF", "Pass the XML of the metadata."],
  [/^\s*-----BEGIN /, "PEM", "Pass the XML of the metadata; a certificate alone is not metadata."],
  [/^\s*&lt;/, "XML whose brackets were escaped", "Pass it as it was before."],
  [/^(?:PD94bWwg|PG1kOk|PEVudGl0)[\w+/=\s]*$/, "XML in base64", "Decode it first."],
  [
    /^(?:\xff\xfe|\xfe\xff|<\0|\0<)/,
    "UTF-16",
    "Save it as UTF-8, such as with iconv -f UTF-16 -t UTF-8, and declare no other encoding.",
  ],
];

/** What a document is that is no XML, as far as its first octets tell. */
export function mistakenFor(
  head: string,
): { readonly what: string; readonly hint: string } | undefined {
  const start = head.slice(0, 400).replace(/^\xef\xbb\xbf/, "");
  for (const [begins, what, hint] of KINDS) if (begins.test(start)) return { what, hint };
  return undefined;
}
