const CERTIFICATE =
  "Check it with samlcert check or validateCertificate. Pass the XML of the metadata that contains it.";

/** Other formats that people pass as XML, by their first bytes as Latin-1, with what to do about each. */
const FORMATS: readonly (readonly [begins: RegExp, format: string, advice: string])[] = [
  [
    /^\s*<(?:!doctype\s+html|html)\b/i,
    "a web page",
    "It may be a sign-in or an error page: get the metadata from its own URL.",
  ],
  [/^\s*[{[]/, "JSON", "Pass the XML of the metadata."],
  [/^[^\s -~]\x8b/, "compressed by gzip", "Decompress it first, for example with gunzip."],
  [/^PK[^\s -~]/, "a ZIP archive", "Extract the XML from it."],
  [/^%PDF-/, "a PDF", "Pass the XML of the metadata."],
  // PEM, DER, and bare base64 of DER.
  [/^\s*-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/, "a certificate", CERTIFICATE],
  [/^0[\x81-\x83][\s\S]{1,3}0[\x81-\x83]/, "a certificate (DER)", CERTIFICATE],
  [/^\s*MII[A-Za-z0-9+/]{3}[\w+/=\s]*$/, "a certificate in base64", CERTIFICATE],
  [/^\s*-----BEGIN /, "PEM", "Pass the XML of the metadata; a certificate alone is not metadata."],
  [/^\s*&lt;/, "XML with escaped brackets", "Pass it as it was before it was escaped."],
  [/^(?:PD94bWwg|PG1kOk|PEVudGl0)[\w+/=\s]*$/, "XML in base64", "Decode it first."],
  [
    /^\0?<\0/,
    "UTF-16 without a byte order mark or a declaration",
    "Save it as UTF-8, for example with iconv -f UTF-16LE -t UTF-8.",
  ],
];

/** The format of a document that is not XML, as far as its first bytes tell. */
export function formatOf(
  head: string,
): { readonly format: string; readonly advice: string } | undefined {
  const start = head.slice(0, 400).replace(/^\xef\xbb\xbf/, "");
  for (const [begins, format, advice] of FORMATS) {
    if (begins.test(start)) return { format, advice };
  }
  return undefined;
}
