import type { Mangling } from "../support/manglings.ts";
import {
  armour,
  body,
  bodyLines,
  columns,
  END,
  each,
  indent,
  lines,
  manglings,
  type Row,
} from "./parts.ts";

/** Certificates as mail, chat and ticket programs change them. */
const rows: readonly Row[] = [
  [
    "a mail with a greeting and a signature",
    "pem.text_before",
    (pem) =>
      `Hi Anna,\n\nplease find below our new signing certificate (valid until 2030):\n\n${pem}\nBest regards,\nThe IdP team\n-- \nExample Inc.\n`,
  ],
  [
    "a quoted mail with its head",
    "pem.quoted_lines",
    (pem) =>
      `On Mon, 5 Jan 2026 at 10:12, Anna wrote:\n\n> Hi,\n>\n${each(pem, (line) => `> ${line}`)}>\n> Anna\n`,
  ],
  ["a mail quoted three times", "pem.quoted_lines", (pem) => each(pem, (line) => `>>> ${line}`)],
  ["a mail quoted with gaps", "pem.quoted_lines", (pem) => each(pem, (line) => `> > > ${line}`)],
  ["quoted with initials", "pem.quoted_lines", (pem) => each(pem, (line) => `AB> ${line}`)],
  [
    "a forwarded mail",
    "pem.text_before",
    (pem) =>
      `---------- Forwarded message ---------\nFrom: IdP <idp@example.com>\nDate: Mon, 5 Jan 2026\nSubject: certificate\n\n${pem}`,
  ],
  [
    "an original message of Outlook",
    "pem.text_before",
    (pem) => `-----Original Message-----\nFrom: idp@example.com\nSent: Monday\n\n${pem}`,
  ],
  [
    "a quoted and wrapped mail",
    "pem.quoted_lines",
    (pem) =>
      lines(pem)
        .flatMap((line) =>
          line.length > 60 ? [`> ${line.slice(0, 60)}`, `> ${line.slice(60)}`] : [`> ${line}`],
        )
        .join("\n"),
  ],
  ["format=flowed, stuffed", "pem.indented", (pem) => each(pem, (line) => ` ${line} `)],
  [
    "blank lines after a blank at each end",
    "pem.blank_lines",
    (pem) => lines(pem).join(" \r\n\r\n"),
  ],
  [
    "non-breaking blanks in front",
    "pem.invisible_chars",
    (pem) => each(pem, (line) => `\u00A0\u00A0${line}`),
  ],
  [
    "lines between zero-width blanks",
    "pem.invisible_chars",
    (pem) => each(pem, (line) => `\u200B${line}\u200B`),
  ],
  ["Slack's code block", undefined, (pem) => `Here you go:\n\`\`\`${pem.trimEnd()}\`\`\`\n`],
  ["Slack's code block on lines of its own", undefined, (pem) => `\`\`\`\n${pem}\`\`\``],
  [
    "a copy out of Slack with name and time",
    "pem.text_before",
    (pem) => `Anna  10:42 AM\n${pem}10:43 AM\nthanks!\n`,
  ],
  [
    "a copy out of Teams",
    "pem.text_before",
    (pem) => `[05.01.2026 10:42] Anna Example\r\n${pem.replaceAll("\n", "\r\n")}`,
  ],
  ["a quotation of Teams", "pem.quoted_lines", (pem) => each(pem, (line) => `| ${line}`)],
  [
    "a dash for an em dash and hyphen",
    "pem.dash_variant",
    (pem) => pem.replaceAll("-----", "\u2014\u2014-"),
  ],
  [
    "Outlook's en dash and hyphens",
    "pem.dash_variant",
    (pem) => pem.replaceAll("-----", "\u2013---"),
  ],
  [
    "dashes of several kinds",
    "pem.dash_variant",
    (pem) => pem.replaceAll("-----", "\u2014\u2013-"),
  ],
  [
    "dashes and quotation marks of Word",
    "pem.dash_variant",
    (pem) => `\u201E${pem.trimEnd().replaceAll("-----", "\u2014\u2014")}\u201C`,
  ],
  ["quotation marks of France", undefined, (pem) => `\u00AB\u00A0${pem.trimEnd()}\u00A0\u00BB`],
  ["a ticket of Jira", undefined, (pem) => `{code:title=idp.pem}\n${pem}{code}\n`],
  ["a ticket of Jira, noformat", undefined, (pem) => `{noformat}\n${pem}{noformat}\n`],
  [
    "a Markdown fence with a language",
    undefined,
    (pem) => `# Certificate\n\n\`\`\`pem\n${pem}\`\`\`\n`,
  ],
  ["a Markdown fence of tildes", undefined, (pem) => `~~~ text\n${pem}~~~\n`],
  ["an indented block of Markdown", "pem.indented", (pem) => `Certificate:\n\n${indent(pem, 4)}`],
  [
    "a quotation of Markdown with a fence",
    "pem.quoted_lines",
    (pem) => `> \`\`\`\n${each(pem, (line) => `> ${line}`)}> \`\`\`\n`,
  ],
  ["a list of Markdown", "pem.indented", (pem) => `- ${lines(pem).join("\n  ")}\n`],
  [
    "a numbered step of a guide",
    "pem.indented",
    (pem) => `3. Paste this:\n\n   ${lines(pem).join("\n   ")}\n`,
  ],
  ["bullets of a chat", "pem.quoted_lines", (pem) => each(pem, (line) => `\u2022 ${line}`)],
  ["each line in backticks", undefined, (pem) => each(pem, (line) => `\`${line}\``)],
  ["bold in Markdown", undefined, (pem) => `**${pem.trimEnd()}**`],
  [
    "the BEGIN line in bold",
    undefined,
    (pem) => pem.replace(/^(-+BEGIN.*)$/m, "**$1**").replace(/^(-+END.*)$/m, "**$1**"),
  ],
  [
    "a table of Markdown",
    undefined,
    (pem) => `| name | certificate |\n|---|---|\n| idp | ${lines(pem).join("<br>")} |\n`,
  ],
  ["a table of Markdown with code", undefined, (pem) => `| idp | \`${body(pem)}\` |\n`],
  [
    "quoted-printable with soft breaks",
    "pem.quoted_printable",
    (pem) =>
      `Content-Transfer-Encoding: quoted-printable\n\n${pem.replaceAll("=", "=3D").replaceAll(/^([A-Za-z0-9+/]{60})(?=.)/gm, "$1=\n")}`,
  ],
  [
    "an attachment in base64",
    "pem.double_base64",
    (pem) =>
      `--b1\r\nContent-Type: application/x-x509-ca-cert; name="idp.pem"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="idp.pem"\r\n\r\n${columns(Buffer.from(pem).toString("base64"), 76).join("\r\n")}\r\n--b1--\r\n`,
  ],
  [
    "an attachment of DER in base64",
    "pem.no_armour_base64",
    (pem) =>
      `Content-Type: application/pkix-cert\r\nContent-Transfer-Encoding: base64\r\n\r\n${columns(body(pem), 76).join("\r\n")}\r\n`,
  ],
  [
    "uneven lines of a narrow window",
    "pem.line_length",
    (pem) =>
      armour(
        bodyLines(pem)
          .flatMap((line) => [line.slice(0, 47), line.slice(47)].filter(Boolean))
          .join("\n"),
      ),
  ],
  [
    "an END line that was wrapped",
    undefined,
    (pem) => pem.replace(END, "-----END\nCERTIFICATE-----"),
  ],
  ["a BEGIN line that was wrapped", undefined, (pem) => pem.replace("BEGIN CERT", "BEGIN\nCERT")],
  [
    "a BEGIN line whose dashes were wrapped",
    undefined,
    (pem) => pem.replace("CERTIFICATE-----\n", "CERTIFICATE--\n---\n"),
  ],
  [
    "an answer above the certificate, with a PGP sign",
    undefined,
    (pem) =>
      `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${pem.replaceAll(/^-/gm, "- -")}-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n-----END PGP SIGNATURE-----\n`,
  ],
  ["a link that a program made of the text", undefined, (pem) => `<${pem.trimEnd()}>`],
];

export const MAIL: readonly Mangling[] = manglings(rows);
