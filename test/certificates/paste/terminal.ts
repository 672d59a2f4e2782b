import type { Mangling } from "../support/manglings.ts";
import {
  armour,
  base64,
  body,
  bodyLines,
  each,
  indent,
  lines,
  manglings,
  type Row,
  sha1,
} from "./parts.ts";

const TEXT = `Certificate:
    Data:
        Version: 3 (0x2)
        Serial Number:
            5c:1f:8e:0a:63:44:91:b7:2d:0e:aa:01:9f:3c:77:d2:10:4b:8e:6f
        Signature Algorithm: sha256WithRSAEncryption
        Issuer: CN = idp.example.com
        Validity
            Not Before: Jan  1 00:00:00 2026 GMT
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (2048 bit)
                Modulus:
                    00:c1:8f:20:66:52:a1:3e:6f:0d:11:9b:4b:8f:72:
                    10:2f
    Signature Algorithm: sha256WithRSAEncryption
    Signature Value:
        30:82:01:22:8f:20:66:52:a1:3e:6f:0d:11:9b:4b:8f:72:10:2f:9b
`;
const words = (bytes: Buffer, size: number, text: (word: number) => string): string => {
  const rows: string[] = [];
  for (let i = 0; i < bytes.length; i += 16) {
    const row: string[] = [];
    for (let j = i; j < Math.min(i + 16, bytes.length); j += size) {
      const part = Buffer.alloc(size);
      bytes.copy(part, 0, j, Math.min(j + size, bytes.length));
      row.push(text(size === 2 ? part.readUInt16LE() : part.readUInt32LE()));
    }
    rows.push(`${i.toString(8).padStart(7, "0")} ${row.join(" ")}`);
  }
  return `${rows.join("\n")}\n${bytes.length.toString(8).padStart(7, "0")}\n`;
};
const der = (pem: string): Buffer => Buffer.from(body(pem), "base64");

