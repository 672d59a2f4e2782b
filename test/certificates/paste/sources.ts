import type { Mangling } from "../support/manglings.ts";
import { BEGIN, body, bodyLines, columns, der, END, lines, manglings, type Row } from "./parts.ts";

const escaped = (pem: string): string => lines(pem).join("\\n");
const joined = (pem: string, joint: string): string =>
  lines(pem)
    .map((line) => `"${line}\\n"`)
    .join(joint);
const bytes = (pem: string): string[] =>
  [...der(pem)].map((byte) => byte.toString(16).padStart(2, "0"));
const python = (pem: string): string =>
  [...der(pem)]
    .map((b) =>
      b === 39 || b === 92
        ? `\\${String.fromCharCode(b)}`
        : b >= 32 && b < 127
          ? String.fromCharCode(b)
          : `\\x${b.toString(16).padStart(2, "0")}`,
    )
    .join("");

/** Source code, that of the configurations of SAML libraries before all. */
const rows: readonly Row[] = [
  [
    "php-saml, settings.php",
    undefined,
    (pem) =>
      `<?php\n$settings = array(\n    'idp' => array(\n        'entityId' => 'https://idp.example.com/metadata',\n        'x509cert' => '${body(pem)}',\n    ),\n);\n`,
  ],
  [
    "php-saml, empty SP certificate",
    undefined,
    (pem) =>
      `'sp' => array('x509cert' => '', 'privateKey' => ''),\n'idp' => array('x509cert' => '${body(pem)}'),\n`,
  ],
  [
    "php-saml, x509certMulti",
    undefined,
    (pem) =>
      `'x509certMulti' => array(\n  'signing' => array(0 => '${body(pem)}'),\n  'encryption' => array(0 => '${body(pem)}'),\n),\n`,
  ],
  ["php-saml, PEM", undefined, (pem) => `'x509cert' => '${pem.trimEnd()}',\n`],
  [
    "SimpleSAMLphp, certData",
    undefined,
    (pem) =>
      `$metadata['https://idp'] = [\n  'keys' => [\n    [\n      'encryption' => false,\n      'signing' => true,\n      'type' => 'X509Certificate',\n      'X509Certificate' => '\n${columns(body(pem), 64).join("\n")}\n',\n    ],\n  ],\n];\n`,
  ],
  [
    "SimpleSAMLphp, certFingerprint next to it",
    undefined,
    (pem) =>
      `'certFingerprint' => 'c9ed4dfb07caf13fc21e0fec1572047eb8a7a4cb',\n'certData' => '${body(pem)}',\n`,
  ],
  [
    "ruby-saml, idp_cert",
    undefined,
    (pem) =>
      `settings.idp_cert = "${escaped(pem)}"\nsettings.idp_cert_fingerprint_algorithm = "http://www.w3.org/2000/09/xmldsig#sha1"\n`,
  ],
  [
    "ruby-saml, heredoc",
    undefined,
    (pem) =>
      `settings.idp_cert = <<~CERT\n${lines(pem)
        .map((line) => `  ${line}`)
        .join("\n")}\nCERT\n`,
  ],
  [
    "ruby-saml, single quotes joined",
    undefined,
    (pem) =>
      `settings.idp_cert = ${lines(pem)
        .map((line) => `"${line}\\n"`)
        .join(" \\\n  ")}\n`,
  ],
  [
    "ruby-saml, idp_cert_multi",
    undefined,
    (pem) => `settings.idp_cert_multi = { signing: ["${escaped(pem)}"], encryption: [] }\n`,
  ],
  [
    "omniauth-saml in gitlab.rb",
    undefined,
    (pem) =>
      `gitlab_rails['omniauth_providers'] = [{ args: { idp_cert: '${pem.trimEnd()}', idp_sso_target_url: 'https://idp' } }]\n`,
  ],
  [
    "GitLab's idp_cert_fingerprint next to it",
    undefined,
    (pem) =>
      `idp_cert_fingerprint: '43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8',\nidp_cert: '${escaped(pem)}'\n`,
  ],
  [
    "node-saml, idpCert",
    undefined,
    (pem) =>
      `const saml = new SAML({\n  issuer: "sp",\n  idpCert: "${body(pem)}",\n  callbackUrl: "https://sp/acs",\n});\n`,
  ],
  ["node-saml, an array", undefined, (pem) => `idpCert: ["${body(pem)}"],\n`],
  [
    "node-saml, an array twice the same",
    undefined,
    (pem) => `idpCert: [\n  "${body(pem)}",\n  "${body(pem)}",\n]\n`,
  ],
  [
    "passport-saml, fs",
    undefined,
    (pem) => `cert: \`${pem}\`,\nprivateKey: fs.readFileSync("./key.pem", "utf-8"),\n`,
  ],
  [
    "samlify, template literal",
    undefined,
    (pem) =>
      `const idp = samlify.IdentityProvider({\n  signingCert: \`\n${lines(pem)
        .map((line) => `    ${line}`)
        .join("\n")}\n  \`,\n});\n`,
  ],
  [
    "python3-saml, settings.json",
    undefined,
    (pem) =>
      JSON.stringify(
        {
          strict: true,
          sp: { x509cert: "", privateKey: "" },
          idp: { entityId: "https://idp", x509cert: body(pem) },
        },
        null,
        4,
      ),
  ],
  [
    "python3-saml, PEM in JSON",
    undefined,
    (pem) => JSON.stringify({ idp: { x509cert: pem } }, null, 4),
  ],
  [
    "Django",
    undefined,
    (pem) =>
      `SOCIAL_AUTH_SAML_ENABLED_IDPS = {\n    "idp": {\n        "entity_id": "https://idp",\n        "x509cert": "${body(pem)}",\n    }\n}\n`,
  ],
  ["Python, three quotes", undefined, (pem) => `CERT = """${pem}"""\n`],
  [
    "Python, three quotes, indented",
    undefined,
    (pem) =>
      `    cert = '''\n${lines(pem)
        .map((line) => `    ${line}`)
        .join("\n")}\n    '''\n`,
  ],
  [
    "Python, lines in brackets",
    undefined,
    (pem) =>
      `CERT = (\n${lines(pem)
        .map((line) => `    "${line}\\n"`)
        .join("\n")}\n)\n`,
  ],
  [
    "Python, lines of base64 in brackets",
    undefined,
    (pem) =>
      `CERT = (\n${bodyLines(pem)
        .map((line) => `    '${line}'`)
        .join("\n")}\n)\n`,
  ],
  ["Python, bytes of PEM", undefined, (pem) => `pem = b"""${pem}"""\n`],
  ["Go, raw string", undefined, (pem) => `const cert = \`${pem}\`\n`],
  ["Go, joined", undefined, (pem) => `cert := ${joined(pem, " +\n\t")}\n`],
  ["C#, verbatim", undefined, (pem) => `var cert = @"${pem.replaceAll("\n", "\r\n")}";\r\n`],
  ["C#, raw", undefined, (pem) => `var cert = """\n    ${lines(pem).join("\n    ")}\n    """;\n`],
  [
    "C#, Convert.FromBase64String",
    undefined,
    (pem) => `new X509Certificate2(Convert.FromBase64String("${body(pem)}"));`,
  ],
  [
    "Java, joined with carriage returns",
    undefined,
    (pem) =>
      `String cert = ${lines(pem)
        .map((line) => `"${line}\\r\\n"`)
        .join("\n    + ")};\n`,
  ],
  [
    "Java, text block",
    undefined,
    (pem) => `String cert = """\n    ${lines(pem).join("\n    ")}\n    """;\n`,
  ],
  [
    "Java, joined without newlines",
    undefined,
    (pem) => `String cert = "${columns(body(pem), 70).join('" +\n    "')}";\n`,
  ],
  [
    "Kotlin",
    undefined,
    (pem) => `val cert = """\n    |${lines(pem).join("\n    |")}\n""".trimMargin()\n`,
  ],
  [
    "Spring, application.yml",
    undefined,
    (pem) =>
      `spring:\n  security:\n    saml2:\n      relyingparty:\n        registration:\n          idp:\n            verification:\n              credentials:\n              - certificate-location: classpath:idp.crt\n# ${BEGIN}\n${bodyLines(
        pem,
      )
        .map((line) => `# ${line}`)
        .join("\n")}\n# ${END}\n`,
  ],
  ["Perl, heredoc", undefined, (pem) => `my $cert = <<'EOC';\n${pem}EOC\n`],
  ["Elixir", undefined, (pem) => `@cert """\n${pem}"""\n`],
  ["Rust, raw string", undefined, (pem) => `const CERT: &str = r#"${pem}"#;\n`],
  [
    "Rust, continued string",
    undefined,
    (pem) => `const CERT: &str = "${lines(pem).join("\\n\\\n    ")}";\n`,
  ],
  ["Swift", undefined, (pem) => `let cert = """\n${pem}"""\n`],
  ["Lua", undefined, (pem) => `cert = [[\n${pem}]]\n`],
  [
    "JavaScript, join of an array",
    undefined,
    (pem) =>
      `const cert = [\n${lines(pem)
        .map((line) => `  "${line}",`)
        .join("\n")}\n].join("\\n");\n`,
  ],
  [
    "JavaScript, base64 joined with single quotes",
    undefined,
    (pem) => `const cert = '${columns(body(pem), 76).join("' +\n  '")}';\n`,
  ],
  [
    "JavaScript, backslash at the ends",
    undefined,
    (pem) => `const cert = "${lines(pem).join("\\n\\\n")}\\n";\n`,
  ],
  [
    "JavaScript, concat",
    undefined,
    (pem) =>
      `"".concat(${lines(pem)
        .map((line) => `"${line}\\n"`)
        .join(", ")})`,
  ],
  ["Ruby, percent literal", undefined, (pem) => `cert = %q(${pem.trimEnd()})\n`],
  ["Groovy", undefined, (pem) => `def cert = '''\\\n${pem}'''\n`],
  [
    "VBScript",
    undefined,
    (pem) =>
      lines(pem)
        .map((line) => `cert = cert & "${line}" & vbLf`)
        .join("\n"),
  ],
  [
    "PL/SQL",
    undefined,
    (pem) =>
      `cert := ${lines(pem)
        .map((line) => `'${line}' || CHR(10)`)
        .join("\n  || ")};\n`,
  ],
  [
    "ABAP",
    undefined,
    (pem) =>
      `${lines(pem)
        .map(
          (line) => `CONCATENATE lv_cert '${line}' cl_abap_char_utilities=>newline INTO lv_cert.`,
        )
        .join("\n")}\n`,
  ],
  [
    "C, adjacent strings",
    undefined,
    (pem) => `static const char cert[] =\n${joined(pem, "\n")};\n`,
  ],
  [
    "C, macro",
    undefined,
    (pem) =>
      `#define CERT \\\n${lines(pem)
        .map((line) => `  "${line}\\r\\n"`)
        .join(" \\\n")}\n`,
  ],
  [
    "Arduino",
    undefined,
    (pem) =>
      `const char* cert = \\\n${lines(pem)
        .map((line) => `"${line}\\n" \\`)
        .join("\n")}\n`,
  ],
  ["Python bytes in JSON", "pem.hex", (pem) => JSON.stringify({ cert: `b'${python(pem)}'` })],
  [
    "Python bytes in JSON twice",
    "pem.hex",
    (pem) => JSON.stringify(JSON.stringify({ cert: `b'${python(pem)}'` })),
  ],
  ["Python bytearray", "pem.hex", (pem) => `bytearray(b'${python(pem)}')`],
  [
    "hex in a C string of JSON",
    "pem.hex",
    (pem) =>
      JSON.stringify({
        cert: bytes(pem)
          .map((pair) => `\\x${pair}`)
          .join(""),
      }),
  ],
  [
    "hex in bytea of PostgreSQL",
    "pem.hex",
    (pem) => ` cert\n------\n \\x${bytes(pem).join("")}\n(1 row)\n`,
  ],
  ["hex with dashes of .NET", "pem.hex", (pem) => bytes(pem).join("-").toUpperCase()],
  ["hex with blanks of a certificate viewer", "pem.hex", (pem) => bytes(pem).join(" ")],
  [
    "hex in angle brackets of macOS",
    "pem.hex",
    (pem) =>
      `<${(
        bytes(pem)
          .join("")
          .match(/.{1,8}/g) ?? []
      ).join(" ")}>`,
  ],
  ["Erlang binary", "pem.hex", (pem) => `<<${[...der(pem)].join(",")}>>`],
  ["Swift array", "pem.hex", (pem) => `let der: [UInt8] = [${[...der(pem)].join(", ")}]`],
  [
    "Go array of hex",
    "pem.hex",
    (pem) =>
      `var der = []byte{\n\t${(
        bytes(pem)
          .map((pair) => `0x${pair},`)
          .join(" ")
          .match(/.{1,95}\s?/g) ?? []
      ).join("\n\t")}\n}\n`,
  ],
  [
    "Rust array of hex",
    "pem.hex",
    (pem) =>
      `const DER: [u8; ${bytes(pem).length}] = [${bytes(pem)
        .map((pair) => `0x${pair}u8`)
        .join(", ")}];`,
  ],
  [
    "Pascal array",
    "pem.hex",
    (pem) =>
      `const der: array of byte = (${bytes(pem)
        .map((pair) => `$${pair}`)
        .join(",")});`,
  ],
  [
    "assembler",
    "pem.hex",
    (pem) =>
      bytes(pem)
        .map((pair) => `\t.byte 0x${pair}`)
        .join("\n"),
  ],
];

export const SOURCES: readonly Mangling[] = manglings(rows);
