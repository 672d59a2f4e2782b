import type { Mangling } from "./manglings.ts";

/** Bytes as programs print them: the DER of a certificate, or its PEM. */

const derOf = (pem: string): number[] => [
  ...Buffer.from(pem.trimEnd().split("\n").slice(1, -1).join(""), "base64"),
];
const bytesOf = (pem: string): number[] => [...Buffer.from(pem)];
const pair = (byte: number): string => byte.toString(16).padStart(2, "0");
const rowsOf = (bytes: readonly number[], size = 16): number[][] => {
  const rows: number[][] = [];
  for (let i = 0; i < bytes.length; i += size) rows.push(bytes.slice(i, i + size));
  return rows;
};
const printable = (row: readonly number[]): string =>
  row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
const offset = (i: number, width: number, base = 16): string =>
  (i * 16).toString(base).padStart(width, "0");
const spaced = (row: readonly number[]): string => row.map(pair).join(" ");
const words = (row: readonly number[], swapped: boolean): string =>
  rowsOf(row, 2)
    .map((word) => (swapped ? [...word].reverse() : word).map(pair).join(""))
    .join(" ");

const xxd = (bytes: readonly number[]): string =>
  rowsOf(bytes)
    .map((row, i) => `${offset(i, 8)}: ${words(row, false).padEnd(39)}  ${printable(row)}\n`)
    .join("");
const hexdump = (bytes: readonly number[]): string =>
  `${rowsOf(bytes)
    .map(
      (row, i) =>
        `${offset(i, 8)}  ${spaced(row.slice(0, 8)).padEnd(23)}  ${spaced(row.slice(8)).padEnd(23)}  |${printable(row)}|\n`,
    )
    .join("")}${bytes.length.toString(16).padStart(8, "0")}\n`;
const od = (bytes: readonly number[]): string =>
  `${rowsOf(bytes)
    .map((row, i) => `${offset(i, 7, 8)} ${spaced(row)}\n`)
    .join("")}${bytes.length.toString(8).padStart(7, "0")}\n`;
