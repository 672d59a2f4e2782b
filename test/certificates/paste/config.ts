import type { Mangling } from "../support/manglings.ts";
import {
  BEGIN,
  base64,
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

const escaped = (pem: string): string => lines(pem).join("\\n");

/** Configuration files. */
const rows: readonly Row[] = [
  [
    "YAML, literal",
    "pem.indented",
    (pem) => `saml:\n  idp_cert: |\n${indent(pem, 4)}  enabled: true\n`,
  ],
  ["YAML, literal, stripped", "pem.indented", (pem) => `idp_cert: |-\n${indent(pem, 2)}`],
  ["YAML, folded", undefined, (pem) => `idp_cert: >\n${indent(pem, 2)}`],
  [
    "YAML, folded, read and written",
    "pem.one_line",
    (pem) => `idp_cert: ${lines(pem).join(" ")}\n`,
  ],
  [
    "YAML, folded base64",
    "pem.no_armour_base64",
    (pem) =>
      `idp_cert: >-\n${bodyLines(pem)
        .map((line) => `  ${line}\n`)
        .join("")}next: 1\n`,
  ],
  ["YAML, double quotes", "pem.escaped_newlines", (pem) => `idp_cert: "${escaped(pem)}"\n`],
  [
    "YAML, double quotes over several lines",
    undefined,
    (pem) => `idp_cert: "${lines(pem).join("\\n\\\n  ")}"\n`,
  ],
  [
    "YAML, single quotes with blank lines",
    undefined,
    (pem) => `idp_cert: '${lines(pem).join("\n\n  ")}'\n`,
  ],
  ["YAML, a list", undefined, (pem) => `certificates:\n  - |\n${indent(pem, 4)}  - name: x\n`],
  ["YAML, a list of lines", undefined, (pem) => each(pem, (line) => `  - ${line}`)],
  [
    "a Kubernetes secret",
    "pem.double_base64",
    (pem) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: saml\n  uid: 5c1f8e0a-6344-91b7-2d0e-aa019f3c77d2\ntype: Opaque\ndata:\n  idp.crt: ${base64(pem)}\n`,
  ],
  [
    "a Kubernetes secret, wrapped",
    "pem.double_base64",
    (pem) =>
      `data:\n  idp.crt: |\n${columns(base64(pem), 76)
        .map((line) => `    ${line}\n`)
        .join("")}`,
  ],
  ["a Kubernetes secret of base64", undefined, (pem) => `data:\n  cert: ${base64(body(pem))}\n`],
  [
    "a Kubernetes secret in JSON",
    "pem.double_base64",
    (pem) =>
      JSON.stringify(
        { kind: "Secret", data: { "tls.crt": base64(pem), other: base64("hello world") } },
        null,
        2,
      ),
  ],
  [
    "a Kubernetes config map",
    undefined,
    (pem) => `kind: ConfigMap\ndata:\n  idp.crt: |\n${indent(pem, 4)}  app.ini: |\n    [a]\n`,
  ],
  [
    "a webhook's caBundle",
    "pem.double_base64",
    (pem) => `clientConfig:\n  caBundle: ${base64(pem)}\n  url: https://x.example.com\n`,
  ],
  [
    "Terraform, heredoc",
    "pem.indented",
    (pem) => `resource "x" "idp" {\n  certificate = <<-EOT\n${indent(pem, 4)}  EOT\n}\n`,
  ],
  [
    "Terraform, heredoc without indentation",
    undefined,
    (pem) => `certificate = <<EOF\n${pem}EOF\n`,
  ],
  [
    "Terraform, string",
    "pem.escaped_newlines",
    (pem) => `signing_certificate = "${escaped(pem)}\\n"\n`,
  ],
  [
    "Terraform, plan",
    undefined,
    (pem) => `  + certificate = <<-EOT\n${each(pem, (line) => `        ${line}`)}    EOT\n`,
  ],
  ["Terraform, plan with signs", undefined, (pem) => each(pem, (line) => `      + ${line}`)],
  [
    ".env, quotes over lines",
    undefined,
    (pem) => `PORT=3000\nIDP_CERT="${pem.trimEnd()}"\nDEBUG=1\n`,
  ],
  [
    ".env, escapes",
    "pem.escaped_newlines",
    (pem) => `PORT=3000\nIDP_CERT="${escaped(pem)}"\nDEBUG=1\n`,
  ],
  [
    ".env, escapes without quotes",
    "pem.escaped_newlines",
    (pem) => `IDP_CERT=${escaped(pem)}\nDEBUG=1\n`,
  ],
  [".env, base64", "pem.no_armour_base64", (pem) => `SAML_CERT=${body(pem)}\nDEBUG=1\n`],
  [
    "docker-compose, environment",
    "pem.escaped_newlines",
    (pem) => `environment:\n  - IDP_CERT=${escaped(pem)}\n  - PORT=1\n`,
  ],
  [
    "docker-compose, environment in quotes",
    "pem.escaped_newlines",
    (pem) => `    environment:\n      IDP_CERT: "${escaped(pem)}"\n`,
  ],
  ["a Dockerfile", "pem.escaped_newlines", (pem) => `ENV IDP_CERT="${escaped(pem)}"\n`],
  [
    "ini",
    undefined,
    (pem) => `[saml]\nidp_cert = ${body(pem)}\nidp_url = https://idp.example.com\n`,
  ],
  [
    "ini, continued lines",
    undefined,
    (pem) => `[saml]\nidp_cert = ${lines(pem).join("\n    ")}\nidp_url = x\n`,
  ],
  [
    "Java properties",
    undefined,
    (pem) => `saml.idp.cert=${lines(pem).join("\\n\\\n  ")}\nsaml.idp.url=x\n`,
  ],
  [
    "Java properties, base64 continued",
    undefined,
    (pem) => `saml.idp.cert=${bodyLines(pem).join("\\\n    ")}\n`,
  ],
  [
    "Java properties, escaped equals",
    undefined,
    (pem) => `saml.idp.cert=${body(pem).replaceAll("=", "\\=")}\n`,
  ],
  ["TOML, three quotes", undefined, (pem) => `[saml]\ncert = """\n${pem}"""\n`],
  ["TOML, three single quotes", undefined, (pem) => `cert = '''\n${pem}'''\nurl = "x"\n`],
  ["XML with CDATA", undefined, (pem) => `<config><cert><![CDATA[\n${pem}]]></cert></config>`],
  [
    "XML with CDATA and base64",
    undefined,
    (pem) => `<config><cert><![CDATA[${body(pem)}]]></cert></config>`,
  ],
  [
    "X509Certificate with CDATA",
    undefined,
    (pem) => `<ds:X509Certificate><![CDATA[${body(pem)}]]></ds:X509Certificate>`,
  ],
  [
    "X509Certificate with CDATA and PEM",
    undefined,
    (pem) => `<ds:X509Certificate><![CDATA[\n${pem}]]></ds:X509Certificate>`,
  ],
  [
    "X509Certificate with entities for CR",
    undefined,
    (pem) => `<ds:X509Certificate>${bodyLines(pem).join("&#13;\n")}</ds:X509Certificate>`,
  ],
  ["an XML attribute", undefined, (pem) => `<add key="cert" value="${body(pem)}" />`],
  [
    "an XML attribute with PEM",
    undefined,
    (pem) => `<idp name="a" certificate="${pem.replaceAll("\n", "&#xA;")}"/>`,
  ],
  [
    "web.config",
    undefined,
    (pem) =>
      `<appSettings>\n  <add key="IdpUrl" value="https://idp.example.com/"/>\n  <add key="IdpCertificate" value="${body(pem)}"/>\n</appSettings>`,
  ],
  [
    "a property list",
    undefined,
    (pem) =>
      `<plist version="1.0"><dict><key>PayloadContent</key>\n<data>\n${columns(body(pem), 52)
        .map((line) => `\t\t${line}`)
        .join("\n")}\n</data></dict></plist>`,
  ],
  ["OpenVPN", undefined, (pem) => `client\ndev tun\n<ca>\n${pem}</ca>\n`],
  ["nginx with its file name", "pem.text_before", (pem) => `# /etc/nginx/ssl/idp.pem\n${pem}`],
  [
    "Ansible",
    "pem.indented",
    (pem) => `- name: cert\n  copy:\n    content: |\n${indent(pem, 6)}    dest: /x\n`,
  ],
  ["Helm values with a template", undefined, (pem) => `cert: {{ "${escaped(pem)}" | b64enc }}\n`],
  [
    "CloudFormation",
    undefined,
    (pem) =>
      JSON.stringify({
        Resources: { Idp: { Properties: { Cert: { "Fn::Join": ["\n", lines(pem)] } } } },
      }).replaceAll("\\n", "\\n"),
  ],
  [
    "an LDIF",
    undefined,
    (pem) =>
      `dn: cn=idp\nuserCertificate;binary:: ${columns(body(pem), 60).join("\n ")}\nobjectClass: top\n`,
  ],
  ["LDAP of a directory", undefined, (pem) => `cACertificate:: ${body(pem)}\n`],
  [
    "an SQL dump of PostgreSQL",
    undefined,
    (pem) => `INSERT INTO idp VALUES (1, E'${escaped(pem)}', true);\n`,
  ],
  [
    "an SQL dump of MySQL",
    undefined,
    (pem) => `INSERT INTO \`idp\` VALUES (1,'https://idp','${escaped(pem)}\\n',NULL);\n`,
  ],
  ["COPY of PostgreSQL", undefined, (pem) => `1\tidp\t${escaped(pem)}\\n\tt\n`],
  [
    "a Cisco configuration",
    undefined,
    (pem) =>
      `crypto pki certificate chain idp\n certificate ca 01\n${(
        Buffer.from(body(pem), "base64")
          .toString("hex")
          .toUpperCase()
          .match(/.{1,64}/g) ?? []
      )
        .map((row) => `  ${row.replaceAll(/(.{8})(?=.)/g, "$1 ")}`)
        .join("\n")}\n  quit\n`,
  ],
  [
    "a Fortinet configuration",
    undefined,
    (pem) =>
      `config vpn certificate remote\n    edit "idp"\n        set remote "${pem.trimEnd()}"\n    next\nend\n`,
  ],
  ["a Juniper configuration", undefined, (pem) => `set security pki idp "${escaped(pem)}"`],
  ["a comment before every line", "pem.quoted_lines", (pem) => each(pem, (line) => `; ${line}`)],
  ["a comment of SQL", "pem.quoted_lines", (pem) => each(pem, (line) => `-- ${line}`)],
  ["a comment of Batch", "pem.quoted_lines", (pem) => each(pem, (line) => `REM ${line}`)],
  ["comments of documentation", "pem.quoted_lines", (pem) => each(pem, (line) => `/// ${line}`)],
  ["a hash without a blank", "pem.quoted_lines", (pem) => each(pem, (line) => `#${line}`)],
  [
    "armour of lower case in YAML",
    undefined,
    (pem) => indent(pem.replace(BEGIN, BEGIN.toLowerCase()).replace(END, END.toLowerCase()), 2),
  ],
];

export const CONFIG: readonly Mangling[] = manglings(rows);
