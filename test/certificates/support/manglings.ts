/** Changes that people and programs make to a PEM before it reaches an upload form. */
export interface Mangling {
  readonly name: string;
  /** A code that the report must hold, as a repair or as a finding. */
  readonly code: string | undefined;
  mangle(pem: string): string | Uint8Array;
}

const utf16 = (text: string, littleEndian: boolean, mark: boolean): Uint8Array => {
  const marked = mark ? `\uFEFF${text}` : text;
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), littleEndian);
  return bytes;
};

const lines = (pem: string): string[] => pem.trimEnd().split("\n");
const body = (pem: string): string => lines(pem).slice(1, -1).join("");
const der = (pem: string): Buffer => Buffer.from(body(pem), "base64");
const wrap = (text: string, width: number): string =>
  (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n");
const armour = (text: string, label = "CERTIFICATE"): string =>
  `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
const eachLine = (pem: string, change: (line: string, index: number) => string): string =>
  `${lines(pem).map(change).join("\n")}\n`;

export const REPAIRABLE: readonly Mangling[] = [
  { name: "quoted-printable", code: undefined, mangle: (pem) => pem.replaceAll("=", "=3D") },
  {
    name: "quoted-printable, wrapped",
    code: "pem.quoted_printable",
    mangle: (pem) => pem.replaceAll("=", "=3D").replace(/^([A-Za-z0-9+/]{60})(?=.)/gm, "$1=\n"),
  },
  {
    name: "mail quote, double spaced",
    code: "pem.quoted_lines",
    mangle: (pem) =>
      lines(pem)
        .map((line) => `> ${line}`)
        .join("\n>\n"),
  },
  {
    name: "line numbers",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line, i) => `     ${i + 1}\t${line}`),
  },
  {
    name: "line numbers and colons",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line, i) => `${i + 1}:${line}`),
  },
  {
    name: "output of grep",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `idp.pem:${line}`),
  },
  { name: "untouched", code: undefined, mangle: (pem) => pem },
  { name: "CRLF", code: "pem.crlf", mangle: (pem) => pem.replaceAll("\n", "\r\n") },
  { name: "CR only", code: "pem.cr_only", mangle: (pem) => pem.replaceAll("\n", "\r") },
  { name: "no final newline", code: "pem.no_final_newline", mangle: (pem) => pem.trimEnd() },
  { name: "byte order mark", code: "pem.bom", mangle: (pem) => `\uFEFF${pem}` },
  { name: "UTF-16 LE with mark", code: "pem.utf16", mangle: (pem) => utf16(pem, true, true) },
  { name: "UTF-16 BE with mark", code: "pem.utf16", mangle: (pem) => utf16(pem, false, true) },
  { name: "UTF-16 LE without mark", code: "pem.utf16", mangle: (pem) => utf16(pem, true, false) },
  { name: "UTF-16 BE without mark", code: "pem.utf16", mangle: (pem) => utf16(pem, false, false) },
  { name: "76 columns", code: "pem.line_length", mangle: (pem) => armour(wrap(body(pem), 76)) },
  { name: "one long line", code: "pem.line_length", mangle: (pem) => armour(body(pem)) },
  { name: "ten columns", code: "pem.line_length", mangle: (pem) => armour(wrap(body(pem), 10)) },
  { name: "one line with spaces", code: "pem.one_line", mangle: (pem) => lines(pem).join(" ") },
  { name: "one line with tabs", code: "pem.one_line", mangle: (pem) => lines(pem).join("\t") },
  { name: "one line without anything", code: "pem.one_line", mangle: (pem) => lines(pem).join("") },
  {
    name: "indented",
    code: "pem.indented",
    mangle: (pem) => eachLine(pem, (line) => `    ${line}`),
  },
  {
    name: "tabs in front",
    code: "pem.indented",
    mangle: (pem) => eachLine(pem, (line) => `\t\t${line}`),
  },
  {
    name: "trailing blanks",
    code: "pem.indented",
    mangle: (pem) => eachLine(pem, (line) => `${line}  `),
  },
  {
    name: "double spaced",
    code: "pem.blank_lines",
    mangle: (pem) => eachLine(pem, (line) => `${line}\n`),
  },
  {
    name: "VT and FF",
    code: "pem.vertical_space",
    mangle: (pem) => eachLine(pem, (line) => `${line}\v\f`),
  },
  {
    name: "NBSP",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `${line}\u00A0`),
  },
  {
    name: "NBSP in the armour",
    code: "pem.invisible_chars",
    mangle: (pem) => pem.replaceAll(" ", "\u00A0"),
  },
  {
    name: "zero-width spaces",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `${line}\u200B`),
  },
  {
    name: "zero-width inside",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `${line.slice(0, 9)}\u200D${line.slice(9)}`),
  },
  {
    name: "soft hyphens",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `${line.slice(0, 9)}\u00AD${line.slice(9)}`),
  },
  { name: "bidi marks", code: undefined, mangle: (pem) => `\u202A${pem}\u202C` },
  {
    name: "NUL",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `${line}\0`),
  },
  {
    name: "line separators",
    code: "pem.invisible_chars",
    mangle: (pem) => pem.replaceAll("\n", "\u2028"),
  },
  {
    name: "ideographic spaces",
    code: "pem.invisible_chars",
    mangle: (pem) => eachLine(pem, (line) => `\u3000${line}`),
  },
  {
    name: "full-width",
    code: "pem.fullwidth_chars",
    mangle: (pem) => pem.replaceAll("=", "\uFF1D").replaceAll("+", "\uFF0B"),
  },
  { name: "en dashes", code: "pem.dash_variant", mangle: (pem) => pem.replaceAll("-", "\u2013") },
  {
    name: "em dashes",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replaceAll("-----", "\u2014\u2014-"),
  },
  {
    name: "one em dash",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replaceAll("-----", "\u2014"),
  },
  { name: "minus signs", code: "pem.dash_variant", mangle: (pem) => pem.replaceAll("-", "\u2212") },
  {
    name: "four dashes",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replaceAll("-----", "----"),
  },
  {
    name: "six dashes",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replaceAll("-----", "------"),
  },
  { name: "no dashes", code: "pem.dash_variant", mangle: (pem) => pem.replaceAll("-", "") },
  {
    name: "spaced dashes",
    code: "pem.dash_variant",
    mangle: (pem) =>
      pem.replaceAll("-----BEGIN", "----- BEGIN").replaceAll("-----END", "----- END"),
  },
  {
    name: "lower-case label",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "certificate"),
  },
  {
    name: "lower-case armour",
    code: "pem.dash_variant",
    mangle: (pem) => pem.replace(/-----.*-----/g, (line) => line.toLowerCase()),
  },
  {
    name: "armour squeezed into base64",
    code: "pem.dash_variant",
    mangle: (pem) => lines(pem).join("").replaceAll("-", "").replaceAll(" ", ""),
  },
  {
    name: "\\n escapes",
    code: "pem.escaped_newlines",
    mangle: (pem) => pem.replaceAll("\n", "\\n"),
  },
  {
    name: "\\r\\n escapes",
    code: "pem.escaped_newlines",
    mangle: (pem) => pem.replaceAll("\n", "\\r\\n"),
  },
  {
    name: "\\\\n escapes",
    code: "pem.escaped_newlines",
    mangle: (pem) => pem.replaceAll("\n", "\\\\n"),
  },
  {
    name: "\\\\\\\\n escapes",
    code: "pem.escaped_newlines",
    mangle: (pem) => pem.replaceAll("\n", "\\\\\\\\n"),
  },
  { name: "JSON string", code: "pem.escaped_newlines", mangle: (pem) => JSON.stringify(pem) },
  {
    name: "JSON string twice",
    code: "pem.escaped_newlines",
    mangle: (pem) => JSON.stringify(JSON.stringify(pem)),
  },
  {
    name: "JSON with \\/ and \\u002b",
    code: "pem.escaped_newlines",
    mangle: (pem) => JSON.stringify(pem).replaceAll("/", "\\/").replaceAll("+", "\\u002b"),
  },
  {
    name: "JSON object",
    code: "pem.escaped_newlines",
    mangle: (pem) => JSON.stringify({ name: "x", public_certificate: pem, enabled: true }),
  },
  {
    name: "C string",
    code: "pem.json_string",
    mangle: (pem) =>
      lines(pem)
        .map((line) => `"${line}\\n"`)
        .join("\n"),
  },
  {
    name: "Java string",
    code: "pem.json_string",
    mangle: (pem) =>
      `String s = ${lines(pem)
        .map((line) => `"${line}\\n"`)
        .join("\n    + ")};`,
  },
  {
    name: "JavaScript string",
    code: "pem.json_string",
    mangle: (pem) =>
      `const s = ${lines(pem)
        .map((line) => `'${line}\\n'`)
        .join(" +\n  ")};`,
  },
  {
    name: "JavaScript array",
    code: "pem.json_string",
    mangle: (pem) =>
      `[\n${lines(pem)
        .map((line) => `  "${line}",`)
        .join("\n")}\n].join("\\n")`,
  },
  {
    name: "PHP string",
    code: "pem.json_string",
    mangle: (pem) =>
      `$c = ${lines(pem)
        .map((line) => `"${line}\\n"`)
        .join(" .\n")};`,
  },
  {
    name: "shell continuation",
    code: "pem.escaped_newlines",
    mangle: (pem) => lines(pem).join("\\\n"),
  },
  { name: "smart quotes", code: undefined, mangle: (pem) => `\u201C${pem.trimEnd()}\u201D` },
  { name: "quotes", code: undefined, mangle: (pem) => `"${pem.trimEnd()}"` },
  { name: "backticks", code: undefined, mangle: (pem) => `\`\`\`\n${pem}\`\`\`\n` },
  { name: "assignment", code: undefined, mangle: (pem) => `cert=${pem}` },
  {
    name: "env file",
    code: "pem.escaped_newlines",
    mangle: (pem) => `SAML_CERT="${pem.replaceAll("\n", "\\n")}"`,
  },
  {
    name: "YAML block",
    code: "pem.indented",
    mangle: (pem) => `cert: |\n${eachLine(pem, (line) => `  ${line}`)}`,
  },
  { name: "&#10;", code: "pem.html_entities", mangle: (pem) => pem.replaceAll("\n", "&#10;") },
  {
    name: "&#xD;&#xA;",
    code: "pem.html_entities",
    mangle: (pem) => pem.replaceAll("\n", "&#xD;&#xA;"),
  },
  {
    name: "&#13; before newlines",
    code: "pem.html_entities",
    mangle: (pem) => pem.replaceAll("\n", "&#13;\n"),
  },
  {
    name: "&amp;#10;",
    code: "pem.html_entities",
    mangle: (pem) => pem.replaceAll("\n", "&amp;#10;"),
  },
  {
    name: "&#43; and &#x2F;",
    code: "pem.html_entities",
    mangle: (pem) =>
      pem.replaceAll("+", "&#43;").replaceAll("/", "&#x2F;").replaceAll(" ", "&nbsp;"),
  },
  { name: "<br>", code: undefined, mangle: (pem) => pem.replaceAll("\n", "<br>\n") },
  { name: "URL encoded", code: "pem.url_encoded", mangle: (pem) => encodeURIComponent(pem) },
  {
    name: "URL encoded twice",
    code: "pem.url_encoded",
    mangle: (pem) => encodeURIComponent(encodeURIComponent(pem)),
  },
  {
    name: "form encoded",
    code: "pem.url_encoded",
    mangle: (pem) => new URLSearchParams({ cert: pem }).toString(),
  },
  { name: "%0A only", code: "pem.url_encoded", mangle: (pem) => pem.replaceAll("\n", "%0A") },
  { name: "+ to space", code: "pem.plus_as_space", mangle: (pem) => pem.replaceAll("+", " ") },
  {
    name: "+ to space, one line body",
    code: "pem.plus_as_space",
    mangle: (pem) => armour(body(pem)).replaceAll("+", " "),
  },
  {
    name: "mail quote",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `> ${line}`),
  },
  {
    name: "mail quote twice",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `>> ${line}`),
  },
  {
    name: "mail quote without blank",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `>${line}`),
  },
  {
    name: "hash comment",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `# ${line}`),
  },
  {
    name: "slash comment",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => `// ${line}`),
  },
  {
    name: "star comment",
    code: "pem.quoted_lines",
    mangle: (pem) => eachLine(pem, (line) => ` * ${line}`),
  },
  { name: "pipe", code: "pem.quoted_lines", mangle: (pem) => eachLine(pem, (line) => `| ${line}`) },
  { name: "diff", code: "pem.quoted_lines", mangle: (pem) => eachLine(pem, (line) => `+${line}`) },
  { name: "base64, one line", code: "pem.no_armour_base64", mangle: body },
  { name: "base64, wrapped", code: "pem.no_armour_base64", mangle: (pem) => wrap(body(pem), 64) },
  { name: "base64 in quotes", code: "pem.no_armour_base64", mangle: (pem) => `"${body(pem)}"` },
  {
    name: "base64 after a name",
    code: "pem.no_armour_base64",
    mangle: (pem) => `certificate: ${body(pem)}\n`,
  },
  {
    name: "base64 before words",
    code: "pem.no_armour_base64",
    mangle: (pem) => `${body(pem)}\nthanks a lot`,
  },
  {
    name: "base64 with spaces",
    code: "pem.no_armour_base64",
    mangle: (pem) => wrap(body(pem), 64).replaceAll("\n", " "),
  },
  {
    name: "data URI",
    code: "pem.no_armour_base64",
    mangle: (pem) => `data:application/x-x509-ca-cert;base64,${body(pem)}`,
  },
  {
    name: "JSON without armour",
    code: "pem.no_armour_base64",
    mangle: (pem) => JSON.stringify({ cert: body(pem), x: 1 }),
  },
  {
    name: "JWK with x5c",
    code: "pem.no_armour_base64",
    mangle: (pem) =>
      JSON.stringify({ keys: [{ kty: "RSA", e: "AQAB", n: "x", x5c: [body(pem)] }] }),
  },
  {
    name: "base64url",
    code: "pem.base64url",
    mangle: (pem) => Buffer.from(der(pem)).toString("base64url"),
  },
  {
    name: "base64url in armour",
    code: undefined,
    mangle: (pem) => armour(Buffer.from(der(pem)).toString("base64url")),
  },
  { name: "no padding", code: undefined, mangle: (pem) => pem.replaceAll("=", "") },
  {
    name: "too much padding",
    code: "pem.padding_repaired",
    mangle: (pem) => pem.replace("\n-----END", "==\n-----END"),
  },
  {
    name: "base64 of PEM",
    code: "pem.double_base64",
    mangle: (pem) => Buffer.from(pem).toString("base64"),
  },
  {
    name: "base64 of PEM, wrapped",
    code: "pem.double_base64",
    mangle: (pem) => wrap(Buffer.from(pem).toString("base64"), 76),
  },
  {
    name: "Kubernetes secret",
    code: "pem.double_base64",
    mangle: (pem) => `data:\n  tls.crt: ${Buffer.from(pem).toString("base64")}\n`,
  },
  {
    name: "base64 of base64",
    code: "pem.double_base64",
    mangle: (pem) => Buffer.from(body(pem)).toString("base64"),
  },
  {
    name: "base64 of base64 in armour",
    code: "pem.double_base64",
    mangle: (pem) => armour(wrap(Buffer.from(body(pem)).toString("base64"), 64)),
  },
  {
    name: "base64 of PEM in armour",
    code: "pem.double_base64",
    mangle: (pem) => armour(wrap(Buffer.from(pem).toString("base64"), 64)),
  },
  { name: "hex", code: "pem.hex", mangle: (pem) => der(pem).toString("hex") },
  { name: "HEX", code: "pem.hex", mangle: (pem) => der(pem).toString("hex").toUpperCase() },
  {
    name: "hex with colons",
    code: "pem.hex",
    mangle: (pem) => (der(pem).toString("hex").match(/../g) ?? []).join(":"),
  },
  { name: "hex wrapped", code: "pem.hex", mangle: (pem) => wrap(der(pem).toString("hex"), 64) },
  { name: "0x hex", code: "pem.hex", mangle: (pem) => `0x${der(pem).toString("hex")}` },
  {
    name: "C bytes",
    code: "pem.hex",
    mangle: (pem) =>
      (der(pem).toString("hex").match(/../g) ?? []).map((pair) => `0x${pair}`).join(", "),
  },
  {
    name: "\\x hex",
    code: "pem.hex",
    mangle: (pem) =>
      (der(pem).toString("hex").match(/../g) ?? []).map((pair) => `\\x${pair}`).join(""),
  },
  { name: "DER", code: "kind.der_file", mangle: (pem) => Uint8Array.from(der(pem)) },
  {
    name: "missing BEGIN",
    code: "pem.begin_added",
    mangle: (pem) => lines(pem).slice(1).join("\n"),
  },
  {
    name: "missing END",
    code: "pem.end_added",
    mangle: (pem) => lines(pem).slice(0, -1).join("\n"),
  },
  {
    name: "missing END, text after",
    code: "pem.end_added",
    mangle: (pem) => `${lines(pem).slice(0, -1).join("\n")}\n\nBest regards, the IdP team`,
  },
  {
    name: "END cut in its middle",
    code: "pem.end_added",
    mangle: (pem) => pem.slice(0, pem.indexOf("-----END") + 3),
  },
  {
    name: "two BEGIN lines",
    code: "pem.nested_begin",
    mangle: (pem) => `-----BEGIN CERTIFICATE-----\n${pem}`,
  },
  {
    name: "armour twice",
    code: undefined,
    mangle: (pem) => `-----BEGIN CERTIFICATE-----\n${pem}-----END CERTIFICATE-----\n`,
  },
  {
    name: "label mismatch",
    code: "pem.labels_matched",
    mangle: (pem) => pem.replace("END CERTIFICATE", "END X509 CERTIFICATE"),
  },
  {
    name: "label PUBLIC KEY",
    code: "pem.label_corrected",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "PUBLIC KEY"),
  },
  {
    name: "label CERT",
    code: "pem.label_corrected",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "CERT"),
  },
  {
    name: "label PKCS7",
    code: "pem.label_corrected",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "PKCS7"),
  },
  {
    name: "label CERTIFICATE REQUEST",
    code: "pem.label_corrected",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "CERTIFICATE REQUEST"),
  },
  {
    name: "label X509 CERTIFICATE",
    code: "pem.legacy_label",
    mangle: (pem) => pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE"),
  },
  {
    name: "RFC 1421 headers",
    code: "pem.legacy_header",
    mangle: (pem) => pem.replace("-----\n", "-----\nSubject: test\nX-Note: a, b\n\n"),
  },
  {
    name: "bag attributes",
    code: "pem.text_before",
    mangle: (pem) => `Bag Attributes\n    friendlyName: idp\nsubject=CN = x\nissuer=CN = x\n${pem}`,
  },
  {
    name: "text before and after",
    code: "pem.text_after",
    mangle: (pem) => `Hello,\nhere it is:\n${pem}\nRegards\n`,
  },
  { name: "the same twice", code: "pem.duplicate_certificate", mangle: (pem) => pem + pem },
  {
    name: "ds:X509Certificate",
    code: "pem.xml_element",
    mangle: (pem) => `<ds:X509Certificate>${body(pem)}</ds:X509Certificate>`,
  },
  {
    name: "X509Certificate, wrapped",
    code: "pem.xml_element",
    mangle: (pem) => `<X509Certificate>\n${wrap(body(pem), 76)}\n</X509Certificate>`,
  },
  {
    name: "PEM inside X509Certificate",
    code: "pem.xml_element",
    mangle: (pem) => `<ds:X509Certificate>${pem}</ds:X509Certificate>`,
  },
  {
    name: "escaped XML",
    code: "pem.xml_element",
    mangle: (pem) => `&lt;ds:X509Certificate&gt;${body(pem)}&lt;/ds:X509Certificate&gt;`,
  },
  {
    name: "metadata with a signing and an encryption key",
    code: "pem.xml_element",
    mangle: (pem) =>
      `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><md:IDPSSODescriptor><md:KeyDescriptor use="encryption"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${body(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor></md:IDPSSODescriptor></md:EntityDescriptor>`,
  },
  {
    name: "Windows-1252 dashes and quotes",
    code: "pem.dash_variant",
    mangle: (pem) =>
      Uint8Array.from(Buffer.from(`\x93${pem.replaceAll("-", "\x96")}\x94`, "latin1")),
  },
];