const escaped = (bytes: readonly number[]): string =>
  bytes
    .map((byte) => {
      if (byte === 10) return "\\n";
      if (byte === 39 || byte === 92) return `\\${String.fromCharCode(byte)}`;
      return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${pair(byte)}`;
    })
    .join("");
const octal = (bytes: readonly number[]): string =>
  bytes
    .map((byte) =>
      byte >= 32 && byte < 127 && byte !== 34 && byte !== 92
        ? String.fromCharCode(byte)
        : `\\${byte.toString(8).padStart(3, "0")}`,
    )
    .join("");
const list = (pem: string, prefix = "0x", joint = ", "): string =>
  derOf(pem)
    .map((byte) => `${prefix}${pair(byte)}`)
    .join(joint);
const signed = (pem: string): number[] => [...Int8Array.from(derOf(pem))];
const utf8OfLatin1 = (pem: string): Uint8Array =>
  new TextEncoder().encode(String.fromCharCode(...derOf(pem)));

export const BYTE_SPELLINGS: readonly Mangling[] = (
  [
    ["xxd of DER", (pem) => xxd(derOf(pem))],
    ["xxd -u of DER", (pem) => xxd(derOf(pem)).toUpperCase()],
    ["xxd of PEM", (pem) => xxd(bytesOf(pem))],
    [
      "xxd of PEM with text before it",
      (pem) => xxd(bytesOf(`subject=CN = idp\nissuer=CN = idp\n${pem}`)),
    ],
    ["xxd below the command", (pem) => `$ xxd idp.cer\n${xxd(derOf(pem))}$ \n`],
    ["hexdump -C of DER", (pem) => hexdump(derOf(pem))],
    ["hexdump -C of PEM", (pem) => hexdump(bytesOf(pem))],
    [
      "hexdump",
      (pem) =>
        rowsOf(derOf(pem))
          .map(
            (row, i) =>
              `${offset(i, 7)} ${words(row.length % 2 === 0 ? row : [...row, 0], true)}\n`,
          )
          .join(""),
    ],
    ["od -tx1 of DER", (pem) => od(derOf(pem))],
    ["od -tx1 of PEM", (pem) => od(bytesOf(pem))],
    [
      "od -Ax -tx1z",
      (pem) =>
        rowsOf(derOf(pem))
          .map((row, i) => `${offset(i, 6)} ${spaced(row).padEnd(47)}  >${printable(row)}<\n`)
          .join(""),
    ],
    [
      "Format-Hex",
      (pem) =>
        `           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\r\n\r\n${rowsOf(derOf(pem))
          .map(
            (row, i) =>
              `${offset(i, 8)}   ${spaced(row).toUpperCase().padEnd(47)}  ${printable(row)}\r\n`,
          )
          .join("")}`,
    ],
    [
      "certutil -dump",
      (pem) =>
        rowsOf(derOf(pem))
          .map(
            (row, i) =>
              `    ${offset(i, 4)}  ${spaced(row.slice(0, 8))}  ${spaced(row.slice(8)).padEnd(23)}   ${printable(row)}\n`,
          )
          .join(""),
    ],
    ["C array", (pem) => `const unsigned char cert[] = { ${list(pem)} };\nint size = 0x3b0;\n`],
    ["C array with comments", (pem) => `{ ${list(pem, "0x", ", /* byte */ ")} };`],
    ["Java array", (pem) => `byte[] c = { ${list(pem, "(byte) 0x")} };`],
    ["Java bytes", (pem) => `[${signed(pem).join(", ")}]`],
    ["Go bytes", (pem) => `[${derOf(pem).join(" ")}]`],
    ["Visual Basic array", (pem) => `Dim b() As Byte = {${list(pem, "&H")}}`],
    ["Rust array", (pem) => `[${derOf(pem).join(", ").replace("48", "48u8")}]`],
    ["registry file", (pem) => `"Blob"=hex:${list(pem, "", ",\\\r\n  ")}\r\n`],
    ["PowerShell bytes", (pem) => derOf(pem).join("\r\n")],
    ["JSON array", (pem) => JSON.stringify({ cert: derOf(pem), id: 5 })],
    ["JSON array of PEM", (pem) => JSON.stringify(bytesOf(pem), null, 2)],
    ["JSON of a Buffer", (pem) => JSON.stringify(Buffer.from(derOf(pem)))],
    ["JSON of a Uint8Array", (pem) => JSON.stringify(Uint8Array.from(derOf(pem)))],
    ["a Buffer on the console", (pem) => `<Buffer ${spaced(derOf(pem))}>`],
    ["Python bytes", (pem) => `b'${escaped(derOf(pem))}'`],
    [
      "Python bytes in two literals",
      (pem) => `(b'${escaped(derOf(pem).slice(0, 99))}'\n b'${escaped(derOf(pem).slice(99))}')`,
    ],
    ["C string of bytes", (pem) => `"${octal(derOf(pem))}"`],
    ["JSON string of bytes", (pem) => JSON.stringify(String.fromCharCode(...derOf(pem)))],
    ["hex of PEM", (pem) => Buffer.from(pem).toString("hex")],
    ["hex after a name", (pem) => `certificate = ${list(pem, "", "")}`],
    ["hex in JSON", (pem) => JSON.stringify({ cert: list(pem, "", "") })],
    ["SQL", (pem) => `INSERT INTO idp VALUES (1, X'${list(pem, "", "").toUpperCase()}', 2);`],
    ["Transact-SQL", (pem) => `INSERT INTO idp VALUES (1, 0x${list(pem, "", "")});`],
  ] as readonly (readonly [string, Mangling["mangle"]])[]
).map(([name, mangle]) => ({ name, code: "pem.hex", mangle }));

/** Binary that was taken for text of one byte a character, in which nothing is lost. */
export const BINARY_TEXTS: readonly Mangling[] = [
  {
    name: "DER as Latin-1",
    code: "pem.binary_text",
    mangle: (pem) => String.fromCharCode(...derOf(pem)),
  },
  {
    name: "DER as Windows-1252",
    code: "pem.binary_text",
    mangle: (pem) => new TextDecoder("windows-1252").decode(Uint8Array.from(derOf(pem))),
  },
  { name: "DER as Latin-1, stored as UTF-8", code: "pem.binary_text", mangle: utf8OfLatin1 },
];