/** Text that shells and their programs print around a certificate. */
const rows: readonly Row[] = [
  ["cat below its prompt", "pem.text_before", (pem) => `$ cat idp.pem\n${pem}$ \n`],
  [
    "cat below a long prompt",
    "pem.text_before",
    (pem) => `anna@host:~/certs$ cat idp.pem\n${pem}anna@host:~/certs$ `,
  ],
  ["the percent sign of zsh", undefined, (pem) => `${pem.trimEnd()}%`],
  [
    "the percent sign of zsh and a prompt",
    undefined,
    (pem) => `\u279C  ~ cat idp.pem\n${pem.trimEnd()}%\n\u279C  ~`,
  ],
  ["the return sign of fish", undefined, (pem) => `${pem.trimEnd()}\u23CE\n`],
  ["a prompt after END", undefined, (pem) => `${pem.trimEnd()}root@host:/# `],
  [
    "a prompt of Windows",
    "pem.text_before",
    (pem) => `C:\\certs> type idp.cer\r\n${pem.replaceAll("\n", "\r\n")}\r\nC:\\certs> `,
  ],
  [
    "a prompt of PowerShell",
    "pem.text_before",
    (pem) => `PS C:\\> Get-Content .\\idp.cer\r\n${pem.replaceAll("\n", "\r\n")}PS C:\\> `,
  ],
  ["openssl x509 -text", "pem.text_before", (pem) => `${TEXT}${pem}`],
  ["openssl x509 -text -in front", "pem.text_after", (pem) => `${pem}${TEXT}`],
  [
    "openssl s_client",
    "pem.text_before",
    (pem) =>
      `CONNECTED(00000003)\ndepth=0 CN = idp.example.com\nverify error:num=18:self-signed certificate\n---\nCertificate chain\n 0 s:CN = idp.example.com\n   i:CN = idp.example.com\n---\nServer certificate\n${pem}subject=CN = idp.example.com\nissuer=CN = idp.example.com\n---\nSSL handshake has read 1500 bytes\n    Session-ID: 5C1F8E0A634491B72D0EAA019F3C77D2104B8E6F5C1F8E0A634491B72D0EAA01\n    Master-Key: 5C1F8E0A634491B72D0EAA019F3C77D2\n    TLS session ticket:\n    0000 - 6f 3c 80 0d 1a 33 ac 5a-0a 60 0f 4f 1c 8f 8e 1a   o<...3.Z.\`.O....\n---\n`,
  ],
  [
    "openssl pkcs12 -nokeys",
    "pem.text_before",
    (pem) =>
      `Bag Attributes\n    localKeyID: 54 69 6D 65 20 31 36 30 \n    friendlyName: idp\nsubject=C = DE, O = Example\n\nissuer=C = DE, O = Example\n\n${pem}`,
  ],
  [
    "keytool -list -rfc",
    "pem.text_before",
    (pem) =>
      `Alias name: idp\nCreation date: Jan 1, 2026\nEntry type: trustedCertEntry\n\n${pem}\n\n*******************************************\n*******************************************\n`,
  ],
  [
    "keytool -printcert -rfc below a warning",
    "pem.text_before",
    (pem) => `Picked up JAVA_TOOL_OPTIONS: -Dfile.encoding=UTF8\n${pem}`,
  ],
  [
    "certutil -encode",
    "pem.text_before",
    (pem) =>
      `Input Length = 862\r\nOutput Length = 1242\r\n${pem.replaceAll("\n", "\r\n")}CertUtil: -encode command completed successfully.\r\n`,
  ],
  [
    "security find-certificate",
    "pem.text_before",
    (pem) => `SHA-1 hash: ${sha1(pem).replaceAll(":", "")}\n${pem}`,
  ],
  ["a fingerprint above", "pem.text_before", (pem) => `SHA1 Fingerprint=${sha1(pem)}\n${pem}`],
  ["a fingerprint below", "pem.text_after", (pem) => `${pem}\nThumbprint: ${sha1(pem)}\n`],
  [
    "curl -v",
    "pem.text_before",
    (pem) =>
      `* Connected to idp.example.com\n> GET /cert HTTP/1.1\n> Host: idp.example.com\n>\n< HTTP/1.1 200 OK\n< Content-Type: application/x-pem-file\n<\n${pem}* Connection #0 to host left intact\n`,
  ],
  [
    "curl -i",
    "pem.text_before",
    (pem) =>
      `HTTP/2 200 \r\ncontent-type: text/plain\r\netag: "5c1f8e0a634491b72d0eaa019f3c77d2"\r\n\r\n${pem}`,
  ],
  ["grep -n", "pem.quoted_lines", (pem) => each(pem, (line, i) => `${i + 12}:${line}`)],
  [
    "grep -n without armour",
    undefined,
    (pem) =>
      `${bodyLines(pem)
        .map((line, i) => `${i + 12}:${line}`)
        .join("\n")}\n`,
  ],
  [
    "grep -n of metadata",
    undefined,
    (pem) =>
      lines(`<ds:X509Certificate>\n${bodyLines(pem).join("\n")}\n</ds:X509Certificate>`)
        .map((line, i) => `${i + 12}:${line}`)
        .join("\n"),
  ],
  [
    "grep -A of a file",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => (i === 0 ? `idp.pem:${line}` : `idp.pem-${line}`)),
  ],
  [
    "grep -nA of a file",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => (i === 0 ? `idp.pem:12:${line}` : `idp.pem-${i + 12}-${line}`)),
  ],
  [
    "cat -n",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => `${String(i + 1).padStart(6)}\t${line}`),
  ],
  [
    "cat -n without armour",
    undefined,
    (pem) =>
      `${bodyLines(pem)
        .map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)
        .join("\n")}\n`,
  ],
  [
    "nl without armour",
    undefined,
    (pem) =>
      `${bodyLines(pem)
        .map((line, i) => `${String(i + 98).padStart(6)}  ${line}`)
        .join("\n")}\n`,
  ],
  [
    "less -N",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => `${String(i + 1).padStart(7)} ${line}`),
  ],
  ["sed l", undefined, (pem) => each(pem, (line) => `${line}$`)],
  [
    "diff -u",
    "pem.quoted_lines",
    (pem) => `--- a/idp.pem\n+++ b/idp.pem\n@@ -0,0 +1,20 @@\n${each(pem, (line) => `+${line}`)}`,
  ],
  ["diff", "pem.quoted_lines", (pem) => `1,20d0\n${each(pem, (line) => `< ${line}`)}`],
  ["diff of what came", "pem.quoted_lines", (pem) => `0a1,20\n${each(pem, (line) => `> ${line}`)}`],
  ["docker compose logs", "pem.quoted_lines", (pem) => each(pem, (line) => `idp-1  | ${line}`)],
  [
    "kubectl logs --timestamps",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => `2026-01-05T10:42:11.${100 + i}Z ${line}`),
  ],
  [
    "a log of GitHub Actions",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => `2026-01-05T10:42:11.12345${i % 10}7Z ${line}`),
  ],
  [
    "syslog",
    "pem.quoted_lines",
    (pem) => each(pem, (line, i) => `Jan  5 10:42:${10 + i} host app[${900 + i}]: ${line}`),
  ],
  ["a log with levels", "pem.quoted_lines", (pem) => each(pem, (line) => `[INFO] ${line}`)],
  ["a here document", undefined, (pem) => `cat > idp.pem <<'EOF'\n${pem}EOF\n`],
  ["echo", undefined, (pem) => `echo "${pem.trimEnd()}" > idp.pem\n`],
  [
    "echo -e",
    "pem.escaped_newlines",
    (pem) => `echo -e "${lines(pem).join("\\n")}" | openssl x509 -noout -dates\n`,
  ],
  ["printf", "pem.escaped_newlines", (pem) => `printf '%s\\n' '${lines(pem).join("\\n")}'\n`],
  ["export", undefined, (pem) => `export IDP_CERT='${pem.trimEnd()}'\n`],
  [
    "export with $''",
    "pem.escaped_newlines",
    (pem) => `export IDP_CERT=$'${lines(pem).join("\\n")}'\n`,
  ],
  [
    "a variable of PowerShell",
    undefined,
    (pem) => `$cert = @"\r\n${pem.replaceAll("\n", "\r\n")}"@\r\n`,
  ],
  ["`n of PowerShell", undefined, (pem) => `$cert = "${lines(pem).join("`n")}\`n"\n`],
  ["`r`n of PowerShell", undefined, (pem) => `$cert = "${lines(pem).join("`r`n")}"\n`],
  ["`n of PowerShell without quotes", undefined, (pem) => lines(pem).join("`n")],
  ["set of cmd", undefined, (pem) => `SET CERT=${lines(pem).join(" ")}\r\n`],
  [
    "curl with data",
    undefined,
    (pem) =>
      `curl -X POST https://api.example.com/sso/certificates -d '{"public_certificate":"${lines(pem).join("\\n")}","enabled":true}'\n`,
  ],
  [
    "od, octal words",
    "pem.hex",
    (pem) => words(der(pem), 2, (word) => word.toString(8).padStart(6, "0")),
  ],
  [
    "od of PEM, octal words",
    "pem.hex",
    (pem) => words(Buffer.from(pem), 2, (word) => word.toString(8).padStart(6, "0")),
  ],
  ["od -x", "pem.hex", (pem) => words(der(pem), 2, (word) => word.toString(16).padStart(4, "0"))],
  ["od -tx4", "pem.hex", (pem) => words(der(pem), 4, (word) => word.toString(16).padStart(8, "0"))],
  [
    "od -b",
    "pem.hex",
    (pem) => {
      const bytes = [...der(pem)];
      return `${bytes.map((byte, i) => `${i % 16 === 0 ? `${i ? "\n" : ""}${i.toString(8).padStart(7, "0")}` : ""} ${byte.toString(8).padStart(3, "0")}`).join("")}\n${bytes.length.toString(8).padStart(7, "0")}\n`;
    },
  ],
  [
    "od -tu1",
    "pem.hex",
    (pem) => {
      const bytes = [...der(pem)];
      return `${bytes.map((byte, i) => `${i % 16 === 0 ? `${i ? "\n" : ""}${i.toString(8).padStart(7, "0")}` : ""} ${String(byte).padStart(3)}`).join("")}\n${bytes.length.toString(8).padStart(7, "0")}\n`;
    },
  ],
  [
    "xxd -p",
    "pem.hex",
    (pem) =>
      `${(
        der(pem)
          .toString("hex")
          .match(/.{1,60}/g) ?? []
      ).join("\n")}\n`,
  ],
  [
    "xxd -i",
    "pem.hex",
    (pem) =>
      `unsigned char idp_cer[] = {\n  ${[...der(pem)].map((b) => `0x${b.toString(16).padStart(2, "0")}`).join(", ")}\n};\nunsigned int idp_cer_len = ${der(pem).length};\n`,
  ],
  [
    "xxd of PEM, quoted in a mail",
    undefined,
    (pem) =>
      each(
        (
          Buffer.from(pem)
            .toString("hex")
            .match(/.{1,32}/g) ?? []
        )
          .map(
            (row, i) =>
              `${(i * 16).toString(16).padStart(8, "0")}: ${row.replaceAll(/(.{4})(?=.)/g, "$1 ")}`,
          )
          .join("\n"),
        (line) => `> ${line}`,
      ),
  ],
  [
    "openssl asn1parse -dump in front",
    undefined,
    (pem) => `    0:d=0  hl=4 l= 600 cons: SEQUENCE\n    4:d=1  hl=4 l= 449 cons: SEQUENCE\n${pem}`,
  ],
  ["base64 -w0 of PEM after a name", "pem.double_base64", (pem) => `IDP_CERT_B64=${base64(pem)}\n`],
  ["base64 of PEM with CRLF", "pem.double_base64", (pem) => base64(pem.replaceAll("\n", "\r\n"))],
  [
    "kubectl describe",
    undefined,
    (pem) => `Name:         saml\nData\n====\nidp.crt:\n----\n${pem}\nEvents:  <none>\n`,
  ],
  [
    "psql \\x",
    undefined,
    (pem) =>
      `-[ RECORD 1 ]-----\nid   | 1\ncert | ${lines(pem)
        .map((line) => line.padEnd(64))
        .join("+\n     | ")}\n`,
  ],
  [
    "mysql \\G",
    undefined,
    (pem) =>
      `*************************** 1. row ***************************\n  id: 1\ncert: ${pem}1 row in set (0.00 sec)\n`,
  ],
  [
    "mysql in a box",
    undefined,
    (pem) =>
      `+----+------+\n| id | cert |\n+----+------+\n|  1 | ${lines(pem).join("\\n")} |\n+----+------+\n`,
  ],
  [
    "Ruby's irb",
    "pem.escaped_newlines",
    (pem) => `irb(main):001> cert.to_pem\n=> ${JSON.stringify(pem)}\n`,
  ],
  [
    "Python's prompt",
    "pem.escaped_newlines",
    (pem) => `>>> cert\n'${lines(pem).join("\\n")}\\n'\n`,
  ],
  ["Python's bytes", "pem.escaped_newlines", (pem) => `>>> pem\nb'${lines(pem).join("\\n")}\\n'\n`],
  [
    "Node's console",
    "pem.escaped_newlines",
    (pem) =>
      `> cert\n${lines(pem)
        .map((line) => `'${line}\\n'`)
        .join(" +\n  ")}\n`,
  ],
  [
    "Node's console in an object",
    "pem.escaped_newlines",
    (pem) =>
      `{\n  issuer: 'idp',\n  cert: ${lines(pem)
        .map((line) => `'${line}\\n'`)
        .join(" +\n    ")}\n}\n`,
  ],
  ["Go's %q", "pem.escaped_newlines", (pem) => `cert=${JSON.stringify(pem)} err=<nil>`],
  ["indented by a tab and quoted", undefined, (pem) => `"\n${indent(pem, "\t")}"`],
  ["two blanks for each line break", undefined, (pem) => lines(pem).join("  ")],
  ["only the body, double spaced", "pem.no_armour_base64", (pem) => bodyLines(pem).join("\n\n")],
  [
    "only the body, in quotes line by line",
    undefined,
    (pem) =>
      bodyLines(pem)
        .map((line) => `"${line}"`)
        .join("\n"),
  ],
  [
    "armour in a box of ASCII",
    undefined,
    (pem) =>
      `+${"-".repeat(66)}+\n${each(pem, (line) => `| ${line.padEnd(64)} |`)}+${"-".repeat(66)}+\n`,
  ],
  [
    "armour around one line of body that is wrapped by the terminal",
    undefined,
    (pem) => armour((body(pem).match(/.{1,80}/g) ?? []).join("\n")),
  ],
];

export const TERMINAL: readonly Mangling[] = manglings(rows);
