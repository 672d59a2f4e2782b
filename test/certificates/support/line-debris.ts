import type { Mangling } from "./manglings.ts";

/** Text that source code, terminals, logs and web pages put around and between the lines. */

const lines = (pem: string): string[] => pem.trimEnd().split("\n");
const body = (pem: string): string => lines(pem).slice(1, -1).join("");
const wrap = (text: string, width: number): string[] =>
  text.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
const each = (pem: string, change: (line: string, index: number) => string): string =>
  `${lines(pem).map(change).join("\n")}\n`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const metadata = (pem: string): string =>
  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:KeyDescriptor use="signing"><ds:X509Certificate>${body(pem)}</ds:X509Certificate></md:KeyDescriptor></md:EntityDescriptor>`;

export const LINE_DEBRIS: readonly Mangling[] = (
  [
    ["cat -A", "pem.quoted_lines", (pem) => each(pem, (line) => `${line}$`)],
    ["cat -A of CRLF", "pem.quoted_lines", (pem) => each(pem, (line) => `${line}^M$`)],
    ["pilcrows", "pem.quoted_lines", (pem) => each(pem, (line) => `${line}\u00B6`)],
    ["signs of the return key", "pem.quoted_lines", (pem) => each(pem, (line) => `${line}\u21B5`)],
    ["commas at the ends", "pem.quoted_lines", (pem) => lines(pem).join(",\n")],
    ["_x000D_ of Excel", "pem.quoted_lines", (pem) => each(pem, (line) => `${line}_x000D_`)],
    ["_x000a_ between", "pem.quoted_lines", (pem) => lines(pem).join("_x000a_")],
    ["semicolons between", "pem.quoted_lines", (pem) => lines(pem).join(";")],
    ["/n between", "pem.quoted_lines", (pem) => lines(pem).join("/n")],
    ["`n between", "pem.quoted_lines", (pem) => `"${lines(pem).join("`n")}"`],
    ["\\u{a} between", "pem.quoted_lines", (pem) => lines(pem).join("\\u{a}")],
    ["\\012 between", "pem.quoted_lines", (pem) => lines(pem).join("\\012")],
    [
      "psql",
      "pem.quoted_lines",
      (pem) =>
        ` cert\n------\n ${lines(pem)
          .map((line) => line.padEnd(64))
          .join("+\n ")}\n(1 row)\n`,
    ],
    [
      "a box of a terminal",
      "pem.quoted_lines",
      (pem) => each(pem, (line) => `| ${line.padEnd(64)} |`),
    ],
    [
      "a box of lines",
      "pem.quoted_lines",
      (pem) => each(pem, (line) => `\u2502 ${line.padEnd(64)} \u2502`),
    ],
    [
      "git blame",
      "pem.quoted_lines",
      (pem) => each(pem, (line, i) => `3f2a1b4c (me 2026-01-0${i % 10} ${10 + i}) ${line}`),
    ],
    [
      "a log with times",
      "pem.quoted_lines",
      (pem) => each(pem, (line, i) => `2026-01-01 10:00:00.${100 + i} INFO ${line}`),
    ],
    ["lines that a diff takes out", "pem.quoted_lines", (pem) => each(pem, (line) => `-${line}`)],
    [
      "colours of a terminal",
      "pem.invisible_chars",
      (pem) => each(pem, (line) => `\u001B[1;32m${line}\u001B[0m`),
    ],
    [
      "Markdown escapes",
      "pem.escaped_newlines",
      (pem) => pem.replaceAll("+", "\\+").replaceAll("=", "\\=").replaceAll("-", "\\-"),
    ],
    [
      "Visual Basic",
      "pem.json_string",
      (pem) =>
        `Dim c As String = ${lines(pem)
          .map((line) => `"${line}" & vbCrLf`)
          .join(" & _\n    ")}`,
    ],
    [
      "Visual Basic, line by line",
      "pem.json_string",
      (pem) =>
        lines(pem)
          .map((line) => `s = s & "${line}" & vbCrLf`)
          .join("\r\n"),
    ],
    [
      "Visual Basic without armour",
      "pem.json_string",
      (pem) =>
        `Dim c As String = ${wrap(body(pem), 60)
          .map((line) => `"${line}"`)
          .join(" & _\n    ")}`,
    ],
    [
      "C#",
      "pem.json_string",
      (pem) =>
        `var c = ${lines(pem)
          .map((line) => `"${line}" + Environment.NewLine`)
          .join(" +\n")};`,
    ],
    [
      "StringBuilder",
      "pem.json_string",
      (pem) =>
        lines(pem)
          .map((line) => `sb.append("${line}\\n");`)
          .join("\n"),
    ],
    ["only the BEGIN line in quotes", undefined, (pem) => pem.replace(/^(-+BEGIN.*)$/m, '"$1"')],
    [
      "Word's HTML",
      "pem.html_tags",
      (pem) =>
        each(
          pem,
          (line) =>
            `<p class="MsoNormal"><span lang=EN-US style='font-size:10pt'>${line}<o:p></o:p></span></p>`,
        ),
    ],
    [
      "quoted-printable line breaks",
      "pem.quoted_printable",
      (pem) => pem.replaceAll("=", "=3D").replaceAll("\n", "=0D=0A=\n"),
    ],
    [
      "UTF-8 as Windows-1252",
      "pem.dash_variant",
      (pem) =>
        pem
          .replaceAll("-----", "\u00E2\u20AC\u201D\u00E2\u20AC\u201D")
          .replaceAll("\n", "\u00C2 \n"),
    ],
    [
      "a Kubernetes secret with more after it",
      "pem.double_base64",
      (pem) => `data:\n  tls.crt: ${base64(pem)}\nkind: Secret\n`,
    ],
    ["base64 three times", "pem.double_base64", (pem) => base64(base64(pem))],
    ["base64 of JSON", "pem.double_base64", (pem) => base64(JSON.stringify({ cert: pem }))],
    ["base64 of metadata", "pem.double_base64", (pem) => base64(metadata(pem))],
    [
      "base64 of UTF-16",
      "pem.double_base64",
      (pem) => Buffer.from(`\uFEFF${pem}`, "utf16le").toString("base64"),
    ],
    [
      "JSON with the public key before it",
      "pem.no_armour_base64",
      (pem) =>
        JSON.stringify({
          publicKey: `MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7${"x".repeat(176)}`,
          certificate: body(pem),
        }),
    ],
  ] as readonly (readonly [string, string | undefined, Mangling["mangle"]])[]
).map(([name, code, mangle]) => ({ name, code, mangle }));
