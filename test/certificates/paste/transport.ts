import { deflateRawSync } from "node:zlib";
import type { Mangling } from "../support/manglings.ts";
import {
  armour,
  BEGIN,
  base64,
  body,
  bodyLines,
  columns,
  END,
  each,
  lines,
  manglings,
  type Row,
} from "./parts.ts";

const escaped = (pem: string): string => lines(pem).join("\\n");
const keyInfo = (pem: string): string =>
  `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${body(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
const response = (pem: string): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"><ds:Signature><ds:SignedInfo/><ds:SignatureValue>MIIBxkJ0aGVzaWduYXR1cmV2YWx1ZQ==</ds:SignatureValue>${keyInfo(pem)}</ds:Signature></samlp:Response>`;
const metadata = (pem: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><md:IDPSSODescriptor><md:KeyDescriptor use="signing">${keyInfo(pem)}</md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso?a=1&amp;b=2"/></md:IDPSSODescriptor></md:EntityDescriptor>\n`;

/** JSON, URLs, SAML and what else carries a certificate from one program to another. */
const rows: readonly Row[] = [
  ["JSON in JSON", undefined, (pem) => JSON.stringify({ body: JSON.stringify({ cert: pem }) })],
  [
    "JSON in JSON in JSON",
    undefined,
    (pem) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ cert: pem }) }) }),
  ],
  [
    "JSON with lines in an array",
    undefined,
    (pem) => JSON.stringify({ cert: lines(pem) }, null, 2),
  ],
  [
    "JSON with escaped slashes",
    undefined,
    (pem) => JSON.stringify({ cert: pem }).replaceAll("/", "\\/"),
  ],
  [
    "JSON of PHP with escapes",
    undefined,
    (pem) =>
      JSON.stringify({ cert: body(pem) })
        .replaceAll("/", "\\/")
        .replaceAll("+", "\\u002B"),
  ],
  [
    "JSON of a Microsoft API",
    undefined,
    (pem) =>
      JSON.stringify(
        {
          keyCredentials: [
            {
              customKeyIdentifier: "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
              type: "AsymmetricX509Cert",
              usage: "Verify",
              key: body(pem),
            },
          ],
        },
        null,
        2,
      ),
  ],
  [
    "JSON of Okta",
    undefined,
    (pem) =>
      JSON.stringify([
        {
          kid: "mXtzOtml09Dg1ZCeKxTRBo3KrQuBWFkJ5oxhVagjTzo",
          x5c: [body(pem)],
          "x5t#S256": "mXtzOtml09Dg1ZCeKxTRBo3KrQuBWFkJ5oxhVagjTzo",
          e: "AQAB",
          n: "xYz",
        },
      ]),
  ],
  [
    "JWKS with x5c and thumbprint",
    undefined,
    (pem) =>
      JSON.stringify(
        {
          keys: [
            {
              kty: "RSA",
              use: "sig",
              kid: "1",
              x5t: "c9ed4dfb07caf13fc21e",
              n: "abc",
              e: "AQAB",
              x5c: [body(pem)],
            },
          ],
        },
        null,
        2,
      ),
  ],
  [
    "JWKS with an oct-less EC key",
    undefined,
    (pem) =>
      JSON.stringify({
        keys: [
          {
            kty: "EC",
            crv: "P-256",
            x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
            x5c: [body(pem)],
          },
        ],
      }),
  ],
  [
    "a JWT header with x5c",
    undefined,
    (pem) =>
      `${Buffer.from(JSON.stringify({ alg: "RS256", x5c: [body(pem)] })).toString("base64url")}.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`,
  ],
  [
    "an answer of SendGrid",
    undefined,
    (pem) =>
      JSON.stringify(
        {
          public_certificate: pem,
          id: 66,
          not_before: 1621289880,
          not_after: 1621289880,
          intergration_id: "b0b98502-9408-4b24-9e3d-31ed7cb15312",
        },
        null,
        2,
      ),
  ],
  [
    "an error with the certificate in it",
    undefined,
    (pem) => `Error: invalid certificate: "${escaped(pem)}" at parse (/app/index.js:10:5)`,
  ],
  [
    "a GraphQL mutation",
    undefined,
    (pem) => `mutation { setCert(cert: "${escaped(pem)}") { ok } }`,
  ],
  [
    "a query parameter",
    undefined,
    (pem) => `https://app.example.com/sso?issuer=x&cert=${encodeURIComponent(pem)}&x=1`,
  ],
  [
    "a query parameter of base64",
    undefined,
    (pem) => `https://app.example.com/sso?cert=${encodeURIComponent(body(pem))}&x=1`,
  ],
  [
    "a form with plus signs for blanks",
    undefined,
    (pem) => `issuer=x&cert=${encodeURIComponent(pem).replaceAll("%20", "+")}&x=1`,
  ],
  [
    "a form, twice encoded",
    undefined,
    (pem) => `cert=${encodeURIComponent(encodeURIComponent(pem))}`,
  ],
  ["X-SSL-Cert of nginx", undefined, (pem) => `X-SSL-Cert: ${encodeURIComponent(pem)}\n`],
  ["X-SSL-Cert of nginx with tabs", undefined, (pem) => `X-SSL-Cert: ${lines(pem).join("\n\t")}\n`],
  [
    "X-Forwarded-Client-Cert of Envoy",
    undefined,
    (pem) =>
      `By=spiffe://a;Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688;Cert="${encodeURIComponent(pem)}";Subject="CN=x"`,
  ],
  ["Client-Cert of RFC 9440", undefined, (pem) => `Client-Cert: :${body(pem)}:\n`],
  ["X-ARR-ClientCert", undefined, (pem) => `X-ARR-ClientCert: ${body(pem)}`],
  ["a data URL of PEM", undefined, (pem) => `data:application/x-pem-file;base64,${base64(pem)}`],
  ["a data URL with percents", undefined, (pem) => `data:text/plain,${encodeURIComponent(pem)}`],
  ["KeyInfo", "pem.xml_element", keyInfo],
  ["metadata", "pem.xml_element", metadata],
  [
    "metadata with wrapped base64",
    "pem.xml_element",
    (pem) =>
      metadata(pem).replace(
        body(pem),
        `\n            ${columns(body(pem), 76).join("\n            ")}\n          `,
      ),
  ],
  [
    "metadata twice escaped",
    "pem.xml_element",
    (pem) => metadata(pem).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  ],
  ["metadata in JSON", "pem.xml_element", (pem) => JSON.stringify({ metadata_xml: metadata(pem) })],
  ["metadata in base64", undefined, (pem) => base64(metadata(pem))],
  [
    "metadata copied from a browser",
    "pem.xml_element",
    (pem) =>
      `This XML file does not appear to have any style information associated with it. The document tree is shown below.\n${metadata(pem).replaceAll("><", ">\n<")}`,
  ],
  [
    "metadata with signing and encryption the same",
    "pem.xml_element",
    (pem) =>
      metadata(pem).replace(
        "<md:SingleSignOn",
        `<md:KeyDescriptor use="encryption">${keyInfo(pem)}</md:KeyDescriptor><md:SingleSignOn`,
      ),
  ],
  [
    "metadata in one line with single quotes",
    "pem.xml_element",
    (pem) => metadata(pem).replaceAll('"', "'"),
  ],
  [
    "metadata with a default namespace",
    "pem.xml_element",
    (pem) => metadata(pem).replaceAll(/(<\/?)(md|ds):/g, "$1"),
  ],
  [
    "metadata cut at its start",
    "pem.xml_element",
    (pem) => metadata(pem).slice(metadata(pem).indexOf("<ds:X509Data>")),
  ],
  [
    "metadata cut at its end",
    "pem.xml_element",
    (pem) => metadata(pem).slice(0, metadata(pem).indexOf("</ds:X509Certificate>")),
  ],
  ["a response", "pem.xml_element", response],
  ["a response in base64", undefined, (pem) => base64(response(pem))],
  [
    "a response as a form field",
    undefined,
    (pem) => `SAMLResponse=${encodeURIComponent(base64(response(pem)))}&RelayState=x`,
  ],
  [
    "a response on a page that posts itself",
    undefined,
    (pem) =>
      `<html><body onload="document.forms[0].submit()"><form method="post" action="https://sp.example.com/acs"><input type="hidden" name="SAMLResponse" value="${base64(response(pem))}"/></form></body></html>`,
  ],
  [
    "KeyInfo of WS-Security",
    undefined,
    (pem) =>
      `<wsse:BinarySecurityToken EncodingType="http://x#Base64Binary" ValueType="http://x#X509v3">${body(pem)}</wsse:BinarySecurityToken>`,
  ],
  [
    "KeyInfo of WS-Federation",
    undefined,
    (pem) => `<X509Data><X509Certificate>${body(pem)}</X509Certificate></X509Data>`,
  ],
  [
    "an element of another name",
    undefined,
    (pem) => `<IdpCertificate>${body(pem)}</IdpCertificate>`,
  ],
  [
    "an element of another name with PEM",
    undefined,
    (pem) => `<saml><certificate>\n${pem}</certificate></saml>`,
  ],
  [
    "XML with the issuer and serial",
    "pem.xml_element",
    (pem) =>
      `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>42</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509Certificate>${body(pem)}</ds:X509Certificate></ds:X509Data>`,
  ],
  ["a shell script that folds it", undefined, (pem) => bodyLines(pem).join("\\\n")],
  ["one line with the armour and \\r", undefined, (pem) => lines(pem).join("\\r")],
  ["one line with dots", undefined, (pem) => lines(pem).join(".")],
  ["one line with commas", undefined, (pem) => lines(pem).join(",")],
  ["one line with bars", undefined, (pem) => lines(pem).join("|")],
  ["one line with carets", undefined, (pem) => lines(pem).join("^")],
  ["one line with tildes", undefined, (pem) => lines(pem).join("~")],
  ["one line with \\n and blanks", undefined, (pem) => lines(pem).join("\\n ")],
  ["one line with <LF>", undefined, (pem) => lines(pem).join("<LF>")],
  ["one line with [LF]", undefined, (pem) => lines(pem).join("[LF]")],
  ["one line with {n}", undefined, (pem) => lines(pem).join("{n}")],
  ["one line with a sign for newlines", undefined, (pem) => lines(pem).join("\u2424")],
  ["one line with return signs", undefined, (pem) => lines(pem).join("\u23CE")],
  ["one line with a blank and a backslash", undefined, (pem) => lines(pem).join(" \\ ")],
  ["a dot at the end of each line", undefined, (pem) => each(pem, (line) => `${line}.`)],
  ["semicolons at the ends", undefined, (pem) => each(pem, (line) => `${line};`)],
  ["backslashes at the ends", undefined, (pem) => lines(pem).join("\\\n")],
  ["plus signs at the ends", undefined, (pem) => lines(pem).join(" +\n")],
  ["brackets around", undefined, (pem) => `[${pem.trimEnd()}]`],
  [
    "CRLF and LF mixed",
    "pem.crlf",
    (pem) =>
      lines(pem)
        .map((line, i) => line + (i % 2 ? "\r\n" : "\n"))
        .join(""),
  ],
  ["CRCRLF", undefined, (pem) => pem.replaceAll("\n", "\r\r\n")],
  ["LFCR", undefined, (pem) => pem.replaceAll("\n", "\n\r")],
  ["^M at the ends", undefined, (pem) => each(pem, (line) => `${line}^M`)],
  ["a space after the body's padding", undefined, (pem) => pem.replace(`\n${END}`, ` \n${END}`)],
  [
    "BEGIN without a blank",
    undefined,
    (pem) => pem.replaceAll("N C", "NC").replaceAll("D C", "DC"),
  ],
  ["BEGIN CERT IFICATE", undefined, (pem) => pem.replaceAll("CERTIFICATE", "CERTI FICATE")],
  ["BEGIN CERTIFCATE", undefined, (pem) => pem.replaceAll("CERTIFICATE", "CERTIFCATE")],
  [
    "BEGIN X.509 CERTIFICATE",
    undefined,
    (pem) => pem.replaceAll("CERTIFICATE", "X.509 CERTIFICATE"),
  ],
  [
    "BEGIN TRUSTED CERTIFICATE",
    undefined,
    (pem) => pem.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
  ],
  [
    "BEGIN PKCS #7 SIGNED DATA",
    undefined,
    (pem) => pem.replaceAll("CERTIFICATE", "PKCS #7 SIGNED DATA"),
  ],
  ["BEGIN CERTIFICATES", undefined, (pem) => pem.replaceAll("CERTIFICATE", "CERTIFICATES")],
  [
    "Begin Certificate",
    undefined,
    (pem) =>
      pem.replace(BEGIN, "-----Begin Certificate-----").replace(END, "-----End Certificate-----"),
  ],
  ["BEGIN_CERTIFICATE", undefined, (pem) => pem.replaceAll("N C", "N_C").replaceAll("D C", "D_C")],
  ["equals signs for dashes", undefined, (pem) => pem.replaceAll("-----", "=====")],
  ["asterisks for dashes", undefined, (pem) => pem.replaceAll("-----", "*****")],
  ["underscores for dashes", undefined, (pem) => pem.replaceAll("-----", "_____")],
  ["no dashes on the right", undefined, (pem) => pem.replaceAll("E-----", "E")],
  [
    "END line without dashes on the right",
    undefined,
    (pem) => pem.replace(END, "-----END CERTIFICATE"),
  ],
  ["END line cut off", undefined, (pem) => pem.replace(`${END}\n`, "-----END CERT")],
  ["a mere END", undefined, (pem) => pem.replace(END, "-----END-----")],
  ["a mere BEGIN and END", undefined, (pem) => pem.replaceAll(" CERTIFICATE", "")],
  ["a second END line", undefined, (pem) => `${pem}${END}\n`],
  ["END line joined to the body", undefined, (pem) => pem.replace(`\n${END}`, END)],
  ["BEGIN line joined to the body", undefined, (pem) => pem.replace(`${BEGIN}\n`, BEGIN)],
  [
    "a comment in the body",
    undefined,
    (pem) => pem.replace("\n", "\n# the certificate of the IdP\n"),
  ],
  ["END before BEGIN", undefined, (pem) => `${END}\n${bodyLines(pem).join("\n")}\n${BEGIN}\n`],
  [
    "a certificate in a compressed request",
    undefined,
    (pem) => (deflateRawSync("").length > 0 ? armour(body(pem)) : ""),
  ],
];

export const TRANSPORT: readonly Mangling[] = manglings(rows);
