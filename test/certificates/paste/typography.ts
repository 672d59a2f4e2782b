import type { Mangling } from "../support/manglings.ts";
import { armour, body, bodyLines, columns, each, lines, manglings, type Row } from "./parts.ts";

const greek: Readonly<Record<string, string>> = {
  A: "\u0391",
  B: "\u0392",
  E: "\u0395",
  I: "\u0399",
  N: "\u039D",
  T: "\u03A4",
};
const cyrillic: Readonly<Record<string, string>> = {
  A: "\u0410",
  B: "\u0412",
  C: "\u0421",
  E: "\u0415",
  I: "\u0406",
  T: "\u0422",
};
const swap = (text: string, letters: Readonly<Record<string, string>>): string =>
  [...text].map((letter) => letters[letter] ?? letter).join("");
const inArmour = (pem: string, change: (line: string) => string): string =>
  each(pem, (line) => (line.startsWith("-----") ? change(line) : line));

/** Certificates as word processors, PDF readers, spreadsheets and other alphabets change them. */
const rows: readonly Row[] = [
  [
    "Cyrillic letters in the armour",
    undefined,
    (pem) => inArmour(pem, (line) => swap(line, cyrillic)),
  ],
  ["Greek letters in the armour", undefined, (pem) => inArmour(pem, (line) => swap(line, greek))],
  ["Cyrillic letters in the body", undefined, (pem) => swap(pem, cyrillic)],
  [
    "one Cyrillic letter in the body",
    undefined,
    (pem) => pem.replace(/A(?=.*\n-----END)/, "\u0410"),
  ],
  [
    "full-width armour",
    "pem.fullwidth_chars",
    (pem) =>
      inArmour(pem, (line) =>
        [...line]
          .map((c) => (c === " " ? "\u3000" : String.fromCharCode(c.charCodeAt(0) + 0xfee0)))
          .join(""),
      ),
  ],
  [
    "full-width plus and slash",
    "pem.fullwidth_chars",
    (pem) => pem.replaceAll("+", "\uFF0B").replaceAll("/", "\uFF0F"),
  ],
  [
    "right-to-left marks",
    "pem.invisible_chars",
    (pem) => each(pem, (line) => `\u200F${line}\u200F`),
  ],
  [
    "isolates of a right-to-left mail",
    "pem.invisible_chars",
    (pem) => each(pem, (line) => `\u2067${line}\u2069`),
  ],
  [
    "word joiners",
    "pem.invisible_chars",
    (pem) => (body(pem).length > 0 ? armour(columns(body(pem), 16).join("\u2060")) : pem),
  ],
  [
    "ligatures",
    undefined,
    (pem) =>
      pem
        .replaceAll("ffi", "\uFB03")
        .replaceAll("ffl", "\uFB04")
        .replaceAll("ff", "\uFB00")
        .replaceAll("fi", "\uFB01")
        .replaceAll("fl", "\uFB02"),
  ],
  ["a fraction slash and a division slash", undefined, (pem) => pem.replaceAll("/", "\u2215")],
  [
    "thin blanks",
    "pem.invisible_chars",
    (pem) => each(pem, (line) => columns(line, 8).join("\u2009")),
  ],
  ["non-breaking hyphens", "pem.dash_variant", (pem) => pem.replaceAll("-", "\u2011")],
  ["figure dashes", "pem.dash_variant", (pem) => pem.replaceAll("-", "\u2012")],
  ["box-drawing dashes", "pem.dash_variant", (pem) => pem.replaceAll("-", "\u2500")],
  ["a bar for the dashes", "pem.dash_variant", (pem) => pem.replaceAll("-----", "\u2015\u2015")],
  [
    "a hyphen at the end of each line of a PDF",
    undefined,
    (pem) =>
      armour(
        bodyLines(pem)
          .map((line) => columns(line, 40).join("-\n"))
          .join("\n"),
      ),
  ],
  [
    "soft hyphens of a PDF",
    "pem.invisible_chars",
    (pem) => armour(columns(body(pem), 40).join("\u00AD\n")),
  ],
  [
    "a page number between",
    undefined,
    (pem) =>
      lines(pem)
        .flatMap((line, i) => (i === 5 ? [line, "", "Page 3 of 12", ""] : [line]))
        .join("\n"),
  ],
  [
    "a bare page number between",
    undefined,
    (pem) =>
      lines(pem)
        .flatMap((line, i) => (i === 5 ? [line, "", "12", ""] : [line]))
        .join("\n"),
  ],
  [
    "a form feed between pages",
    undefined,
    (pem) =>
      lines(pem)
        .flatMap((line, i) => (i === 5 ? [line, "\f"] : [line]))
        .join("\n"),
  ],
  ["a cell of a spreadsheet", undefined, (pem) => `idp\t"${pem.trimEnd()}"\tactive\n`],
  ["two columns of a spreadsheet", undefined, (pem) => `Name\tCertificate\nidp\t${body(pem)}\n`],
  ["rows of a spreadsheet", "pem.indented", (pem) => each(pem, (line) => `${line}\t\t`)],
  [
    "rows of a spreadsheet after an empty cell",
    "pem.indented",
    (pem) => each(pem, (line) => `\t${line}`),
  ],
  [
    "rows that a spreadsheet took for formulas",
    undefined,
    (pem) => each(pem, (line) => `'${line}`),
  ],
  ["CSV", undefined, (pem) => `id,name,certificate,active\n1,idp,"${pem}",true\n`],
  ["CSV with semicolons", undefined, (pem) => `1;idp;"${pem.trimEnd()}";true\n`],
  ["CSV of base64", "pem.no_armour_base64", (pem) => `id,certificate\n1,${body(pem)}\n`],
  [
    "RTF",
    undefined,
    (pem) =>
      `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Courier;}}\\f0\\fs20 ${lines(pem).join("\\par\n")}\\par\n}`,
  ],
  ["RTF with lines", undefined, (pem) => `{\\rtf1\\ansi ${lines(pem).join("\\line\r\n")}}`],
  [
    "HTML of the clipboard",
    undefined,
    (pem) =>
      `Version:0.9\r\nStartHTML:00000097\r\nEndHTML:00000170\r\n<html><body>\r\n<!--StartFragment--><pre>${pem}</pre><!--EndFragment-->\r\n</body>\r\n</html>`,
  ],
  [
    "a page with a pre element",
    undefined,
    (pem) =>
      `<!DOCTYPE html>\n<html><head><title>IdP</title></head><body><pre>\n${pem}</pre></body></html>`,
  ],
  [
    "a page with br",
    undefined,
    (pem) => `<html><body><p>${lines(pem).join("<br/>")}</p></body></html>`,
  ],
  [
    "a page with paragraphs",
    undefined,
    (pem) =>
      lines(pem)
        .map((line) => `<p>${line}</p>`)
        .join(""),
  ],
  [
    "a page with a list",
    undefined,
    (pem) =>
      `<ol>${lines(pem)
        .map((line) => `<li>${line}</li>`)
        .join("\n")}</ol>`,
  ],
  [
    "syntax highlighting",
    undefined,
    (pem) =>
      `<pre><code class="hljs">${lines(pem)
        .map((line) => `<span class="hljs-string">${line}</span>`)
        .join("\n")}</code></pre>`,
  ],
  ["a textarea", undefined, (pem) => `<textarea name="cert" rows="10" cols="64">${pem}</textarea>`],
  [
    "an input element",
    undefined,
    (pem) => `<input type="hidden" name="cert" value="${pem.replaceAll("\n", "&#10;")}">`,
  ],
  [
    "a cell of an HTML table",
    undefined,
    (pem) => `<table><tr><td>Certificate</td><td>${lines(pem).join("<br>")}</td></tr></table>`,
  ],
  ["wbr elements", undefined, (pem) => armour(columns(body(pem), 32).join("<wbr>"))],
  [
    "entities for slash, plus and equals",
    undefined,
    (pem) => pem.replaceAll("/", "&#47;").replaceAll("+", "&plus;").replaceAll("=", "&equals;"),
  ],
  [
    "entities of a security filter",
    "pem.html_entities",
    (pem) =>
      pem
        .replaceAll("-", "&#45;")
        .replaceAll("+", "&#43;")
        .replaceAll("=", "&#x3d;")
        .replaceAll("\n", "&#xa;"),
  ],
  [
    "numbers of lines of a code viewer",
    "pem.quoted_lines",
    (pem) =>
      each(pem, (line, i) => `${i + 1}\n${line}`).length > 0
        ? each(pem, (line, i) => `${i + 1} | ${line}`)
        : "",
  ],
  [
    "numbers on lines of their own",
    undefined,
    (pem) => each(pem, (line, i) => `${i + 1}\n${line}`),
  ],
];

export const TYPOGRAPHY: readonly Mangling[] = manglings(rows);
